"""Entry point: prepares the data, trains, prints."""

import torch
from torch import nn

import metrics
from data import load_dataset, make_loaders, prepare, standardize
from models import MyMLP


def predictions(model, loader):
    model.eval()
    with torch.no_grad():
        pairs = [(y, model(x) > 0) for x, y in loader]
    return torch.cat([y for y, _ in pairs]).numpy(), torch.cat([p for _, p in pairs]).numpy()


def report(title, model, loader):
    y_true, y_pred = predictions(model, loader)
    values = ", ".join(f"{f.__name__}: {f(y_true, y_pred):.3f}" for f in metrics.ALL)
    print(f"{title:>12} | {values}")


def train(model, train_loader, valid_loader, epochs=10, lr=1e-3):
    """Returns the trained model; the metrics of each epoch are printed."""
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    for epoch in range(1, epochs + 1):
        model.train()
        for inputs, targets in train_loader:
            optimizer.zero_grad()
            criterion(model(inputs), targets).backward()
            optimizer.step()
            scheduler.step()
        print(f"--- epoch {epoch} ---")
        report("training", model, train_loader)
        report("validation", model, valid_loader)
    return model


def main():
    torch.manual_seed(7)
    prepare("data", "prepared")
    train_loader, valid_loader, test_loader = make_loaders("prepared", batch_size=8)
    n_features = train_loader.dataset.tensors[0].shape[1]
    model = train(MyMLP(n_features), train_loader, valid_loader, epochs=12)
    report("test", model, test_loader)
    torch.save(model.state_dict(), "model.pt")


if __name__ == "__main__":
    main()
