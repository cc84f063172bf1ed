import numpy as np, os
import torch
import torch.nn as nn
from pulses import build_spectrograms
x, y = build_spectrograms('data/train')
print(x.shape, y.mean())

def standardize(x, reference=None):
    x = np.array(x, dtype=np.float32)
    res = np.zeros_like(x)
    for i in range(len(x)):
        s = x[i].std()
        if s < 1e-8:
            res[i] = x[i] - x[i].mean()
        else:
            res[i] = (x[i] - x[i].mean()) / s
    return res
standardize(x).std()

for ens in ['train', 'valid', 'test']:
    xe, ye = build_spectrograms('data/' + ens)
    xe = standardize(xe)
    os.makedirs('jeu/' + ens, exist_ok=True)
    np.save('jeu/' + ens + '/x.npy', xe)
    np.save('jeu/' + ens + '/y.npy', ye)

n_in = x.shape[1] * x.shape[2]
mlp_final = nn.Sequential(
    nn.Flatten(),
    nn.Linear(n_in, 128), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(128, 64), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(32, 1),
)
for m in mlp_final:
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        nn.init.zeros_(m.bias)
mlp_final

from torch.utils.data import TensorDataset, DataLoader
def load_dataset(folder):
    x = torch.from_numpy(np.load(os.path.join(folder, 'x.npy'))).float()
    y = torch.from_numpy(np.load(os.path.join(folder, 'y.npy'))).float()
    return TensorDataset(x, y)
def make_loaders(root, batch_size):
    t = DataLoader(load_dataset(root + '/train'), batch_size=batch_size, shuffle=True)
    v = DataLoader(load_dataset(root + '/valid'), batch_size=batch_size)
    te = DataLoader(load_dataset(root + '/test'), batch_size=batch_size)
    return t, v, te
tl, vl, tel = make_loaders('jeu', 16)

def counts(y_true, y_pred):
    y_true = np.array(y_true).astype(bool); y_pred = np.array(y_pred).astype(bool)
    tp = np.sum(y_true & y_pred)
    tn = np.sum(~y_true & ~y_pred)
    fp = np.sum(~y_true & y_pred)
    fn = np.sum(y_true & ~y_pred)
    return int(tp), int(fp), int(tn), int(fn)
def accuracy(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return (tp + tn) / (tp + tn + fp + fn)
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp / max(tp + fp, 1)
def recall(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp / max(tp + fn, 1)
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return 2 * tp / max(2 * tp + fp + fn, 1)
def fpr(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return fp / max(fp + tn, 1)
def fnr(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return fn / max(fn + tp, 1)

def evaluer(model, loader):
    model.eval()
    vrai, pred = [], []
    with torch.no_grad():
        for xb, yb in loader:
            z = model(xb)[:, 0]
            vrai += yb.tolist(); pred += (z > 0).int().tolist()
    return {f.__name__: f(vrai, pred) for f in (accuracy, precision, recall, f1_score, fpr, fnr)}

def train(model, train_loader, valid_loader, epochs=10, lr=1e-3):
    crit = nn.BCEWithLogitsLoss()
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    sch = torch.optim.lr_scheduler.ExponentialLR(opt, 0.98)
    hist = []
    for e in range(epochs):
        model.train()
        tot = 0
        for xb, yb in train_loader:
            opt.zero_grad()
            loss = crit(model(xb)[:, 0], yb)
            loss.backward()
            opt.step()
            tot += loss.item()
        sch.step()
        res = {nom + '_' + k: v for nom, l in (('train', train_loader), ('valid', valid_loader)) for k, v in evaluer(model, l).items()}
        res['train_loss'] = tot / len(train_loader)
        hist.append(res)
        print(e, res)
    return hist
hist = train(mlp_final, tl, vl, epochs=15)
