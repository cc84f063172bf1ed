"""One image (C, H, W) at a time."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def output_size(n, kernel, stride=1, padding=0):
    return 1 + (n - kernel + 2 * padding) // stride


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """x: (C, H, W), weight: (O, C, kh, kw)."""
    C, H, W = x.shape
    O, C2, kh, kw = weight.shape
    assert C == C2
    xp = torch.zeros((C, H + 2 * padding, W + 2 * padding))
    xp[:, padding:padding + H, padding:padding + W] = x
    Ho, Wo = output_size(H, kh, stride, padding), output_size(W, kw, stride, padding)
    out = torch.zeros((O, Ho, Wo))
    for o in range(O):
        for i in range(Ho):
            for j in range(Wo):
                patch = xp[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
                out[o, i, j] = torch.sum(patch * weight[o])
        if bias is not None:
            out[o] += bias[o]
    return out


def max_pool2d(x, kernel, stride):
    C, H, W = x.shape
    out = torch.zeros((C, output_size(H, kernel, stride), output_size(W, kernel, stride)))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            patch = x[:, i * stride:i * stride + kernel, j * stride:j * stride + kernel]
            out[:, i, j] = patch.reshape(C, -1).max(dim=1)[0]
    return out


def first_layer():
    layer = nn.Conv2d(in_channels=3, out_channels=64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3))
    return nn.Sequential(layer, nn.ReLU())


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


class SmallCNN(nn.Module):
    def __init__(self, in_channels=3, n_classes=4):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.LazyLinear(n_classes)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.avg_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(self.drop(torch.flatten(x, start_dim=1)))


def train(model, loader, epochs=10, lr=0.001):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        model.train()
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            optimizer.step()
        history.append(loss.item())
    return history


class DenseFCN(nn.Module):
    def __init__(self, in_channels=3, n_classes=4):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, n_classes, 1)

    def forward(self, x):
        size = x.shape[2:]
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return F.interpolate(self.conv3(x), size=size, mode="bilinear", align_corners=False)
