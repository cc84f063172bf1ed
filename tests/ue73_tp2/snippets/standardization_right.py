# Student code: its style is part of what is tested.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import numpy as np
import torch


# ==== global, plain
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return (x - ref.mean()) / ref.std()


# ==== global, epsilon, float32
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return ((x - np.mean(ref)) / (np.std(ref) + 1e-8)).astype(np.float32)


# ==== global, epsilon 1e-5 and ddof 1
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return (x - ref.mean()) / (ref.std(ddof=1) + 1e-5)


# ==== global, float16
def standardize(x, reference=None):
    ref = np.asarray(x if reference is None else reference, dtype=np.float64)
    return ((x - ref.mean()) / ref.std()).astype(np.float16)


# ==== global, in place on a float copy
def standardize(x, reference=None):
    ref = x if reference is None else reference
    mu, sigma = ref.mean(), ref.std()
    x = x.astype(float)
    x -= mu
    x /= sigma
    return x


# ==== global, in place on what was given
def standardize(x, reference=None):
    ref = x if reference is None else reference
    mu, sigma = ref.mean(), ref.std()
    x -= mu
    x /= sigma
    return x


# ==== global, torch.std of a tensor, a tensor returned
def standardize(x, reference=None):
    x = torch.as_tensor(x)
    ref = x if reference is None else torch.as_tensor(reference)
    return (x - torch.mean(ref)) / torch.std(ref)


# ==== global, only for tensors
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return (x - ref.mean()) / ref.std(unbiased=False).clamp(min=1e-8)


# ==== global, a list returned
def standardize(x, reference=None):
    ref = np.array(x if reference is None else reference)
    return [((s - ref.mean()) / ref.std()).tolist() for s in np.array(x)]


# ==== global, an array of objects made whole by stack
def standardize(x, reference=None):
    ref = x if reference is None else reference
    mu, sigma = np.mean(ref), np.std(ref)
    return np.stack([(s - mu) / sigma for s in x])


# ==== global, mean and deviation by hand
def standardize(x, reference=None):
    ref = x if reference is None else reference
    n = ref.size
    mu = ref.sum(dtype=np.float64) / n
    var = ((ref - mu) ** 2).sum() / n
    return (x - mu) / np.sqrt(var + 1e-10)


# ==== global, flattened output
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return ((x - ref.mean()) / ref.std()).reshape(len(x), -1)


# ==== global, z-score by scipy
def standardize(x, reference=None):
    from scipy.stats import zmap
    return zmap(x.ravel(), (x if reference is None else reference).ravel()).reshape(x.shape)


# ==== per spectrogram, keepdims
def standardize(x, reference=None):
    mu = x.mean(axis=(1, 2), keepdims=True)
    sigma = x.std(axis=(1, 2), keepdims=True)
    sigma[sigma == 0] = 1
    return (x - mu) / sigma


# ==== per spectrogram, a loop with a guard
def standardize(x, reference=None):
    out = np.zeros_like(x, dtype=np.float32)
    for i in range(len(x)):
        s = x[i].std()
        if s > 0:
            out[i] = (x[i] - x[i].mean()) / s
    return out


# ==== per spectrogram, a loop over a list of arrays
def standardize(x, reference=None):
    result = []
    for spec in x:
        spec = np.asarray(spec, dtype=np.float64)
        result.append((spec - np.mean(spec)) / max(np.std(spec), 1e-12))
    return np.array(result)


# ==== per spectrogram, None indexing
def standardize(x, reference=None):
    flat = x.reshape(x.shape[0], -1)
    mu, sd = flat.mean(1), flat.std(1)
    return (x - mu[:, None, None]) / (sd[:, None, None] + 1e-7)


# ==== per spectrogram, a silent one left centred
def standardize(x, reference=None):
    x = x - x.mean(axis=(1, 2), keepdims=True)
    sigma = x.std(axis=(1, 2), keepdims=True)
    return np.divide(x, sigma, out=x.copy(), where=sigma > 0)


# ==== per spectrogram, StandardScaler on each
def standardize(x, reference=None):
    from sklearn.preprocessing import StandardScaler
    return np.stack([StandardScaler().fit_transform(s.reshape(-1, 1)).reshape(s.shape) for s in x])


# ==== per spectrogram, torch with dim and keepdim
def standardize(x, reference=None):
    t = torch.tensor(x, dtype=torch.float32)
    mu = t.mean(dim=(1, 2), keepdim=True)
    sd = t.std(dim=(1, 2), keepdim=True)
    return ((t - mu) / (sd + 1e-6)).numpy()


