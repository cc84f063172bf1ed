"""python run.py --epochs 2"""
import argparse
from pathlib import Path

from torch import nn
from torch.utils.data import DataLoader

from tp4.engine import Trainer, accuracy, binary_hits, num_params
from tp4.fissures import CrackDataset, CrackNet, train_val_test_split
from tp4.mnist import CNN1, CNN2, LogisticRegression, get_dataloaders


def digits(epochs: int) -> None:
    train_loader, test_loader = get_dataloaders()
    for model in (LogisticRegression(), CNN1(), CNN2()):
        Trainer(model, nn.CrossEntropyLoss()).run(train_loader, None, epochs)
        print(type(model).__name__, num_params(model), accuracy(model, test_loader))


def cracks(epochs: int) -> None:
    positive, negative = (sorted(Path(d).glob("*.jpg")) for d in ("Positive", "Negative"))
    paths, labels = [*positive, *negative], [1] * len(positive) + [0] * len(negative)
    loaders = [DataLoader(CrackDataset(p, l), 16, shuffle=k == 0) for k, (p, l) in enumerate(train_val_test_split(paths, labels))]
    model = CrackNet()
    print("parameters:", num_params(model))
    Trainer(model, nn.BCEWithLogitsLoss(), binary_hits).run(loaders[0], loaders[1], epochs)
    print("test", accuracy(model, loaders[2], binary_hits))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    args = parser.parse_args()
    digits(args.epochs)
    cracks(max(args.epochs, 12))
