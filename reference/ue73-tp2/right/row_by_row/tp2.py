import math, pathlib
import numpy as np, torch, torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import pulses

# Strategie : chaque spectrogramme est centre/reduit avec sa propre moyenne et son propre ecart type,
# comme ca le gain de l'enregistreur disparait et rien n'est partage entre train et test.
def standardize(x, reference=None):
    return np.stack([(s - s.mean()) / (s.std() if s.std() > 0 else 1.) for s in x]).astype(np.float32)

def prepare(data_dir, out_dir):
    for nom in "train valid test".split():
        x, y = pulses.build_spectrograms(f"{data_dir}/{nom}")
        dest = pathlib.Path(out_dir, nom); dest.mkdir(exist_ok=True, parents=True)
        [np.save(dest / f, v) for f, v in (("x.npy", standardize(x)), ("y.npy", y))]

class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=(150, 80, 40), p=0.2):
        super().__init__()
        d = [input_size, *hidden, 1]
        bornes = [math.sqrt(6 / (i + o)) for i, o in zip(d, d[1:])]
        self.W = nn.ParameterList(nn.Parameter(torch.empty(o, i).uniform_(-b, b)) for i, o, b in zip(d, d[1:], bornes))
        self.B = nn.ParameterList(nn.Parameter(torch.zeros(o)) for o in d[1:])
        self.p = p
    def forward(self, x):
        return torch.stack([self.un(ligne) for ligne in x])
    def un(self, x):
        h = x.reshape(-1)
        for w, b in list(zip(self.W, self.B))[:3]:
            h = F.dropout(F.relu(F.linear(h, w, b)), self.p, self.training)
        return F.linear(h, self.W[3], self.B[3])[0]

load_dataset = lambda folder: TensorDataset(*[torch.tensor(np.load(f"{folder}/{v}.npy"), dtype=torch.float32) for v in ("x", "y")])

def make_loaders(root, batch_size):
    tr, va, te = (load_dataset(f"{root}/{n}") for n in ("train", "valid", "test"))
    return DataLoader(tr, batch_size, shuffle=True), DataLoader(va, batch_size), DataLoader(te, batch_size)

def conf(y_true, y_pred):
    y_true, y_pred = (torch.as_tensor(v).bool().flatten() for v in (y_true, y_pred))
    return [int((a & b).sum()) for a, b in ((y_true, y_pred), (~y_true, y_pred), (~y_true, ~y_pred), (y_true, ~y_pred))]

safe = lambda num, den: num / den if den else 0.
def accuracy(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(tp + tn, tp + fp + tn + fn)
def precision(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(tp, tp + fp)
def recall(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(tp, tp + fn)
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(tp, tp + .5 * (fp + fn))
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(fp, fp + tn)
def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = conf(y_true, y_pred); return safe(fn, fn + tp)
METRICS = [accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate]

def une_passe(model, loader):
    with torch.no_grad():
        z, y = map(torch.cat, zip(*((model(a), b) for a, b in loader)))
    return {m.__name__: m(y, z > 0) for m in METRICS}

def train(model, train_loader, valid_loader, epochs=15, lr=2e-3):
    opt = torch.optim.AdamW(model.parameters(), lr)
    sch = torch.optim.lr_scheduler.OneCycleLR(opt, lr, total_steps=epochs * len(train_loader))
    hist = []
    for _ in range(epochs):
        model.train()
        for xb, yb in train_loader:
            opt.zero_grad()
            F.binary_cross_entropy_with_logits(model(xb), yb).backward()
            opt.step(); sch.step()
        model.eval()
        hist.append({"train": une_passe(model, train_loader), "valid": une_passe(model, valid_loader)})
        print(hist[-1])
    return hist

if __name__ == "__main__":
    prepare("data", "npy")
    tr, va, te = make_loaders("npy", 32)
    m = MyMLP(tr.dataset[0][0].numel())
    train(m, tr, va)
