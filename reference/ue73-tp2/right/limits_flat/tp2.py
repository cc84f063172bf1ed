# TP2 - detection de pulses
# Martin L.
import os
import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms

torch.manual_seed(42)
np.random.seed(42)

# ---------- Q1.1 / Q1.2 ----------
X_train, Y_train = build_spectrograms("data/train")
X_valid, Y_valid = build_spectrograms("data/valid")
X_test, Y_test = build_spectrograms("data/test")
print(X_train.shape, X_valid.shape, X_test.shape)
print("positifs :", Y_train.mean(), Y_valid.mean(), Y_test.mean())

# J'ai choisi une standardisation par spectrogramme : chaque enregistreur est regle differemment
# (gain), donc les statistiques du train ne conviennent pas au test.
def standardiser(X):
    moyennes = X.mean(axis=(1, 2), keepdims=True)
    ecarts = X.std(axis=(1, 2), keepdims=True)
    return (X - moyennes) / (ecarts + 1e-6)

plt.figure(figsize=(10, 4))
plt.imshow(X_train[0], aspect="auto", origin="lower")
plt.title("avant")
plt.show()

X_train = standardiser(X_train)
X_valid = standardiser(X_valid)
X_test = standardiser(X_test)
print(X_train.mean(), X_train.std())

for nom, X, Y in [("train", X_train, Y_train), ("valid", X_valid, Y_valid), ("test", X_test, Y_test)]:
    os.makedirs(f"jeux/{nom}", exist_ok=True)
    np.save(f"jeux/{nom}/x.npy", X.astype(np.float32))
    np.save(f"jeux/{nom}/y.npy", Y)

# ---------- Q1.3 ----------
entree = X_train.shape[1] * X_train.shape[2]
modele = nn.Sequential(
    nn.Flatten(),
    nn.Linear(entree, 128), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(128, 64), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(32, 1), nn.Flatten(0),
)
tailles = [entree, 128, 64, 32, 1]
couches = [modele[1], modele[4], modele[7], modele[10]]
for c, n_in, n_out in zip(couches, tailles[:-1], tailles[1:]):
    a = np.sqrt(6 / (n_in + n_out))
    nn.init.uniform_(c.weight, -a, a)
    nn.init.uniform_(c.bias, -a, a)

# ---------- Q1.4 ----------
def charger(dossier):
    x = torch.from_numpy(np.load(dossier + "/x.npy")).float()
    y = torch.from_numpy(np.load(dossier + "/y.npy")).float()
    return TensorDataset(x, y)

BATCH = 16
train_loader = DataLoader(charger("jeux/train"), batch_size=BATCH, shuffle=True)
valid_loader = DataLoader(charger("jeux/valid"), batch_size=BATCH)
test_loader = DataLoader(charger("jeux/test"), batch_size=BATCH)

# ---------- Q1.6 ----------
def compte(y, p):
    y, p = np.asarray(y).ravel(), np.asarray(p).ravel()
    vp = int(((y == 1) & (p == 1)).sum())
    fp = int(((y == 0) & (p == 1)).sum())
    vn = int(((y == 0) & (p == 0)).sum())
    fn = int(((y == 1) & (p == 0)).sum())
    return vp, fp, vn, fn

def exactitude(y, p):
    vp, fp, vn, fn = compte(y, p)
    return (vp + vn) / max(1, vp + vn + fp + fn)

def precision(y, p):
    vp, fp, vn, fn = compte(y, p)
    return vp / (vp + fp) if vp + fp else 0.0

def rappel(y, p):
    vp, fp, vn, fn = compte(y, p)
    return vp / (vp + fn) if vp + fn else 0.0

def f1(y, p):
    a, b = precision(y, p), rappel(y, p)
    return 2 * a * b / (a + b) if a + b else 0.0

def taux_faux_positifs(y, p):
    vp, fp, vn, fn = compte(y, p)
    return fp / (fp + vn) if fp + vn else 0.0

def taux_faux_negatifs(y, p):
    vp, fp, vn, fn = compte(y, p)
    return fn / (fn + vp) if fn + vp else 0.0

# ---------- Q1.5 ----------
NB_EPOQUES = 15
critere = nn.BCEWithLogitsLoss()
optimiseur = torch.optim.AdamW(modele.parameters(), lr=1e-3)
plan = torch.optim.lr_scheduler.OneCycleLR(optimiseur, max_lr=1e-2, epochs=NB_EPOQUES, steps_per_epoch=len(train_loader))

pertes_train, pertes_valid = [], []
for epoque in range(NB_EPOQUES):
    modele.train()
    total = 0
    for xb, yb in train_loader:
        optimiseur.zero_grad()
        sortie = modele(xb)
        perte = critere(sortie, yb)
        perte.backward()
        optimiseur.step()
        plan.step()
        total += perte.item() * len(xb)
    pertes_train.append(total / len(train_loader.dataset))

    modele.eval()
    with torch.no_grad():
        for nom, chargeur in (("train", train_loader), ("valid", valid_loader)):
            vrais, predits, total = [], [], 0
            for xb, yb in chargeur:
                s = modele(xb)
                total += critere(s, yb).item() * len(xb)
                predits += (s > 0).int().flatten().tolist()
                vrais += yb.int().flatten().tolist()
            print(f"Epoque {epoque + 1} {nom} : perte {total / len(vrais):.4f}, exactitude {exactitude(vrais, predits):.3f}, "
                  f"precision {precision(vrais, predits):.3f}, rappel {rappel(vrais, predits):.3f}, f1 {f1(vrais, predits):.3f}, "
                  f"taux de faux positifs {taux_faux_positifs(vrais, predits):.3f}, taux de faux negatifs {taux_faux_negatifs(vrais, predits):.3f}")
        pertes_valid.append(total / len(vrais))

plt.figure()
plt.plot(pertes_train, label="train")
plt.plot(pertes_valid, label="valid")
plt.legend()
plt.savefig("pertes.png")
plt.show()

modele.eval()
with torch.no_grad():
    p = torch.cat([(modele(x) > 0).int().flatten() for x, _ in test_loader]).numpy()
print("test :", exactitude(Y_test, p), f1(Y_test, p))
torch.save(modele.state_dict(), "modele.pt")
