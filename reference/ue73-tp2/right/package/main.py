import argparse
from pathlib import Path

import torch

from src.data import get_dataloaders, prepare
from src.engine import evaluate, fit
from src.model import MyMLP


def parse_args():
    parser = argparse.ArgumentParser(description="Train the pulse detector")
    parser.add_argument("--data", default="data")
    parser.add_argument("--out", default="out")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--patience", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def main():
    args = parse_args()
    torch.manual_seed(args.seed)
    prepare(args.data, args.out)
    train_dl, valid_dl, test_dl = get_dataloaders(args.out, args.batch_size)
    n_inputs = train_dl.dataset.tensors[0].shape[1]
    model = MyMLP(n_inputs)
    history = fit(model, train_dl, valid_dl, epochs=args.epochs, lr=args.lr, patience=args.patience)
    print("best epoch:", min(history, key=lambda h: h["val_loss"])["epoch"])
    print("test:", evaluate(model, test_dl))


if __name__ == "__main__":
    main()
