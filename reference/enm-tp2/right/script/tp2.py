# Everything in one script, with its training at the top level.
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)


def output_size(W, K, S, P):
    return (W - K + 2 * P) // S + 1


def conv2d(X, W, b=None, stride=1, padding=0):
    X = torch.as_tensor(X, dtype=torch.float32)
    W = torch.as_tensor(W, dtype=torch.float32)
    n, c, h, w = X.shape
    f, _, kh, kw = W.shape
    Xp = F.pad(X, (padding, padding, padding, padding), "constant", 0)
    Ho, Wo = output_size(h, kh, stride, padding), output_size(w, kw, stride, padding)
    Y = torch.zeros(n, f, Ho, Wo)
    for m in range(n):
        for k in range(f):
            for i in range(Ho):
                for j in range(Wo):
                    Y[m, k, i, j] = (Xp[m, :, i * stride:i * stride + kh, j * stride:j * stride + kw] * W[k]).sum()
            if b is not None:
                Y[m, k] += b[k]
    return Y


def max_pool2d(X, K, S):
    X = torch.as_tensor(X)
    n, c, h, w = X.shape
    Y = torch.zeros(n, c, output_size(h, K, S, 0), output_size(w, K, S, 0))
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            Y[:, :, i, j] = X[:, :, i * S:i * S + K, j * S:j * S + K].amax(dim=(2, 3))
    return Y


# comparaison avec torch
x, w, b = torch.randn(2, 3, 8, 8), torch.randn(4, 3, 3, 3), torch.randn(4)
print(torch.allclose(conv2d(x, w, b, 2, 1), F.conv2d(x, w, b, 2, 1), atol=1e-5))
print(torch.allclose(max_pool2d(x, 2, 2), F.max_pool2d(x, 2, 2)))


def first_layer():
    class Couche(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2, bias=True)
            self.relu = nn.ReLU()

        def forward(self, x):
            return self.relu(self.conv(x))

    return Couche()


def count_parameters(model):
    n = 0
    for p in model.parameters():
        n += p.numel()
    return n


print(count_parameters(first_layer()))


class CNN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(64 * 16, n_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        return self.fc(x)


X_train = torch.from_numpy(np.load("data/train_images.npy"))
y_train = torch.from_numpy(np.load("data/train_labels.npy"))
X_test = torch.from_numpy(np.load("data/test_images.npy"))
y_test = torch.from_numpy(np.load("data/test_labels.npy"))
train_loader = DataLoader(TensorDataset(X_train, y_train), batch_size=32, shuffle=True)

model = CNN(3, 4)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
n_epochs = 3
losses = []
for epoch in range(n_epochs):
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
    print(epoch, loss.item())

with torch.no_grad():
    print("test :", (model(X_test).argmax(1) == y_test).float().mean().item())


class FCN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.conv3 = nn.Conv2d(32, n_classes, 1)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = self.conv3(x)
        return F.interpolate(x, scale_factor=4)


print(FCN(3, 4)(torch.zeros(1, 3, 64, 40)).shape)
