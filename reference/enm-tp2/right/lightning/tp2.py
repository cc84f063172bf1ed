import abc
import math
import torch
import torch.nn.functional as F
from torch import nn


def output_size(n, kernel, stride, padding):
    return math.floor((n + 2 * padding - kernel) / stride) + 1


def conv2d(x, weight, bias=None, stride=1, padding=0):
    x = F.pad(x, [padding] * 4)
    kh, kw = weight.shape[-2:]
    oh = (x.shape[-2] - kh) // stride + 1
    ow = (x.shape[-1] - kw) // stride + 1
    out = 0
    for i in range(kh):
        for j in range(kw):
            patch = x[:, :, i:i + stride * (oh - 1) + 1:stride, j:j + stride * (ow - 1) + 1:stride]
            out = out + torch.tensordot(patch, weight[:, :, i, j], dims=([1], [1])).movedim(-1, 1)
    if bias is not None:
        out = out + bias[:, None, None]
    return out


def max_pool2d(x, kernel, stride):
    b, c = x.shape[:2]
    oh = (x.shape[2] - kernel) // stride + 1
    ow = (x.shape[3] - kernel) // stride + 1
    cols = F.unfold(x.reshape(b * c, 1, *x.shape[2:]), kernel, stride=stride)
    return cols.max(dim=1).values.view(b, c, oh, ow)


def first_layer():
    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            self.c = nn.Conv2d(3, 64, 7, 2, 3)

        def forward(self, x):
            return F.relu(self.c(x))
    return Layer()


def count_parameters(module):
    return sum(p.numel() for p in module.parameters())


class LightModule(nn.Module, abc.ABC):
    @abc.abstractmethod
    def training_step(self, batch, batch_idx): ...

    @abc.abstractmethod
    def configure_optimizers(self): ...

    def on_epoch_end(self): pass


class SmallCNN(LightModule):
    def __init__(self, in_channels, n_classes, lr=2e-3):
        super().__init__()
        self.lr = lr
        self.features = nn.Sequential(nn.Conv2d(in_channels, 32, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2),
                                      nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d((2, 2)))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(128, n_classes))

    def forward(self, x):
        return self.classifier(self.features(x))

    def training_step(self, batch, batch_idx):
        x, y = batch
        return F.cross_entropy(self(x), y)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.lr)


class Trainer:
    def __init__(self, max_epochs=10, callbacks=()):
        self.max_epochs = max_epochs
        self.callbacks = list(callbacks)
        self.logged = []

    def fit(self, module, train_dataloader):
        optimizer = module.configure_optimizers()
        module.train()
        for epoch in range(self.max_epochs):
            running = []
            for batch_idx, batch in enumerate(train_dataloader):
                optimizer.zero_grad()
                loss = module.training_step(batch, batch_idx)
                loss.backward()
                optimizer.step()
                running.append(loss.item())
            self.logged.append(sum(running) / len(running))
            module.on_epoch_end()
            for c in self.callbacks:
                c(epoch, self.logged[-1])
        return self.logged


class DenseFCN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(in_channels, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU())
        self.up = nn.Sequential(nn.ConvTranspose2d(32, 16, 2, 2), nn.ReLU(), nn.ConvTranspose2d(16, n_classes, 2, 2))

    def forward(self, x):
        return self.up(self.down(x))


if __name__ == "__main__":
    import numpy as np
    from torch.utils.data import DataLoader, TensorDataset
    xs = torch.from_numpy(np.load("data/train_images.npy"))
    ys = torch.from_numpy(np.load("data/train_labels.npy"))
    model = SmallCNN(3, 4)
    trainer = Trainer(max_epochs=20, callbacks=[lambda e, l: print(e, l)])
    trainer.fit(model, DataLoader(TensorDataset(xs, ys), batch_size=32, shuffle=True))
