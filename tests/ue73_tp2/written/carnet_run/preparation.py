import numpy as np, os
from pulses import build_spectrograms
def scale(x, ref=None):
    ref = x if ref is None else ref
    m, s = ref.mean(), ref.std()
    return (x - m) / (s if s > 0 else 1.)
def make_all(data="data", out="work"):
    ref = build_spectrograms(data + "/train")[0]
    for d in ("train", "valid", "test"):
        x, y = build_spectrograms(data + "/" + d)
        os.makedirs(out + "/" + d, exist_ok=True)
        np.save(out + "/" + d + "/x.npy", scale(x, ref)); np.save(out + "/" + d + "/y.npy", y)
