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
        # <solution>
        self.linear = nn.Linear(n_features, n_classes)
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)
        # </solution>

    def forward(self, x):
        """Les probabilités (n, n_classes) des exemples x (n, n_features)."""
        # <solution>
        return softmax(self.linear(x))
        # </solution>


def decide(probabilities):
    """La classe (n,) la plus probable de chaque ligne ; à égalité, la première."""
    # <solution>
    return torch.argmax(probabilities, dim=1)
    # </solution>


# --- 2. Les pertes ---------------------------------------------------------------------------------------------------


def softmax(z):
    """Les probabilités (n, k) de scores z (n, k), ligne par ligne."""
    # <solution>
    # Retrancher le plus grand score ne change rien au quotient, et aucune exponentielle ne déborde.
    powers = torch.exp(z - z.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)
    # </solution>


def one_hot(target, n_classes):
    """Une ligne par exemple : 1 dans la colonne de sa classe, 0 ailleurs."""
    # <solution>
    return torch.eye(n_classes)[target]
    # </solution>


def nll_loss(probabilities, target):
    """La moyenne sur le lot de -ln p, p étant la probabilité donnée à la bonne classe."""
    # <solution>
    # Pourquoi la vraisemblance ? Les classes sont des noms : |classe prédite - classe| mesure une distance qui n'existe
    # pas, et ne se dérive pas, car la décision est une fonction en escalier. Le produit des probabilités données aux
    # bonnes classes est la vraisemblance des données ; la rendre maximale, c'est rendre minimale la somme des -ln p,
    # qui se dérive partout, et qui punit surtout la certitude d'une erreur.
    chosen = probabilities[torch.arange(len(target)), target]
    return -torch.log(chosen.clamp(min=TINY)).mean()
    # </solution>


def binary_cross_entropy(p, target):
    """La moyenne de -y ln p - (1 - y) ln(1 - p) ; p (n,) est la probabilité de la classe 1, target vaut 0 ou 1."""
    # <solution>
    yes, no = torch.log(p.clamp(min=TINY)), torch.log((1 - p).clamp(min=TINY))
    return -(target * yes + (1 - target) * no).mean()
    # </solution>


# --- 3. Les données --------------------------------------------------------------------------------------------------


class LabelledDataset(Dataset):
    """Des exemples x (n, d) et leurs classes y (n,) ; `augment` change un x à chaque accès."""

    def __init__(self, x, y, augment=None):
        # <solution>
        self.x, self.y, self.augment = x, y, augment
        # </solution>

    def __len__(self):
        # <solution>
        return len(self.y)
        # </solution>

    def __getitem__(self, index):
        """Le couple (x, y) de cet indice."""
        # <solution>
        x, y = self.x[index], self.y[index]
        if self.augment is not None:
            x = self.augment(x)
        return x, y
        # </solution>


def make_loader(dataset, batch_size, weighted=False):
    """Un DataLoader : mélangé, ou bien (weighted) qui tire aussi souvent chaque classe."""
    # <solution>
    if not weighted:
        return DataLoader(dataset, batch_size=batch_size, shuffle=True)
    labels = torch.tensor([int(dataset[i][1]) for i in range(len(dataset))])
    counts = torch.bincount(labels)
    sampler = WeightedRandomSampler(1.0 / counts[labels], num_samples=len(labels))
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)
    # </solution>


# --- 4. La descente de gradient --------------------------------------------------------------------------------------


def gradients(model, x, y):
    """Le gradient de la perte sur (x, y) par rapport à chaque paramètre du modèle : {nom: tenseur}."""
    # <solution>
    model.zero_grad()
    nll_loss(model(x), y).backward()
    return {name: parameter.grad.clone() for name, parameter in model.named_parameters()}
    # </solution>


def train(model, loader, epochs, lr=0.1):
    """Apprend par mini-lots ; renvoie la perte moyenne de chaque époque."""
    # <solution>
    # Pourquoi des mini-lots ? Le gradient d'un lot estime celui de tout le jeu pour une fraction de son prix : on fait
    # plus de pas par époque, et le bruit de l'estimation aide à quitter les plateaux. Un exemple à la fois en aurait
    # trop, et occuperait mal le processeur. La taille du lot et le pas se règlent ensemble.
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        batches = []
        for x, y in loader:
            optimizer.zero_grad()
            loss = nll_loss(model(x), y)
            loss.backward()
            optimizer.step()
            batches.append(loss.item())
        losses.append(sum(batches) / len(batches))
    return losses
    # </solution>


# --- 5. Le XOR -------------------------------------------------------------------------------------------------------


class XorMLP(nn.Module):
    """Deux entrées, une couche cachée, une non-linéarité : ce qu'une seule droite ne sépare pas."""

    def __init__(self):
        super().__init__()
        # <solution>
        self.hidden = nn.Linear(2, 8)
        self.output = nn.Linear(8, 2)
        # </solution>

    def forward(self, x):
        """Les scores (n, 2) des deux classes."""
        # <solution>
        return self.output(torch.tanh(self.hidden(x)))
        # </solution>


def train_xor():
    """Un XorMLP qui a appris les quatre points du XOR."""
    # <solution>
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0, 1, 1, 0])
    model = XorMLP()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        nll_loss(softmax(model(x)), y).backward()
        optimizer.step()
    return model
    # </solution>


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
