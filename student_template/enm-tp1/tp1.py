"""TP 1 : un perceptron à une couche pour le temps qu'il fait, de ses probabilités à son apprentissage ; puis le XOR."""

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler

# Le plus petit nombre dont on prend le logarithme : une probabilité nulle ne coûte pas un infini.
TINY = 1e-12


# --- 1. Le perceptron ------------------------------------------------------------------------------------------------


class Perceptron(nn.Module):
    """Une couche linéaire, puis softmax : la probabilité de chaque classe."""

    def __init__(self, n_features, n_classes):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Les probabilités (n, n_classes) des exemples x (n, n_features)."""
        raise NotImplementedError


def decide(probabilities):
    """La classe (n,) la plus probable de chaque ligne ; à égalité, la première."""
    raise NotImplementedError


# --- 2. Les pertes ---------------------------------------------------------------------------------------------------


def softmax(z):
    """Les probabilités (n, k) de scores z (n, k), ligne par ligne."""
    raise NotImplementedError


def one_hot(target, n_classes):
    """Une ligne par exemple : 1 dans la colonne de sa classe, 0 ailleurs."""
    raise NotImplementedError


def nll_loss(probabilities, target):
    """La moyenne sur le lot de -ln p, p étant la probabilité donnée à la bonne classe."""
    raise NotImplementedError


def binary_cross_entropy(p, target):
    """La moyenne de -y ln p - (1 - y) ln(1 - p) ; p (n,) est la probabilité de la classe 1, target vaut 0 ou 1."""
    raise NotImplementedError


# --- 3. Les données --------------------------------------------------------------------------------------------------


class LabelledDataset(Dataset):
    """Des exemples x (n, d) et leurs classes y (n,) ; `augment` change un x à chaque accès."""

    def __init__(self, x, y, augment=None):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def __getitem__(self, index):
        """Le couple (x, y) de cet indice."""
        raise NotImplementedError


def make_loader(dataset, batch_size, weighted=False):
    """Un DataLoader : mélangé, ou bien (weighted) qui tire aussi souvent chaque classe."""
    raise NotImplementedError


# --- 4. La descente de gradient --------------------------------------------------------------------------------------


def gradients(model, x, y):
    """Le gradient de la perte sur (x, y) par rapport à chaque paramètre du modèle : {nom: tenseur}."""
    raise NotImplementedError


def train(model, loader, epochs, lr=0.1):
    """Apprend par mini-lots ; renvoie la perte moyenne de chaque époque."""
    raise NotImplementedError


# --- 5. Le XOR -------------------------------------------------------------------------------------------------------


class XorMLP(nn.Module):
    """Deux entrées, une couche cachée, une non-linéarité : ce qu'une seule droite ne sépare pas."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Les scores (n, 2) des deux classes."""
        raise NotImplementedError


def train_xor():
    """Un XorMLP qui a appris les quatre points du XOR."""
    raise NotImplementedError


# --- 6. Deux questions -----------------------------------------------------------------------------------------------
# Répondez en commentaire, là où cela se voit : dans nll_loss, pourquoi la vraisemblance mesure mieux que
# |classe prédite - classe| ; dans train, pourquoi on apprend par mini-lots.


# --- Le programme ----------------------------------------------------------------------------------------------------


def load(path):
    """Les mesures et les classes d'un fichier."""
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    return table[:, :-1], table[:, -1].astype(np.int64)


def main():
    """Apprend sur data/train.csv, et compte les bonnes réponses sur data/test.csv."""
    torch.manual_seed(0)
    (x_train, y_train), (x_test, y_test) = load("data/train.csv"), load("data/test.csv")
    mean, deviation = x_train.mean(axis=0), x_train.std(axis=0)
    x_train, x_test = (torch.tensor((x - mean) / deviation, dtype=torch.float32) for x in (x_train, x_test))
    y_train, y_test = torch.tensor(y_train), torch.tensor(y_test)
    for weighted in (False, True):
        model = Perceptron(x_train.shape[1], 4)
        losses = train(model, make_loader(LabelledDataset(x_train, y_train), 32, weighted), epochs=25)
        right = decide(model(x_test)) == y_test
        each = [f"{right[y_test == c].float().mean():.2f}" for c in range(4)]
        print(
            f"tirage équilibré : {weighted}, perte {losses[0]:.2f} -> {losses[-1]:.2f}, test {right.float().mean():.3f}"
        )
        print("  par classe :", ", ".join(each))
    points = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    print("XOR :", decide(softmax(train_xor()(points))).tolist())


if __name__ == "__main__":
    main()
