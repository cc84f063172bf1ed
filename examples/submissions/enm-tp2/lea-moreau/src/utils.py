import torch
def count_parameters(model): return sum(p.numel() for p in model.parameters() if p.requires_grad)
def train(model, train_loader, val_loader=None, epochs=10, lr=1e-3, criterion=None):
    criterion = criterion or torch.nn.CrossEntropyLoss()
    opt = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=1e-4)
    best, tl, vl = 1e9, [], []
    for e in range(epochs):
        model.train(); s = 0.
        for x, y in train_loader:
            opt.zero_grad(); loss = criterion(model(x), y); loss.backward(); opt.step(); s += loss.item()
        tl.append(s/len(train_loader))
        if val_loader is not None:
            model.eval()
            with torch.no_grad(): vl.append(sum(criterion(model(x), y).item() for x, y in val_loader)/len(val_loader))
    return tl, vl
