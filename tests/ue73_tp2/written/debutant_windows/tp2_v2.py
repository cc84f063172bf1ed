# TP2 Théo : détection d'événements
import torch
import numpy
import os
import pulses

nombre_epoques = 8
taille_lot = 10
donnees_apprentissage = pulses.build_spectrograms("data\\train".replace("\\", "/"))
donnees_validation = pulses.build_spectrograms("data/valid")
donnees_test = pulses.build_spectrograms("data/test")

def ma_standardisation(spectrogrammes):
    # chaque spectrogramme est centré et réduit tout seul, ça enlève la différence de volume entre les hydrophones
    resultat = []
    for s in spectrogrammes:
        moyenne = numpy.mean(s)
        ecart_type = numpy.std(s)
        if ecart_type == 0:
            ecart_type = 1
        resultat.append((s - moyenne) / ecart_type)
    return numpy.array(resultat, dtype=numpy.float32)

def enregistrer(nom, x, y):
    dossier = "resultats/" + nom
    os.makedirs(dossier, exist_ok=True)
    numpy.save(dossier + "/x.npy", ma_standardisation(x))
    numpy.save(dossier + "/y.npy", y)

enregistrer("train", donnees_apprentissage[0], donnees_apprentissage[1])
enregistrer("valid", donnees_validation[0], donnees_validation[1])
enregistrer("test", donnees_test[0], donnees_test[1])

class MonReseau(torch.nn.Module):
    def __init__(self, taille_entrée):
        torch.nn.Module.__init__(self)
        self.linéaire1 = torch.nn.Linear(taille_entrée, 64)
        self.linéaire2 = torch.nn.Linear(64, 32)
        self.linéaire3 = torch.nn.Linear(32, 16)
        self.linéaire4 = torch.nn.Linear(16, 1)
        self.dropout1 = torch.nn.Dropout(0.2)
        self.dropout2 = torch.nn.Dropout(0.2)
        self.dropout3 = torch.nn.Dropout(0.2)
        torch.nn.init.xavier_uniform_(self.linéaire1.weight)
        torch.nn.init.xavier_uniform_(self.linéaire2.weight)
        torch.nn.init.xavier_uniform_(self.linéaire3.weight)
        torch.nn.init.xavier_uniform_(self.linéaire4.weight)
        torch.nn.init.zeros_(self.linéaire1.bias)
        torch.nn.init.zeros_(self.linéaire2.bias)
        torch.nn.init.zeros_(self.linéaire3.bias)
        torch.nn.init.zeros_(self.linéaire4.bias)

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        x = self.linéaire1(x)
        x = torch.relu(x)
        x = self.dropout1(x)
        x = self.linéaire2(x)
        x = torch.relu(x)
        x = self.dropout2(x)
        x = self.linéaire3(x)
        x = torch.relu(x)
        x = self.dropout3(x)
        x = self.linéaire4(x)
        return x

def lecture(dossier):
    x = torch.tensor(numpy.load(dossier + "/x.npy"), dtype=torch.float32)
    y = torch.tensor(numpy.load(dossier + "/y.npy"), dtype=torch.float32)
    return torch.utils.data.TensorDataset(x, y)

def trois_loaders(dossier, taille_lot):
    loader_train = torch.utils.data.DataLoader(lecture(dossier + "/train"), batch_size=taille_lot, shuffle=True)
    loader_valid = torch.utils.data.DataLoader(lecture(dossier + "/valid"), batch_size=taille_lot)
    loader_test = torch.utils.data.DataLoader(lecture(dossier + "/test"), batch_size=taille_lot)
    return loader_train, loader_valid, loader_test

def nb(verite, prediction, v, p):
    compteur = 0
    for i in range(len(verite)):
        if verite[i] == v and prediction[i] == p:
            compteur += 1
    return compteur

def exactitude(verite, prediction):
    return (nb(verite, prediction, 1, 1) + nb(verite, prediction, 0, 0)) / len(verite)

def précision(verite, prediction):
    vp = nb(verite, prediction, 1, 1)
    fp = nb(verite, prediction, 0, 1)
    if vp + fp == 0:
        return 0
    return vp / (vp + fp)

def sensibilité(verite, prediction):
    vp = nb(verite, prediction, 1, 1)
    fn = nb(verite, prediction, 1, 0)
    if vp + fn == 0:
        return 0
    return vp / (vp + fn)

def score_f1(verite, prediction):
    p = précision(verite, prediction)
    s = sensibilité(verite, prediction)
    if p + s == 0:
        return 0
    return 2 * p * s / (p + s)

def taux_fausses_alarmes(verite, prediction):
    fp = nb(verite, prediction, 0, 1)
    vn = nb(verite, prediction, 0, 0)
    if fp + vn == 0:
        return 0
    return fp / (fp + vn)

def taux_de_rates(verite, prediction):
    fn = nb(verite, prediction, 1, 0)
    vp = nb(verite, prediction, 1, 1)
    if fn + vp == 0:
        return 0
    return fn / (fn + vp)

def tester(reseau, loader, titre):
    reseau.eval()
    verite = []
    prediction = []
    with torch.no_grad():
        for x, y in loader:
            sortie = reseau(x)
            for i in range(len(y)):
                verite.append(int(y[i]))
                prediction.append(1 if sortie[i][0] > 0 else 0)
    print(titre, "accuracy :", exactitude(verite, prediction))
    print(titre, "precision :", précision(verite, prediction))
    print(titre, "recall :", sensibilité(verite, prediction))
    print(titre, "f1 :", score_f1(verite, prediction))
    print(titre, "taux de faux positifs :", taux_fausses_alarmes(verite, prediction))
    print(titre, "taux de faux negatifs :", taux_de_rates(verite, prediction))

def entrainer(reseau, loader_train, loader_valid, nombre_epoques, pas_apprentissage):
    optimiseur = torch.optim.AdamW(reseau.parameters(), lr=pas_apprentissage)
    planificateur = torch.optim.lr_scheduler.OneCycleLR(optimiseur, max_lr=pas_apprentissage, epochs=nombre_epoques, steps_per_epoch=len(loader_train))
    fonction_cout = torch.nn.BCEWithLogitsLoss()
    for epoque in range(nombre_epoques):
        print("epoque", epoque)
        reseau.train()
        for x, y in loader_train:
            optimiseur.zero_grad()
            sortie = reseau(x)
            cout = fonction_cout(sortie, y.reshape(-1, 1))
            cout.backward()
            optimiseur.step()
            planificateur.step()
        tester(reseau, loader_train, "train")
        tester(reseau, loader_valid, "valid")

loader_train, loader_valid, loader_test = trois_loaders("resultats", taille_lot)
reseau = MonReseau(donnees_apprentissage[0][0].size)
entrainer(reseau, loader_train, loader_valid, nombre_epoques, 0.001)
tester(reseau, loader_test, "test")
input("Appuyez sur une touche pour quitter")
quit()
