# -*- coding: utf-8 -*-
# TP4 - Dupont Marie
import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from torch.utils.data import Dataset
from torchvision import transforms
from torchvision.datasets import MNIST
import cv2
import numpy as np
import os

# ---------- Partie 1 ----------
transformation = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
base_train = MNIST("./data", train=True, download=True, transform=transformation)
base_test = MNIST("./data", train=False, download=True, transform=transformation)
train_loader = DataLoader(base_train, batch_size=64, shuffle=True)
test_loader = DataLoader(base_test, batch_size=64, shuffle=False)


class Regression(nn.Module):
    def __init__(self):
        super(Regression, self).__init__()
        self.couche = nn.Linear(784, 10)

    def forward(self, image):
        image = image.view(-1, 784)
        sortie = self.couche(image)
        return sortie


class CNN_1(nn.Module):
    def __init__(self):
        super(CNN_1, self).__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=32, kernel_size=3)   # (32,26,26) 320 parametres
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(kernel_size=2, stride=2)                      # (32,13,13)
        self.flat = nn.Flatten()                                                # 5408
        self.dense = nn.Linear(32 * 13 * 13, 10)                                # 54090 parametres

    def forward(self, image):
        image = self.conv1(image)
        image = self.relu1(image)
        image = self.pool1(image)
        image = self.flat(image)
        image = self.dense(image)
        return image


class CNN_2(nn.Module):
    def __init__(self):
        super(CNN_2, self).__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=32, kernel_size=3)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(in_channels=32, out_channels=64, kernel_size=3)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(kernel_size=2, stride=2)
        self.flat = nn.Flatten()
        self.dense1 = nn.Linear(64 * 5 * 5, 128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, image):
        image = self.pool1(self.relu1(self.conv1(image)))
        image = self.pool2(self.relu2(self.conv2(image)))
        image = self.flat(image)
        image = self.dense1(image)
        image = self.dense2(image)
        return image


def apprendre(modele, donnees, epoques):
    perte = nn.CrossEntropyLoss()
    optimiseur = torch.optim.Adam(modele.parameters(), lr=0.001)
    for epoque in range(epoques):
        modele.train()
        for images, etiquettes in donnees:
            optimiseur.zero_grad()
            sorties = modele(images)
            valeur = perte(sorties, etiquettes)
            valeur.backward()
            optimiseur.step()
        print("epoque", epoque, "perte", valeur.item())


def precision_modele(modele, donnees):
    modele.eval()
    bons = 0
    total = 0
    with torch.no_grad():
        for images, etiquettes in donnees:
            sorties = modele(images)
            for k in range(len(etiquettes)):
                if torch.argmax(sorties[k]) == etiquettes[k]:
                    bons = bons + 1
                total = total + 1
    return bons / total * 100


m0 = Regression()
apprendre(m0, train_loader, 1)
print("precision regression", precision_modele(m0, test_loader))
m1 = CNN_1()
apprendre(m1, train_loader, 1)
print("precision CNN 1", precision_modele(m1, test_loader))
print("Nombre de paramètres CNN 1 : 54 410, contre 7 850 paramètres pour la régression")
m2 = CNN_2()
apprendre(m2, train_loader, 1)
print("precision CNN 2", precision_modele(m2, test_loader))
print("Nombre de paramètres du CNN 2 : 225 034")

# ---------- Partie 2 ----------
dossier = "D:\\Master\\TP4\\surface-crack-detection\\"
positifs = os.listdir(dossier + "Positive")
negatifs = os.listdir(dossier + "Negative")
images = []
labels = []
for p in positifs:
    images.append(dossier + "Positive\\" + p)
    labels.append(1)
for n in negatifs:
    images.append(dossier + "Negative\\" + n)
    labels.append(0)
ordre = np.random.permutation(len(images))
images = [images[i] for i in ordre]
labels = [labels[i] for i in ordre]
n1 = int(0.6 * len(images))
n2 = int(0.8 * len(images))


class FissuresDataset(Dataset):
    def __init__(self, images, labels):
        self.images = images
        self.labels = labels

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = cv2.imread(self.images[index])
        image = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        image = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA)
        image = torch.tensor(image, dtype=torch.float32) / 255
        image = image.unsqueeze(0)
        image = (image - 0.5) / 0.5
        return image, torch.tensor(self.labels[index], dtype=torch.float32)


loader_app = DataLoader(FissuresDataset(images[:n1], labels[:n1]), batch_size=24, shuffle=True)
loader_val = DataLoader(FissuresDataset(images[n1:n2], labels[n1:n2]), batch_size=24)
loader_test = DataLoader(FissuresDataset(images[n2:], labels[n2:]), batch_size=24)


class ReseauFissures(nn.Module):
    def __init__(self):
        super(ReseauFissures, self).__init__()
        self.conv1 = nn.Conv2d(1, 16, 3)
        self.conv2 = nn.Conv2d(16, 32, 3)
        self.conv3 = nn.Conv2d(32, 32, 3)
        self.pool = nn.MaxPool2d(2)
        self.dense1 = nn.Linear(32 * 6 * 6, 32)
        self.dense2 = nn.Linear(32, 1)

    def forward(self, image):
        image = self.pool(torch.relu(self.conv1(image)))
        image = self.pool(torch.relu(self.conv2(image)))
        image = self.pool(torch.relu(self.conv3(image)))
        image = torch.flatten(image, 1)
        image = torch.relu(self.dense1(image))
        return self.dense2(image)


def apprendre_fissures(modele, loader_train, loader_val, epoques):
    perte = nn.BCEWithLogitsLoss()
    optimiseur = torch.optim.Adam(modele.parameters(), lr=1e-3)
    for epoque in range(epoques):
        modele.train()
        for images, etiquettes in loader_train:
            optimiseur.zero_grad()
            sorties = modele(images)
            valeur = perte(sorties, etiquettes.unsqueeze(1))
            valeur.backward()
            optimiseur.step()
        modele.eval()
        bons = 0
        total = 0
        with torch.no_grad():
            for images, etiquettes in loader_val:
                predictions = (torch.sigmoid(modele(images)) > 0.5).float().squeeze(1)
                bons += (predictions == etiquettes).sum().item()
                total += len(etiquettes)
        print("epoque", epoque, "validation", 100 * bons / total)


reseau = ReseauFissures()
apprendre_fissures(reseau, loader_app, loader_val, 1)
