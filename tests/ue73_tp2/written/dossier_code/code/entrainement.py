import torch
from mesures import *
from torch import nn


def evaluer(modele, chargeur):
    modele.eval()
    v, p = torch.tensor([]), torch.tensor([])
    with torch.no_grad():
        for x, y in chargeur:
            v = torch.cat([v, y])
            p = torch.cat([p, (torch.sigmoid(modele(x)[:, 0]) > 0.5).float()])
    return [f(v, p) for f in (exactitude, precision, rappel, f1, tfp, tfn)]


def entrainer_modele(modele, appr, val, epoques, taux_apprentissage=0.002):
    cout = nn.BCEWithLogitsLoss()
    opti = torch.optim.Adam(modele.parameters(), lr=taux_apprentissage)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(opti, epoques)
    noms = ["exactitude", "precision", "rappel", "f1", "taux_faux_positifs", "taux_faux_negatifs"]
    historique = []
    for e in range(epoques):
        modele.train()
        for x, y in appr:
            opti.zero_grad()
            cout(modele(x), y.unsqueeze(1)).backward()
            opti.step()
        plan.step()
        h = {}
        for jeu, c in {"train": appr, "valid": val}.items():
            for nom, valeur in zip(noms, evaluer(modele, c)):
                h[jeu + "_" + nom] = float(valeur)
        historique.append(h)
    return historique
