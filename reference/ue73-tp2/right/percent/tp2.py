import os, time
import numpy as np
import torch, torch.nn as nn
import matplotlib.pyplot as plt
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms

# hyperparamètres (réglés à la main sur le jeu de validation)
EPOCHS = 15
BATCH  = 8
LR     = 0.02      # SGD avec momentum, donc plus grand que pour Adam
HIDDEN = [160, 80, 40]
P_DROP = 0.15


# --- 1.1 -------------------------------------------------------------------
# standardisation globale avec les stats du train. ddof=1 (estimateur non biaisé), ça ne change presque rien
# Avantage attendu : entrées centrées réduites -> descente de gradient mieux conditionnée ; on garde le contraste
# entre un clic et le fond, ce que la standardisation par bande peut abîmer.
def standardize(x, reference=None):
    ref = np.asarray(x if reference is None else reference, dtype=np.float64)
    m, s = ref.mean(), ref.std(ddof=1)
    s = s if s > 0 else 1.0
    return (np.asarray(x, dtype=np.float64) - m) / s


# --- 1.2 -------------------------------------------------------------------
def prepare(data_dir, out_dir):
    t0 = time.time()
    sets = [build_spectrograms(f"{data_dir}/{s}") for s in ("train", "valid", "test")]
    xref = sets[0][0]
    for s, (x, y) in zip(("train", "valid", "test"), sets):
        os.makedirs(f"{out_dir}/{s}", exist_ok=True)
        np.save(f"{out_dir}/{s}/x.npy", standardize(x, xref))
        np.save(f"{out_dir}/{s}/y.npy", y.reshape(-1, 1).astype(bool))
    print(f"données prêtes en {time.time() - t0:.2f} s")


# --- 1.3 -------------------------------------------------------------------
class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=HIDDEN, p=P_DROP):
        super().__init__()
        a, b, c = hidden
        self.l1 = nn.Linear(input_size, a); self.d1 = nn.Dropout(p)
        self.l2 = nn.Linear(a, b);          self.d2 = nn.Dropout(p)
        self.l3 = nn.Linear(b, c);          self.d3 = nn.Dropout(p)
        self.l4 = nn.Linear(c, 1)
        for l in [self.l1, self.l2, self.l3, self.l4]:
            n_out, n_in = l.weight.shape
            borne = np.sqrt(6 / (n_in + n_out))
            nn.init.uniform_(l.weight, -borne, borne)
            # biais : même méthode, vu comme une matrice 1 x n_out
            borne_b = np.sqrt(6 / (1 + n_out))
            nn.init.uniform_(l.bias, -borne_b, borne_b)

    def forward(self, x):
        x = x.reshape(len(x), -1)
        x = self.d1(self.l1(x)); x = x * (x > 0)     # dropout puis ReLU : les deux commutent
        x = self.d2(self.l2(x)); x = x * (x > 0)
        x = self.d3(self.l3(x)); x = x * (x > 0)
        return self.l4(x)


# --- 1.4 -------------------------------------------------------------------
def load_dataset(folder):
    x, y = np.load(f"{folder}/x.npy"), np.load(f"{folder}/y.npy")
    return TensorDataset(torch.tensor(x, dtype=torch.float), torch.tensor(y.reshape(-1, 1), dtype=torch.float))


def make_loaders(root, batch_size):
    tr, va, te = [load_dataset(f"{root}/{s}") for s in ("train", "valid", "test")]
    return DataLoader(tr, batch_size, True), DataLoader(va, batch_size, False), DataLoader(te, batch_size, False)


# --- 1.6 (toutes les métriques sont en pourcentage) ---------------------------
def _c(y_true, y_pred):
    t = np.asarray(y_true).astype(int).ravel()
    p = np.asarray(y_pred).astype(int).ravel()
    m = np.bincount(2 * t + p, minlength=4)          # 00 01 10 11
    return m[0], m[1], m[2], m[3]                    # tn fp fn tp

def _pc(a, b):
    return 100.0 * a / b if b else 0.0

def accuracy(y_true, y_pred):
    tn, fp, fn, tp = _c(y_true, y_pred)
    return _pc(tn + tp, tn + fp + fn + tp)

def precision(y_true, y_pred):
    tn, fp, fn, tp = _c(y_true, y_pred)
    return _pc(tp, tp + fp)

def recall(y_true, y_pred):
    tn, fp, fn, tp = _c(y_true, y_pred)
    return _pc(tp, tp + fn)

def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r > 0 else 0.0

def false_positive_rate(y_true, y_pred):
    tn, fp, fn, tp = _c(y_true, y_pred)
    return _pc(fp, fp + tn)

def false_negative_rate(y_true, y_pred):
    tn, fp, fn, tp = _c(y_true, y_pred)
    return _pc(fn, fn + tp)


# --- 1.5 -------------------------------------------------------------------
def mesures(model, loader):
    model.eval()
    T, P = [], []
    with torch.inference_mode():
        for x, y in loader:
            T.append(y.numpy()); P.append((model(x) > 0).numpy())
    T, P = np.concatenate(T), np.concatenate(P)
    return [f(T, P) for f in (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)]


def train(model, train_loader, valid_loader, epochs, lr=LR):
    loss_fn = nn.BCEWithLogitsLoss()
    opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    sch = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.95)
    noms = ["accuracy", "precision", "recall", "f1", "false_pos_rate", "false_neg_rate"]
    hist = {f"{s}/{n}": [] for s in ("train", "valid") for n in noms}
    hist["train/loss"] = []
    for e in range(epochs):
        model.train()
        somme, n = 0.0, 0
        for x, y in train_loader:
            opt.zero_grad(set_to_none=True)
            l = loss_fn(model(x), y)
            l.backward()
            opt.step()
            somme += l.item() * len(x); n += len(x)
        sch.step()
        hist["train/loss"].append(somme / n)
        for s, loader in (("train", train_loader), ("valid", valid_loader)):
            valeurs = mesures(model, loader)
            for nom, v in zip(noms, valeurs): hist[f"{s}/{nom}"].append(v)
            print(f"{e+1:3d} {s:5s} " + " ".join(f"{nom} {v:5.1f}%" for nom, v in zip(noms, valeurs)))
    return hist


if __name__ == "__main__":
    torch.manual_seed(3)
    prepare("data", "out")
    train_loader, valid_loader, test_loader = make_loaders("out", BATCH)
    model = MyMLP(train_loader.dataset[0][0].nelement())
    hist = train(model, train_loader, valid_loader, EPOCHS)
    print("test", mesures(model, test_loader))
    for k in ("train/accuracy", "valid/accuracy"):
        plt.plot(hist[k], label=k)
    plt.legend(); plt.show()
