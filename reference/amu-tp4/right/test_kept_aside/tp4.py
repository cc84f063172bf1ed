# TP4 : le jeu de test des fissures est mis de côté, dans une variable, et ne sert pas encore.
import glob
import random
import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms
import imageio

torch.manual_seed(1)

transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
mnist_train = datasets.MNIST("data", train=True, download=True, transform=transform)
mnist_test = datasets.MNIST("data", train=False, download=True, transform=transform)
train_loader = DataLoader(mnist_train, batch_size=64, shuffle=True)
test_loader = DataLoader(mnist_test, batch_size=64)

class RegMulti(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(784, 10)
    def forward(self, x):
        x = x.view(-1, 784)
        return self.lin(x)

def evaluate(model, loader):
    model.eval()
    bons = 0
    with torch.no_grad():
        for x, y in loader:
            bons += (model(x).argmax(1) == y).sum().item()
    return 100 * bons / len(loader.dataset)

def train(model, loader, epochs=3, lr=1e-3):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    for e in range(epochs):
        model.train()
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
        print("epoch", e, "test", evaluate(model, test_loader))

class CNN1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.fc = nn.Linear(32 * 14 * 14, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc(x)

class CNN2(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)
        self.fc1 = nn.Linear(1600, 128)
        self.fc2 = nn.Linear(128, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc2(self.fc1(x))

reg = RegMulti()
train(reg, train_loader, 2)
cnn1 = CNN1()
train(cnn1, train_loader, 2)
# CNN1 : 320 + 62730 = 63050 paramètres
print("CNN1 : 63050 paramètres")
cnn2 = CNN2()
train(cnn2, train_loader, 2)
nb = 0
for p in cnn2.parameters():
    nb += p.numel()
print("CNN2 :", nb, "paramètres")

##### partie 2
class Dataset_fissures(Dataset):
    def __init__(self, img_path, img_labels):
        self.paths = img_path
        self.labels = img_labels
        self.tf = transforms.Compose([transforms.ToPILImage(), transforms.Grayscale(1), transforms.Resize(96), transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])
    def __len__(self):
        return len(self.labels)
    def __getitem__(self, idx):
        img = imageio.imread(self.paths[idx])
        return self.tf(img), float(self.labels[idx])

paths = [(p, 1) for p in glob.glob("Positive/*.jpg")] + [(p, 0) for p in glob.glob("Negative/*.jpg")]
random.seed(0)
random.shuffle(paths)
n = len(paths)
n1, n2 = int(0.6 * n), int(0.8 * n)
ens_train, ens_valid, ens_test = paths[:n1], paths[n1:n2], paths[n2:]

def loader_de(ens, melange):
    return DataLoader(Dataset_fissures([p for p, _ in ens], [l for _, l in ens]), batch_size=8, shuffle=melange)

class CrackCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 8, 5, stride=2, padding=2)
        self.c2 = nn.Conv2d(8, 16, 3, padding=1)
        self.c3 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(32, 1)
    def forward(self, x):
        x = F.relu(self.c1(x))
        x = F.max_pool2d(F.relu(self.c2(x)), 2)
        x = F.relu(self.c3(x))
        x = x.amax(dim=(2, 3))
        return self.fc(x)

def train_fissures(model, loader, valid, epochs=5):
    bce = nn.BCEWithLogitsLoss()
    opt = torch.optim.Adam(model.parameters(), 1e-3)
    for e in range(epochs):
        model.train()
        for x, y in loader:
            opt.zero_grad()
            loss = bce(model(x), y.float().unsqueeze(1))
            loss.backward()
            opt.step()
        model.eval()
        bons = 0
        with torch.no_grad():
            for x, y in valid:
                bons += ((model(x)[:, 0] > 0) == (y > 0.5)).sum().item()
        print("epoch", e, "validation", bons / len(valid.dataset))

fissures = CrackCNN()
print("CrackCNN :", sum(p.numel() for p in fissures.parameters()), "paramètres")
train_fissures(fissures, loader_de(ens_train, True), loader_de(ens_valid, False))
# Le maximum sur toute l'image repère une fissure où qu'elle soit.
