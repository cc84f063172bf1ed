import os, sys
import numpy as np
import torch
from torch import nn
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outils.mesures import toutes_les_mesures, NOMS

def par_bande(x, stats=None):
    """Chaque bande de fréquence est centrée et réduite avec les statistiques de l'apprentissage : le bruit de mer est
    plus fort dans les basses, on veut que les bandes comptent autant les unes que les autres."""
    if stats is None:
        stats = calcul_stats(x)
    m, s = stats
    return ((x - m) / s).astype(np.float32)

def calcul_stats(x):
    m = np.mean(x, axis=(0, 2), keepdims=True)
    s = np.std(x, axis=(0, 2), keepdims=True, ddof=1)
    return m, np.where(s < 1e-6, 1.0, s)

def fabrique_fichiers(dossier_wav, dossier_npy):
    x, y = build_spectrograms(os.path.join(dossier_wav, "train"))
    stats = calcul_stats(x)
    for partie in ("train", "valid", "test"):
        x, y = build_spectrograms(os.path.join(dossier_wav, partie))
        os.makedirs(os.path.join(dossier_npy, partie), exist_ok=True)
        np.save(os.path.join(dossier_npy, partie, "x.npy"), par_bande(x, stats))
        np.save(os.path.join(dossier_npy, partie, "y.npy"), y)

def initialise(couche):
    if type(couche) == nn.Linear:
        nn.init.xavier_uniform_(couche.weight)
        nn.init.zeros_(couche.bias)

def creer_modele(taille_entree, largeurs=(100, 60, 20), p=0.2):
    blocs = [nn.Flatten()]
    for largeur in largeurs:
        blocs += [nn.Linear(taille_entree, largeur), nn.ReLU(), nn.Dropout(p)]
        taille_entree = largeur
    blocs.append(nn.Linear(taille_entree, 1))
    modele = nn.Sequential(*blocs)
    modele.apply(initialise)
    return modele

def lire(dossier):
    x = np.load(os.path.join(dossier, "x.npy"))
    y = np.load(os.path.join(dossier, "y.npy"))
    return TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float().reshape(-1, 1))

def creer_chargeurs(racine, taille_lot=16):
    train, valid, test = [lire(os.path.join(racine, n)) for n in ("train", "valid", "test")]
    return (DataLoader(train, batch_size=taille_lot, shuffle=True),
            DataLoader(valid, batch_size=taille_lot), DataLoader(test, batch_size=taille_lot))

def passe(modele, chargeur, critere):
    modele.eval()
    verites, reponses, perte = [], [], 0.
    with torch.no_grad():
        for x, y in chargeur:
            sortie = modele(x)
            perte += critere(sortie, y).item() * len(x)
            verites.append(y.numpy().ravel())
            reponses.append((sortie.numpy().ravel() > 0).astype(int))
    return perte / len(chargeur.dataset), toutes_les_mesures(np.concatenate(verites), np.concatenate(reponses))

def entrainer(modele, chargeur_train, chargeur_valid, epoques, taux):
    critere = nn.BCEWithLogitsLoss()
    optimiseur = torch.optim.SGD(modele.parameters(), lr=taux, momentum=0.9, nesterov=True)
    reducteur = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiseur, patience=3)
    courbes = []
    for epoque in range(epoques):
        modele.train()
        for x, y in chargeur_train:
            optimiseur.zero_grad()
            perte = critere(modele(x), y)
            perte.backward()
            optimiseur.step()
        perte_t, mesures_t = passe(modele, chargeur_train, critere)
        perte_v, mesures_v = passe(modele, chargeur_valid, critere)
        reducteur.step(perte_v)
        ligne = {"epoque": epoque, "train_perte": perte_t, "valid_perte": perte_v}
        ligne.update({"train_" + n: v for n, v in zip(NOMS, mesures_t)})
        ligne.update({"valid_" + n: v for n, v in zip(NOMS, mesures_v)})
        courbes.append(ligne)
    return courbes

if __name__ == '__main__':
    fabrique_fichiers("data", "npy")
    t, v, e = creer_chargeurs("npy")
    modele = creer_modele(t.dataset.tensors[0][0].numel())
    entrainer(modele, t, v, 30, 0.02)
    print(dict(zip(NOMS, passe(modele, e, nn.BCEWithLogitsLoss())[1])))
