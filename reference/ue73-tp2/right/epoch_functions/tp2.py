import argparse
from pathlib import Path
import numpy as np
import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset
from pulses import build_spectrograms


def standardize_spectrograms(specs, mean=None, std=None):
    mean = specs.mean() if mean is None else mean
    std = specs.std() if std is None else std
    return (specs - mean) / std


def make_datasets(src="data", dst="out"):
    xt, yt = build_spectrograms(f"{src}/train")
    m, s = xt.mean(), xt.std()
    for split in ["train", "valid", "test"]:
        x, y = build_spectrograms(f"{src}/{split}")
        d = Path(dst) / split
        d.mkdir(parents=True, exist_ok=True)
        np.save(d / "x.npy", standardize_spectrograms(x, m, s).astype("float32"))
        np.save(d / "y.npy", y.astype("int64"))


def init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.0)


class PulseNet(nn.Module):
    def __init__(self, n_in, h=(200, 100, 50), p=0.25):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(), nn.Linear(n_in, h[0]), nn.ReLU(), nn.Dropout(p),
            nn.Linear(h[0], h[1]), nn.ReLU(), nn.Dropout(p),
            nn.Linear(h[1], h[2]), nn.ReLU(), nn.Dropout(p), nn.Linear(h[2], 1))
        self.apply(init)

    def forward(self, x):
        return self.net(x).squeeze(-1)


class NpyDataset(TensorDataset):
    def __init__(self, folder):
        x = torch.from_numpy(np.load(Path(folder) / "x.npy")).float()
        y = torch.from_numpy(np.load(Path(folder) / "y.npy")).float()
        super().__init__(x, y)


def get_dataloader(folder, bs, shuffle=False):
    return DataLoader(NpyDataset(folder), batch_size=bs, shuffle=shuffle)


def confusion(y, yhat):
    tp = int(((y == 1) & (yhat == 1)).sum())
    tn = int(((y == 0) & (yhat == 0)).sum())
    fp = int(((y == 0) & (yhat == 1)).sum())
    fn = int(((y == 1) & (yhat == 0)).sum())
    return tp, tn, fp, fn

acc = lambda y, yhat: (y == yhat).mean() if hasattr(y, "mean") else 0

def all_metrics(y, yhat):
    tp, tn, fp, fn = confusion(y, yhat)
    safe = lambda a, b: a / b if b else 0.0
    p, r = safe(tp, tp + fp), safe(tp, tp + fn)
    return safe(tp + tn, tp + tn + fp + fn), p, r, safe(2 * p * r, p + r), safe(fp, fp + tn), safe(fn, fn + tp)


def train_one_epoch(model, loader, opt, sched, loss_fn):
    model.train()
    total = 0
    for x, y in loader:
        opt.zero_grad()
        out = model(x)
        l = loss_fn(out, y)
        l.backward()
        opt.step()
        sched.step()
        total += l.item() * len(x)
    return total / len(loader.dataset)


@torch.no_grad()
def test(model, loader):
    model.eval()
    logits = torch.cat([model(x) for x, _ in loader])
    y = torch.cat([y for _, y in loader])
    return F.binary_cross_entropy_with_logits(logits, y).item(), all_metrics(y.numpy(), (logits > 0).float().numpy())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--lr", type=float, default=5e-3)
    args = parser.parse_args()
    make_datasets()
    train_dl = get_dataloader("out/train", 32, True)
    val_dl = get_dataloader("out/valid", 32)
    test_dl = get_dataloader("out/test", 32)
    x0, _ = train_dl.dataset[0]
    net = PulseNet(x0.numel())
    opt = optim.AdamW(net.parameters(), lr=args.lr)
    sched = optim.lr_scheduler.OneCycleLR(opt, max_lr=args.lr, total_steps=args.epochs * len(train_dl))
    loss_fn = nn.BCEWithLogitsLoss()
    for epoch in range(args.epochs):
        tl = train_one_epoch(net, train_dl, opt, sched, loss_fn)
        _, tm = test(net, train_dl)
        vl, vm = test(net, val_dl)
        noms = ["accuracy", "precision", "recall", "f1", "fpr", "fnr"]
        print(f"epoch {epoch}: train loss {tl:.4f} " + " ".join(f"train_{n}={v:.3f}" for n, v in zip(noms, tm)))
        print(f"   valid loss {vl:.4f} " + " ".join(f"valid_{n}={v:.3f}" for n, v in zip(noms, vm)))
    print("test", test(net, test_dl))


if __name__ == "__main__":
    main()
