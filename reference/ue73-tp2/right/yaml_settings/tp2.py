from pathlib import Path
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.tensorboard import SummaryWriter
from pulses import build_spectrograms
from src.config import cfg
from src.model import MyMLP
from src.metrics import *
from src import metrics

ROOT = Path(__file__).parent

def standardize(x, reference=None):
    """une moyenne et un écart-type par bande, calculés sur le train"""
    r = x if reference is None else reference
    mu = r.mean((0, 2), keepdims=True)
    sd = r.std((0, 2), keepdims=True, ddof=1)
    return np.divide(x - mu, sd, out=np.zeros_like(x), where=sd > 0)

def prepare(data_dir=cfg.data.root, out_dir=cfg.data.out):
    ref = None
    for s in "train valid test".split():
        x, y = build_spectrograms(Path(data_dir, s))
        ref = x.copy() if ref is None else ref
        Path(out_dir, s).mkdir(parents=True, exist_ok=True)
        np.save(Path(out_dir, s, "x.npy"), standardize(x, ref))
        np.save(Path(out_dir, s, "y.npy"), y)

def load_dataset(folder):
    f = Path(folder)
    return TensorDataset(*(torch.from_numpy(np.load(f / n)).to(torch.float32) for n in ("x.npy", "y.npy")))

def make_loaders(root=cfg.data.out, batch_size=cfg.train.batch_size):
    g = torch.Generator().manual_seed(cfg.seed)
    return tuple(DataLoader(load_dataset(Path(root) / s), batch_size, shuffle=s == "train", generator=g if s == "train" else None, persistent_workers=False) for s in ("train", "valid", "test"))

@torch.inference_mode()
def evaluate(model, loader, loss_fn):
    model.eval()
    z, y = map(torch.cat, zip(*[(model(a), b) for a, b in loader]))
    return {"loss": loss_fn(z, y).item(), **{n: f(y, z > 0) for n, f in metrics.ALL.items()}}

def train(model, train_loader, valid_loader, epochs=cfg.train.epochs, lr=cfg.train.lr):
    device = next(model.parameters()).device
    loss_fn = nn.BCEWithLogitsLoss()
    opt = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=cfg.train.weight_decay)
    sched = torch.optim.lr_scheduler.SequentialLR(opt, [
        torch.optim.lr_scheduler.LinearLR(opt, 0.1, total_iters=2),
        torch.optim.lr_scheduler.CosineAnnealingLR(opt, max(1, epochs - 2))], milestones=[2])
    writer, history = SummaryWriter("runs/exp"), []
    for e in range(epochs):
        model.train(True)
        for x, y in train_loader:
            x, y = x.to(device, non_blocking=True), y.to(device)
            opt.zero_grad()
            with torch.autocast(device_type="cpu", enabled=False):
                loss = loss_fn(model(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), cfg.train.clip)
            opt.step()
        sched.step()
        row = {"epoch": e, "train": evaluate(model, train_loader, loss_fn), "valid": evaluate(model, valid_loader, loss_fn)}
        for part in ("train", "valid"):
            for k, v in row[part].items():
                writer.add_scalar(f"{part}/{k}", v, e)
        history.append(row)
    writer.close()
    return history

if __name__ == "__main__":
    torch.manual_seed(cfg.seed)
    prepare()
    tr, va, te = make_loaders()
    model = MyMLP(tr.dataset[0][0].numel())
    history = train(model, tr, va)
    torch.save({"model": model.state_dict(), "cfg": vars(cfg)}, ROOT / "ckpt.pt")
    print(evaluate(model, te, nn.BCEWithLogitsLoss()))
