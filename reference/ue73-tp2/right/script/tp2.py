# TP2 UE73
# tout est exécuté de haut en bas

import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from pulses import *

np.random.seed(0)

# ===== Question 1 =====

def standardize(x):
    # une moyenne et un ecart type par spectrogramme
    m = x.mean(axis=(1, 2), keepdims=True)
    s = x.std(axis=(1, 2), keepdims=True)
    return (x - m) / (s + 1e-6)

# justification : les enregistrements n'ont pas tous le même niveau sonore (on le voit en écoutant), si on standardise
# chaque spectrogramme tout seul le niveau disparaît et il reste la forme du pulse. Le réseau devrait mieux généraliser.

# ===== Question 2 =====

for nom in ["train", "valid", "test"]:
    x, y = build_spectrograms("data/" + nom)
    x = standardize(x)
    np.save("data/" + nom + "/x.npy", x)
    np.save("data/" + nom + "/y.npy", y)
    print(nom, x.shape, y.shape, "moyenne", x.mean(), "ecart type", x.std())

# ===== Question 3 =====

class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        torch.manual_seed(123)   # pour avoir toujours le meme modele
        self.linear1 = nn.Linear(input_size, 128)
        self.linear2 = nn.Linear(128, 96)
        self.linear3 = nn.Linear(96, 24)
        self.linear4 = nn.Linear(24, 1)
        self.drop = nn.Dropout(0.2)
        nn.init.xavier_uniform_(self.linear1.weight)
        nn.init.xavier_uniform_(self.linear2.weight)
        nn.init.xavier_uniform_(self.linear3.weight)
        nn.init.xavier_uniform_(self.linear4.weight)
        self.linear1.bias.data.fill_(0)
        self.linear2.bias.data.fill_(0)
        self.linear3.bias.data.fill_(0)
        self.linear4.bias.data.fill_(0)

    def forward(self, x):
        x = x.view(x.shape[0], -1)
        x = self.linear1(x)
        x = torch.relu(x)
        x = self.drop(x)
        x = self.linear2(x)
        x = torch.relu(x)
        x = self.drop(x)
        x = self.linear3(x)
        x = torch.relu(x)
        x = self.drop(x)
        x = self.linear4(x)
        return x

# ===== Question 4 =====

def load_dataset(folder):
    x = torch.tensor(np.load(f"{folder}/x.npy"), dtype=torch.float32)
    y = torch.tensor(np.load(f"{folder}/y.npy"), dtype=torch.float32)
    return torch.utils.data.TensorDataset(x, y)

def make_loaders(root, batch_size):
    return [torch.utils.data.DataLoader(load_dataset(f"{root}/{nom}"), batch_size=batch_size, shuffle=nom == "train")
            for nom in ("train", "valid", "test")]

train_loader, valid_loader, test_loader = make_loaders("data", 8)

# ===== Question 6 =====

def accuracy(y_true, y_pred):
    bons = 0
    for i in range(len(y_true)):
        if y_true[i] == y_pred[i]:
            bons = bons + 1
    return bons / len(y_true)

def precision(y_true, y_pred):
    tp = 0
    fp = 0
    for i in range(len(y_true)):
        if y_pred[i] == 1 and y_true[i] == 1:
            tp = tp + 1
        if y_pred[i] == 1 and y_true[i] == 0:
            fp = fp + 1
    if tp + fp == 0:
        return 0
    return tp / (tp + fp)

def recall(y_true, y_pred):
    tp = 0
    fn = 0
    for i in range(len(y_true)):
        if y_pred[i] == 1 and y_true[i] == 1:
            tp = tp + 1
        if y_pred[i] == 0 and y_true[i] == 1:
            fn = fn + 1
    if tp + fn == 0:
        return 0
    return tp / (tp + fn)

def f1_score(y_true, y_pred):
    p = precision(y_true, y_pred)
    r = recall(y_true, y_pred)
    if p + r == 0:
        return 0
    return 2 * p * r / (p + r)

def false_positive_rate(y_true, y_pred):
    fp = 0
    tn = 0
    for i in range(len(y_true)):
        if y_true[i] == 0 and y_pred[i] == 1:
            fp = fp + 1
        if y_true[i] == 0 and y_pred[i] == 0:
            tn = tn + 1
    if fp + tn == 0:
        return 0
    return fp / (fp + tn)

def false_negative_rate(y_true, y_pred):
    # FNR = 1 - recall (sauf s'il n'y a aucun positif)
    if sum(y_true) == 0:
        return 0
    return 1 - recall(y_true, y_pred)

# ===== Question 5 =====

epochs = 12
lr = 0.001

def afficher(nom, model, loader):
    model.eval()
    y_true = []
    y_pred = []
    with torch.no_grad():
        for x, y in loader:
            out = model(x).squeeze(1)
            y_pred += [1 if o > 0 else 0 for o in out]
            y_true += [int(v) for v in y]
    print(f"  {nom} : accuracy = {accuracy(y_true, y_pred):.3f}, precision = {precision(y_true, y_pred):.3f}, "
          f"recall = {recall(y_true, y_pred):.3f}, f1 = {f1_score(y_true, y_pred):.3f}, "
          f"taux de faux positifs = {false_positive_rate(y_true, y_pred):.3f}, "
          f"taux de faux négatifs = {false_negative_rate(y_true, y_pred):.3f}")

def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(train_loader))
    loss_fn = nn.BCEWithLogitsLoss()
    for epoch in range(epochs):
        print(f"Epoch {epoch + 1}/{epochs}")
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            out = model(x)
            loss = loss_fn(out, y.reshape(-1, 1))
            loss.backward()
            optimizer.step()
            scheduler.step()
        afficher("train", model, train_loader)
        afficher("valid", model, valid_loader)

model = MyMLP(32 * 24)
train(model, train_loader, valid_loader, epochs, lr)

print("resultat final :")
afficher("test", model, test_loader)

plt.imshow(x[0], origin="lower", aspect="auto")
plt.title("premier spectrogramme de test standardisé")
plt.xlabel("temps")
plt.ylabel("fréquence")
plt.show()
