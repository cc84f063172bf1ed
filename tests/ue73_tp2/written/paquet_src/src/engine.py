import torch
from torch import nn

from .metrics import all_metrics


def score(net, loader):
    net.eval()
    t, p = [], []
    with torch.inference_mode():
        for x, y in loader:
            t.append(y)
            p.append((net(x) > 0).float())
    return all_metrics(torch.cat(t), torch.cat(p))


def run_training(net, train_loader, val_loader, epochs, lr):
    loss_fn = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(net.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr * 3, total_steps=epochs * len(train_loader))
    history = []
    for epoch in range(epochs):
        net.train()
        total = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = loss_fn(net(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item()
        train_scores, val_scores = score(net, train_loader), score(net, val_loader)
        history.append({"loss": total / len(train_loader), "train": train_scores, "val": val_scores})
        print(f"[{epoch}] {history[-1]}")
    return history
