import copy
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from pulses import build_spectrograms
from torch.utils.data import DataLoader, TensorDataset

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print("Using", device)


def compute_stats(data):
    return float(data.mean()), float(data.std())


def apply_stats(data, mean, std):
    return (data - mean) / max(std, 1e-8)


def build_files(wav_root="data", npy_root="npy"):
    wav_root, npy_root = Path(wav_root), Path(npy_root)
    x, _ = build_spectrograms(wav_root / "train")
    stats = compute_stats(x)
    for split in ("train", "valid", "test"):
        x, y = build_spectrograms(wav_root / split)
        (npy_root / split).mkdir(parents=True, exist_ok=True)
        np.save(npy_root / split / "x.npy", apply_stats(x, *stats))
        np.save(npy_root / split / "y.npy", y)


class MultiLayerPerceptron(nn.Module):
    def __init__(self, input_dim, hidden_dim=80, output_dim=1, dropout_rate=0.2):
        super().__init__()
        self.input_layer = nn.Linear(input_dim, hidden_dim)
        self.hidden_1 = nn.Linear(hidden_dim, hidden_dim)
        self.hidden_2 = nn.Linear(hidden_dim, hidden_dim)
        self.output_layer = nn.Linear(hidden_dim, output_dim)
        self.activation = nn.ReLU(inplace=True)
        self.dropout = nn.Dropout(dropout_rate)
        self._init_weights()

    def _init_weights(self):
        for layer in [self.input_layer, self.hidden_1, self.hidden_2, self.output_layer]:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = self.dropout(self.activation(self.input_layer(x)))
        x = self.dropout(self.activation(self.hidden_1(x)))
        x = self.dropout(self.activation(self.hidden_2(x)))
        return self.output_layer(x)


def read_split(path):
    x = torch.from_numpy(np.load(Path(path) / "x.npy").astype(np.float32))
    y = torch.from_numpy(np.load(Path(path) / "y.npy").astype(np.float32)).unsqueeze(1)
    return TensorDataset(x, y)


def build_loaders(npy_root, bs=32):
    npy_root = Path(npy_root)
    train = DataLoader(read_split(npy_root / "train"), batch_size=bs, shuffle=True)
    valid = DataLoader(read_split(npy_root / "valid"), batch_size=bs, shuffle=False)
    test = DataLoader(read_split(npy_root / "test"), batch_size=bs, shuffle=False)
    return train, valid, test


def _counts(preds, labels):
    preds, labels = torch.as_tensor(preds).view(-1).bool(), torch.as_tensor(labels).view(-1).bool()
    return (
        (preds & labels).sum().item(),
        (preds & ~labels).sum().item(),
        (~preds & ~labels).sum().item(),
        (~preds & labels).sum().item(),
    )


def calc_accuracy(preds, labels):
    tp, fp, tn, fn = _counts(preds, labels)
    return (tp + tn) / (tp + fp + tn + fn)


def calc_precision(preds, labels):
    tp, fp, _, _ = _counts(preds, labels)
    return tp / (tp + fp) if tp + fp else 0.0


def calc_recall(preds, labels):
    tp, _, _, fn = _counts(preds, labels)
    return tp / (tp + fn) if tp + fn else 0.0


def calc_f1(preds, labels):
    p, r = calc_precision(preds, labels), calc_recall(preds, labels)
    return 2 * p * r / (p + r) if p + r else 0.0


def calc_fpr(preds, labels):
    _, fp, tn, _ = _counts(preds, labels)
    return fp / (fp + tn) if fp + tn else 0.0


def calc_fnr(preds, labels):
    tp, _, _, fn = _counts(preds, labels)
    return fn / (fn + tp) if fn + tp else 0.0


def scores(model, loader, prefix):
    model.eval()
    with torch.no_grad():
        out = [((model(x.to(device)) > 0).cpu(), y) for x, y in loader]
    preds, labels = torch.cat([o[0] for o in out]), torch.cat([o[1] for o in out])
    functions = {
        "accuracy": calc_accuracy,
        "precision": calc_precision,
        "recall": calc_recall,
        "f1": calc_f1,
        "fpr": calc_fpr,
        "fnr": calc_fnr,
    }
    return {prefix + k: f(preds, labels) for k, f in functions.items()}


def train_loop(model, train_loader, valid_loader, n_epochs, learning_rate, save_to="best.pt"):
    model.to(device)
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=learning_rate, epochs=n_epochs, steps_per_epoch=len(train_loader)
    )
    history, best, best_f1 = [], None, -1
    for _ in range(n_epochs):
        model.train()
        for inputs, labels in train_loader:
            inputs, labels = inputs.to(device), labels.to(device)
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({**scores(model, train_loader, "train_"), **scores(model, valid_loader, "val_")})
        if history[-1]["val_f1"] >= best_f1:
            best, best_f1 = copy.deepcopy(model.state_dict()), history[-1]["val_f1"]
            torch.save(best, save_to)
    model.load_state_dict(torch.load(save_to))
    return history


if __name__ == "__main__":
    build_files()
    train_loader, valid_loader, test_loader = build_loaders("npy")
    model = MultiLayerPerceptron(train_loader.dataset.tensors[0].flatten(1).shape[1])
    train_loop(model, train_loader, valid_loader, 15, 2e-3)
    print(scores(model, test_loader, "test_"))
