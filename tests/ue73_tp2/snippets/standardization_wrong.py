# Student code with mistakes: each snippet loses what its header says, and nothing else.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import numpy as np
import torch


# ==== divided by the variance -> standardize.formula: divides-by-variance
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return (x - ref.mean()) / ref.var()


# ==== per band, divided by the variance -> standardize.formula: divides-by-variance
def standardize(x, reference=None):
    mu, var = x.mean(axis=(0, 2), keepdims=True), x.var(axis=(0, 2), keepdims=True)
    return (x - mu) / (var + 1e-8)


# ==== per spectrogram, square root forgotten -> standardize.formula: divides-by-variance
def standardize(x, reference=None):
    out = []
    for s in x:
        mu = s.mean()
        var = ((s - mu) ** 2).mean()
        out.append((s - mu) / (var + 1e-8))
    return np.array(out)


# ==== only divided -> standardize.formula: mean-not-subtracted
def standardize(x, reference=None):
    return x / np.std(x)


# ==== per band, only divided -> standardize.formula: mean-not-subtracted
def standardize(x, reference=None):
    return x / (x.std(axis=(0, 2), keepdims=True) + 1e-8)


# ==== only centred -> standardize.formula: not-divided
def standardize(x, reference=None):
    return x - x.mean()


# ==== per spectrogram, only centred -> standardize.formula: not-divided
def standardize(x, reference=None):
    return np.stack([s - s.mean() for s in x])


# ==== parentheses -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return x - x.mean() / x.std()


# ==== min-max -> standardize.formula: min-max
def standardize(x, reference=None):
    return (x - x.min()) / (x.max() - x.min())


# ==== min-max per spectrogram -> standardize.formula: min-max
def standardize(x, reference=None):
    lo, hi = x.min(axis=(1, 2), keepdims=True), x.max(axis=(1, 2), keepdims=True)
    return (x - lo) / (hi - lo + 1e-8)


# ==== MinMaxScaler of bands -> standardize.formula: min-max
def standardize(x, reference=None):
    from sklearn.preprocessing import MinMaxScaler
    n, f, t = x.shape
    return MinMaxScaler().fit_transform(x.transpose(0, 2, 1).reshape(-1, f)).reshape(n, t, f).transpose(0, 2, 1)


# ==== between -1 and 1 -> standardize.formula: min-max
def standardize(x, reference=None):
    return 2 * (x - x.min()) / (x.max() - x.min()) - 1


# ==== divided by the range -> standardize.formula: min-max
def standardize(x, reference=None):
    return (x - x.mean()) / (x.max() - x.min())


# ==== divided by the maximum -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return x / np.abs(x).max()


# ==== per time step -> standardize.formula: per-time-step
def standardize(x, reference=None):
    ref = x if reference is None else reference
    return (x - ref.mean(axis=(0, 1))) / (ref.std(axis=(0, 1)) + 1e-8)


# ==== per time step of each spectrogram -> standardize.formula: per-time-step
def standardize(x, reference=None):
    return (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-8)


# ==== per time step, axes mixed up in a loop -> standardize.formula: per-time-step
def standardize(x, reference=None):
    z = x.copy()
    for t in range(x.shape[2]):
        z[:, :, t] = (x[:, :, t] - x[:, :, t].mean()) / (x[:, :, t].std() + 1e-8)
    return z


# ==== per pixel -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)


# ==== StandardScaler on flattened spectrograms is per pixel -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    from sklearn.preprocessing import StandardScaler
    return StandardScaler().fit_transform(x.reshape(len(x), -1)).reshape(x.shape)


# ==== truncated by astype(int) -> standardize.formula: truncated-to-integers
def standardize(x, reference=None):
    return ((x - x.mean()) / x.std()).astype(int)


# ==== truncated in an integer array -> standardize.formula: truncated-to-integers
def standardize(x, reference=None):
    out = np.zeros(x.shape, dtype=np.int32)
    for i, s in enumerate(x):
        out[i] = (s - s.mean()) / max(s.std(), 1e-8)
    return out


# ==== mean and deviation over other axes -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return (x - x.mean(axis=(0, 2), keepdims=True)) / x.std()


# ==== unchanged -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return x


# ==== mean added -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return (x + x.mean()) / x.std()


# ==== an epsilon of one -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return (x - x.mean()) / (x.std() + 1)


# ==== by norm -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    from sklearn.preprocessing import normalize
    return normalize(x.reshape(len(x), -1)).reshape(x.shape)


# ==== median and quartiles -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    q1, q2, q3 = np.percentile(x, [25, 50, 75])
    return (x - q2) / (q3 - q1)


# ==== one spectrogram lost -> standardize.formula: wrong-formula
def standardize(x, reference=None):
    return ((x - x.mean()) / x.std())[1:]


# ==== nothing returned -> standardize.formula: unreadable|wrong-formula; standardize.constant: unreadable
def standardize(x, reference=None):
    x = (x - x.mean()) / x.std()


# ==== silence divided by zero, per spectrogram -> standardize.constant: not-finite
def standardize(x, reference=None):
    return (x - x.mean(axis=(1, 2), keepdims=True)) / x.std(axis=(1, 2), keepdims=True)


# ==== silence divided by zero, per spectrogram and band -> standardize.constant: not-finite
def standardize(x, reference=None):
    return (x - x.mean(axis=2, keepdims=True)) / x.std(axis=2, keepdims=True)


# ==== silence divided by zero, in a loop -> standardize.constant: not-finite
def standardize(x, reference=None):
    return np.array([(s - s.mean()) / s.std() for s in x])


# ==== raises on silence -> standardize.constant: raised
def standardize(x, reference=None):
    for s in x:
        if s.std() == 0:
            raise ValueError("silence")
    return np.array([(s - s.mean()) / s.std() for s in x])


# ==== raises always -> standardize.formula: raised; standardize.constant: raised
def standardize(x, reference=None):
    return (x - mu) / sigma
