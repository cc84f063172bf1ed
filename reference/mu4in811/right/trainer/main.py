import argparse

import numpy as np

from rn import CrossEntropyLoss, Linear, MSELoss, Optim, Sequential, Sigmoid, Softmax, TanH, Trainer


def blobs(n):
    x = np.vstack([np.random.randn(n, 2) + [1, 2], np.random.randn(n, 2) + [3, 5]])
    return x, np.repeat([[0.0], [1.0]], n, axis=0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--batch-size", type=int, default=16)
    args = parser.parse_args()
    x, y = blobs(100)
    net = Sequential(Linear(2, 4), TanH(), Linear(4, 1), Sigmoid())
    trainer = Trainer(net, MSELoss(), args.lr, args.batch_size)
    trainer.fit(x, y, args.epochs)
    print("accuracy", ((net.forward(x) > 0.5) == y).mean())
    classes = np.eye(2)[y[:, 0].astype(int)]
    net = Sequential(Linear(2, 8), TanH(), Linear(8, 2), Softmax())
    Trainer(net, CrossEntropyLoss(), args.lr).fit(x, classes, args.epochs)
    print("accuracy", (net.forward(x).argmax(1) == y[:, 0]).mean())


if __name__ == "__main__":
    main()
