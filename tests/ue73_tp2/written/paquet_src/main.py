"""python main.py"""

import argparse

import torch
from src.data import dataloaders, make_datasets
from src.engine import run_training, score
from src.model import PulseNet

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--bs", type=int, default=32)
parser.add_argument("--lr", type=float, default=1e-3)

if __name__ == "__main__":
    args = parser.parse_args()
    torch.manual_seed(1)
    make_datasets("data", "processed")
    train_loader, val_loader, test_loader = dataloaders("processed", args.bs)
    net = PulseNet(train_loader.dataset[0][0].numel())
    run_training(net, train_loader, val_loader, args.epochs, args.lr)
    print(score(net, test_loader))
