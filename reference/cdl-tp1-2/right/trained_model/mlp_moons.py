import copy
import numpy as np
import torch
from torch import nn
from sklearn.datasets import make_moons
import matplotlib.pyplot as plt

class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        self.weights = nn.ParameterList()
        self.biases = nn.ParameterList()
        d = [2] + list(hidden_layers) + [2]
        for a, b in zip(d[:-1], d[1:]):
            self.weights.append(nn.Parameter(torch.randn(a, b) * (2 / a) ** 0.5))
            self.biases.append(nn.Parameter(torch.zeros(b)))
        self.p = dropout_p
    def forward(self, x):
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            x = x @ w + b
            if i < len(self.weights) - 1:
                x = x.clamp(min=0)
                if self.p > 0:
                    x = nn.functional.dropout(x, self.p, self.training)
        return x

def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=200, lr=0.01):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, weight_decay=0)
    log = {k: [] for k in ("loss_train", "loss_val", "acc_train", "acc_val")}
    best, best_state = np.inf, None
    for epoch in range(epochs):
        for phase in ("train", "val"):
            X, y = (X_train, y_train) if phase == "train" else (X_val, y_val)
            model.train(phase == "train")
            with torch.set_grad_enabled(phase == "train"):
                out = model(X)
                loss = nn.functional.cross_entropy(out, y)
            if phase == "train":
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            elif loss.item() < best:
                best, best_state = loss.item(), copy.deepcopy(model.state_dict())
            log["loss_" + phase].append(loss.item())
            log["acc_" + phase].append((out.argmax(1) == y).float().mean().item())
    model.load_state_dict(best_state)
    return model, log

def tensors(n, seed):
    X, y = make_moons(n_samples=n, noise=0.3, random_state=seed)
    return torch.from_numpy(X).float(), torch.from_numpy(y)

if __name__ == "__main__":
    Xt, yt = tensors(50, 0)
    Xv, yv = tensors(300, 1)
    for titre, hidden, p in (("Sous-apprentissage", [2], 0.), ("Sur-apprentissage", [80, 80, 80], 0.), ("Régularisé", [80, 80, 80], .5)):
        torch.manual_seed(2)
        model, log = train_and_evaluate(MLP(hidden, p), Xt, yt, Xv, yv, epochs=250)
        fig, ax = plt.subplots(1, 2, figsize=(10, 4))
        epochs = np.arange(1, len(log["loss_train"]) + 1)
        ax[0].plot(epochs, log["loss_train"], label="perte train")
        ax[0].plot(epochs, log["loss_val"], label="perte val")
        ax[0].plot(epochs, log["acc_val"], label="acc val")
        ax[0].legend()
        xx, yy = torch.meshgrid(torch.linspace(-2, 3, 70), torch.linspace(-2, 2.5, 70), indexing="ij")
        model.eval()
        with torch.no_grad():
            zz = model(torch.stack((xx.flatten(), yy.flatten()), 1)).argmax(1).view(70, 70)
        ax[1].contourf(xx, yy, zz, cmap="bwr", alpha=0.3)
        ax[1].scatter(Xv[:, 0], Xv[:, 1], c=yv, cmap="bwr", s=8)
        ax[0].set_title(titre)
        plt.show()
