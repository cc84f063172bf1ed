# TP2 réseaux convolutifs - Léa M.
import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim


def output_size(n, kernel, stride, padding):
    resultat = (n + 2 * padding - kernel) / stride
    resultat = math.floor(resultat)
    return resultat + 1


def conv2d(x, weight, bias=None, stride=1, padding=0):
    # on récupère toutes les dimensions
    N, C, H, W = x.shape
    C_out, C_in, KH, KW = weight.shape
    # on ajoute les zéros autour
    x_pad = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    x_pad[n, c, i + padding, j + padding] = x[n, c, i, j]
    H_out = output_size(H, KH, stride, padding)
    W_out = output_size(W, KW, stride, padding)
    y = np.zeros((N, C_out, H_out, W_out))
    for n in range(N):
        for o in range(C_out):
            for i in range(H_out):
                for j in range(W_out):
                    somme = 0
                    for c in range(C_in):
                        for k in range(KH):
                            for l in range(KW):
                                somme += x_pad[n, c, i * stride + k, j * stride + l] * weight[o, c, k, l]
                    if bias is not None:
                        somme += bias[o]
                    y[n, o, i, j] = somme
    return y


def max_pool2d(x, kernel, stride):
    N, C, H, W = x.shape
    H_out = output_size(H, kernel, stride, 0)
    W_out = output_size(W, kernel, stride, 0)
    y = np.zeros((N, C, H_out, W_out))
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    maxi = -1e30
                    for k in range(kernel):
                        for l in range(kernel):
                            v = x[n, c, i * stride + k, j * stride + l]
                            if v > maxi:
                                maxi = v
                    y[n, c, i, j] = maxi
    return y


class FirstLayer(nn.Module):
    def __init__(self):
        super(FirstLayer, self).__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2, bias=True)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.conv(x)
        x = self.relu(x)
        return x


def first_layer():
    return FirstLayer()


def count_parameters(module):
    total = 0
    for nom, p in module.named_parameters():
        n = 1
        for d in p.shape:
            n = n * d
        total = total + n
    return total


class SmallCNN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super(SmallCNN, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        # les images font 16 x 16 donc 4 x 4 après les deux pooling
        self.fc1 = nn.Linear(32 * 4 * 4, 64)
        self.fc2 = nn.Linear(64, n_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 32 * 4 * 4)
        x = F.relu(self.fc1(x))
        x = self.fc2(x)
        return x


def train(model, loader, epochs=20, lr=0.05):
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        running_loss = 0.0
        for i, data in enumerate(loader, 0):
            inputs, labels = data
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        print("époque", epoch, "perte", running_loss / len(loader))
        losses.append(running_loss / len(loader))
    print("Fini")
    return losses


class DenseFCN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super(DenseFCN, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.classif = nn.Conv2d(32, n_classes, 1)
        self.up = nn.ConvTranspose2d(n_classes, n_classes, kernel_size=4, stride=4)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = self.classif(x)
        return self.up(x)


if __name__ == "__main__":
    print(output_size(224, 7, 2, 3))
    print(count_parameters(first_layer()))