# ==== per spectrogram, layer_norm
def standardize(x, reference=None):
    t = torch.as_tensor(x).float()
    return torch.nn.functional.layer_norm(t, t.shape[1:], eps=1e-8).numpy()


# ==== per spectrogram, nan_to_num afterwards
def standardize(x, reference=None):
    with np.errstate(all="ignore"):
        z = (x - x.mean(axis=(1, 2), keepdims=True)) / x.std(axis=(1, 2), keepdims=True)
    return np.nan_to_num(z, nan=0.0, posinf=0.0, neginf=0.0)


# ==== per band, keepdims
def standardize(x, reference=None):
    ref = x if reference is None else reference
    mu = ref.mean(axis=(0, 2), keepdims=True)
    sd = ref.std(axis=(0, 2), keepdims=True)
    return (x - mu) / np.maximum(sd, 1e-8)


# ==== per band, a loop over bands
def standardize(x, reference=None):
    ref = x if reference is None else reference
    out = np.empty(x.shape, dtype=np.float32)
    for f in range(x.shape[1]):
        out[:, f] = (x[:, f] - ref[:, f].mean()) / (ref[:, f].std() + 1e-8)
    return out


# ==== per band, StandardScaler with bands as features
def standardize(x, reference=None):
    from sklearn.preprocessing import StandardScaler
    ref = x if reference is None else reference
    n, f, t = x.shape
    scaler = StandardScaler().fit(ref.transpose(0, 2, 1).reshape(-1, f))
    return scaler.transform(x.transpose(0, 2, 1).reshape(-1, f)).reshape(n, t, f).transpose(0, 2, 1)


# ==== per band, einsum
def standardize(x, reference=None):
    ref = np.asarray(x if reference is None else reference, float)
    count = ref.shape[0] * ref.shape[2]
    mu = np.einsum("nft->f", ref) / count
    var = np.einsum("nft,nft->f", ref - mu[None, :, None], ref - mu[None, :, None]) / count
    return (x - mu[:, None]) / (np.sqrt(var)[:, None] + 1e-9)


# ==== per band, tuples of a helper
def stats(ref):
    return ref.mean((0, 2))[None, :, None], ref.std((0, 2))[None, :, None]


def standardize(x, reference=None, eps=1e-8):
    mu, sd = stats(x if reference is None else reference)
    return (x - mu) / (sd + eps)


# ==== per band and spectrogram
def standardize(x, reference=None):
    mu = x.mean(axis=2, keepdims=True)
    sd = x.std(axis=2, keepdims=True)
    return (x - mu) / (sd + 1e-8)


# ==== per band and spectrogram, axis -1 and where
def standardize(x, reference=None):
    mu, sd = x.mean(-1, keepdims=True), x.std(-1, keepdims=True)
    sd = np.where(sd < 1e-10, 1.0, sd)
    return (x - mu) / sd


# ==== per band and spectrogram, two loops
def standardize(x, reference=None):
    z = np.array(x, dtype=np.float64)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            s = np.std(z[i, j])
            z[i, j] = (z[i, j] - np.mean(z[i, j])) / (s if s else 1.0)
    return z


# ==== another name and order, positional
def standardiser(spectrogrammes, ref=None):
    ref = spectrogrammes if ref is None else ref
    return (spectrogrammes - np.mean(ref)) / np.std(ref)


# ==== one argument only
def normalize(data):
    return (data - data.mean()) / data.std()


# ==== the reference comes first, by name
def standardize(reference, x):
    return (x - reference.mean()) / reference.std()


# ==== a choice of strategy by keyword
def standardize(x, reference=None, mode="band"):
    ref = x if reference is None else reference
    axis = {"global": None, "band": (0, 2), "example": (1, 2)}[mode]
    mu, sd = ref.mean(axis=axis, keepdims=True), ref.std(axis=axis, keepdims=True)
    return (x - mu) / (sd + 1e-8)


# ==== statistics wanted in place of a reference, defaulting to its own
def standardize(x, mean=None, std=None):
    mean = x.mean() if mean is None else mean
    std = x.std() if std is None else std
    return (x - mean) / std


# ==== it returns the statistics as well
def standardize(x, reference=None):
    ref = x if reference is None else reference
    mu, sigma = ref.mean(), ref.std()
    return (x - mu) / sigma, mu, sigma
