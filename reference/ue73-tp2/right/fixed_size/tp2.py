import numpy as np, torch, os
import torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms

def normaliser(X, mu, sigma):
    return (X - mu) / (sigma + 1e-8)

x_tr, y_tr = build_spectrograms("data/train")
x_va, y_va = build_spectrograms("data/valid")
x_te, y_te = build_spectrograms("data/test")
mu, sigma = x_tr.mean(), x_tr.std()
x_tr, x_va, x_te = normaliser(x_tr, mu, sigma), normaliser(x_va, mu, sigma), normaliser(x_te, mu, sigma)
for nom, x, y in [("train", x_tr, y_tr), ("valid", x_va, y_va), ("test", x_te, y_te)]:
    os.makedirs("dataset/" + nom, exist_ok=True)
    np.save(f"dataset/{nom}/x.npy", x)
    np.save(f"dataset/{nom}/y.npy", y)

class Reseau(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(32 * 24, 128)
        self.fc2 = nn.Linear(128, 64)
        self.fc3 = nn.Linear(64, 32)
        self.fc4 = nn.Linear(32, 1)
        self.drop = nn.Dropout(0.3)
        for c in [self.fc1, self.fc2, self.fc3, self.fc4]:
            nn.init.xavier_uniform_(c.weight)
            nn.init.zeros_(c.bias)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = self.drop(torch.relu(self.fc1(x)))
        x = self.drop(torch.relu(self.fc2(x)))
        x = self.drop(torch.relu(self.fc3(x)))
        return self.fc4(x)

def charger(dossier):
    x = np.load(dossier + "/x.npy")
    y = np.load(dossier + "/y.npy")
    return TensorDataset(torch.tensor(x).float(), torch.tensor(y).float().unsqueeze(1))

def calculer_metriques(y, p):
    y = np.array(y).ravel(); p = np.array(p).ravel()
    vp = ((y == 1) & (p == 1)).sum(); vn = ((y == 0) & (p == 0)).sum()
    fp = ((y == 0) & (p == 1)).sum(); fn = ((y == 1) & (p == 0)).sum()
    acc = (vp + vn) / len(y)
    prec = vp / (vp + fp) if vp + fp else 0
    rap = vp / (vp + fn) if vp + fn else 0
    f1 = 2 * prec * rap / (prec + rap) if prec + rap else 0
    fpr = fp / (fp + vn) if fp + vn else 0
    fnr = fn / (fn + vp) if fn + vp else 0
    return {"accuracy": acc, "precision": prec, "rappel": rap, "f1": f1, "taux_fp": fpr, "taux_fn": fnr}

train_ds, valid_ds, test_ds = charger("dataset/train"), charger("dataset/valid"), charger("dataset/test")
train_loader = DataLoader(train_ds, batch_size=32, shuffle=True)
valid_loader = DataLoader(valid_ds, batch_size=32)
test_loader = DataLoader(test_ds, batch_size=32)

epochs = 10
model = Reseau()
critere = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1e-2, steps_per_epoch=len(train_loader), epochs=epochs)

def evaluer(loader):
    model.eval()
    ys, ps = [], []
    with torch.no_grad():
        for xb, yb in loader:
            ps += (model(xb) > 0).int().flatten().tolist()
            ys += yb.int().flatten().tolist()
    return calculer_metriques(ys, ps)

historique = []
for e in range(epochs):
    model.train()
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = critere(model(xb), yb)
        loss.backward()
        optimizer.step()
        scheduler.step()
    mt, mv = evaluer(train_loader), evaluer(valid_loader)
    historique.append({**{"train_" + k: v for k, v in mt.items()}, **{"valid_" + k: v for k, v in mv.items()}})
    print(e, mt, mv)
