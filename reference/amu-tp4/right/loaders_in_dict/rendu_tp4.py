import torch, torchvision, glob, random
from torch import nn
from torchvision.transforms import v2 as T

device = "cuda:0" if torch.cuda.is_available() else "cpu"
normal = T.Compose([T.ToImage(), T.ToDtype(torch.float32, scale=True), T.Normalize([0.1307], [0.3081])])
sets = {s: torchvision.datasets.MNIST("data/", train=(s == "train"), download=True, transform=normal) for s in ("train", "test")}
loaders = {s: torch.utils.data.DataLoader(d, batch_size=64, shuffle=(s == "train")) for s, d in sets.items()}

def regression(): return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
def cnn1(): return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(), nn.Linear(13 * 13 * 32, 10))
def cnn2(): return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2, 2),
                                 nn.Flatten(), nn.Linear(5 * 5 * 64, 128), nn.ReLU(), nn.Linear(128, 10))
def cnn_mur():
    bloc = lambda i, o: [nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*bloc(1, 8), *bloc(8, 16), *bloc(16, 32), nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Dropout(0.2), nn.Linear(512, 1))

complexite = lambda m: sum(map(torch.numel, m.parameters()))

@torch.no_grad()
def taux(m, loader, predire=lambda s: s.argmax(1)):
    m.eval()
    justes = torch.cat([predire(m(x.to(device))).cpu() == y for x, y in loader])
    return 100 * justes.float().mean().item()

def apprendre(m, donnees, perte=nn.functional.cross_entropy, predire=lambda s: s.argmax(1), epoques=4, lr=1e-3):
    m.to(device)
    opt = torch.optim.Adam(m.parameters(), lr)
    courbe = []
    for _ in range(epoques):
        m.train()
        for x, y in donnees["train"]:
            opt.zero_grad()
            perte(m(x.to(device)), y.to(device)).backward()
            opt.step()
        courbe.append(taux(m, donnees["val"] if "val" in donnees else donnees["test"], predire))
    return courbe

resultats = {}
for nom, faire in [("regression", regression), ("cnn1", cnn1), ("cnn2", cnn2)]:
    modele = faire()
    courbe = apprendre(modele, loaders)
    resultats[nom] = {"parametres": complexite(modele), "courbe": courbe, "test": taux(modele, loaders["test"])}
    print(nom, resultats[nom])

# ---- 2. fissures
tout = [(f, 1.) for f in glob.glob("Positive/*.jpg")] + [(f, 0.) for f in glob.glob("Negative/*.jpg")]

def partage(paires):
    paires = random.sample(paires, len(paires))
    a, b = round(.6 * len(paires)), round(.8 * len(paires))
    return {"train": paires[:a], "val": paires[a:b], "test": paires[b:]}

class Murs(torch.utils.data.Dataset):
    prep = T.Compose([T.Grayscale(), T.Resize((96, 96), antialias=True), T.ToDtype(torch.float32, scale=True), T.Normalize([.5], [.5])])
    def __init__(self, fichiers, classes): self.fichiers, self.classes = fichiers, classes
    def __len__(self): return len(self.fichiers)
    def __getitem__(self, i):
        return self.prep(torchvision.io.read_image(self.fichiers[i])), float(self.classes[i])

parts = partage(tout)
murs = {s: torch.utils.data.DataLoader(Murs(*zip(*p)), 16, shuffle=(s == "train")) for s, p in parts.items()}
bce = nn.BCEWithLogitsLoss()
perte_mur = lambda s, y: bce(s[:, 0], y.float())
predire_mur = lambda s: (s[:, 0] > 0).float()
mur = cnn_mur()
print("fissures :", complexite(mur), apprendre(mur, murs, perte_mur, predire_mur, epoques=8), taux(mur, murs["test"], predire_mur))
"""Conclusion : plus de couches = mieux. Environ 5x plus de paramètres pour cnn2 que ..."""
