import copy
import tempfile
from pathlib import Path

import torch
from torch import nn

from .metrics import compute_metrics

loss_fn = nn.BCEWithLogitsLoss()


class EarlyStopping:
    def __init__(self, patience=5):
        self.patience, self.best, self.wait = patience, float("inf"), 0
        self.path = Path(tempfile.mkdtemp()) / "best.pt"

    def update(self, value, model):
        if value < self.best:
            self.best, self.wait = value, 0
            torch.save(model.state_dict(), self.path)
        else:
            self.wait += 1
        return self.wait >= self.patience


def train_one_epoch(model, loader, optimizer):
    model.train()
    running = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        logits = model(x).squeeze(-1)
        loss = loss_fn(logits, y)
        loss.backward()
        optimizer.step()
        running += loss.item()
    return running / len(loader)


@torch.no_grad()
def evaluate(model, loader):
    model.eval()
    losses, preds, labels = [], [], []
    for x, y in loader:
        logits = model(x).squeeze(-1)
        losses.append(loss_fn(logits, y).item())
        preds.extend((torch.sigmoid(logits) > 0.5).long().tolist())
        labels.extend(y.long().tolist())
    return {"loss": sum(losses) / len(losses), **compute_metrics(labels, preds)}


def fit(model, train_dl, valid_dl, epochs=20, lr=1e-3, patience=6):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=1e-2)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=3, factor=0.5)
    stopper = EarlyStopping(patience)
    history = []
    for epoch in range(1, epochs + 1):
        train_one_epoch(model, train_dl, optimizer)
        tr, va = evaluate(model, train_dl), evaluate(model, valid_dl)
        scheduler.step(va["loss"])
        history.append({"epoch": epoch, **{f"train_{k}": v for k, v in tr.items()}, **{f"val_{k}": v for k, v in va.items()}})
        print(f"[{epoch:02d}] train loss {tr['loss']:.4f} val loss {va['loss']:.4f} val f1 {va['f1']:.3f}")
        if stopper.update(va["loss"], model):
            print("early stopping")
            break
    model.load_state_dict(torch.load(stopper.path))
    return history
