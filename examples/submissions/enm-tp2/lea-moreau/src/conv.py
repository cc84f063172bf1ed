import numpy as np

def output_size(n, kernel, stride=1, padding=0):
    return (n + 2*padding - kernel) // stride + 1

def conv2d(x, weight, bias=None, stride=1, padding=0):
    """x (C,H,W) or (N,C,H,W)"""
    squeeze = False
    if x.ndim == 3:
        x = x[None]
        squeeze = True
    N, C, H, W = x.shape
    F, _, KH, KW = weight.shape
    bias = np.zeros(F) if bias is None else bias
    H2 = output_size(H, KH, stride, padding)
    W2 = output_size(W, KW, stride, padding)
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), 'constant')
    out = np.zeros((N, F, H2, W2))
    for n in range(N):
        for f in range(F):
            for i in range(H2):
                for j in range(W2):
                    region = x_pad[n, :, i*stride:i*stride+KH, j*stride:j*stride+KW]
                    out[n, f, i, j] = np.sum(region * weight[f]) + bias[f]
    return out[0] if squeeze else out

def max_pool2d(x, kernel=2, stride=2):
    N, C, H, W = x.shape
    H2, W2 = output_size(H, kernel, stride), output_size(W, kernel, stride)
    out = np.zeros((N, C, H2, W2))
    for i in range(H2):
        for j in range(W2):
            out[:, :, i, j] = np.amax(x[:, :, i*stride:i*stride+kernel, j*stride:j*stride+kernel], axis=(-2, -1))
    return out
