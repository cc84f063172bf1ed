import torch
import torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt


class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        layers = []
        in_dim = 2
        for hidden_dim in hidden_layers:
            layers.append(nn.Linear(in_dim, hidden_dim))
            layers.append(nn.ReLU())
            if dropout_p > 0:
                layers.append(nn.Dropout(p=dropout_p))
            in_dim = hidden_dim
        layers.append(nn.Linear(in_dim, 2))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=300, lr=0.01):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    train_losses = []
    val_losses = []
    train_accs = []
    val_accs = []

    for epoch in range(epochs):
        # Entrainement
        model.train()
        optimizer.zero_grad()
        outputs = model(X_train)
        loss = criterion(outputs, y_train)
        loss.backward()
        optimizer.step()

        # Evaluation
        model.eval()
        with torch.no_grad():
            train_outputs = model(X_train)
            train_loss = criterion(train_outputs, y_train)
            _, train_pred = torch.max(train_outputs, 1)
            train_acc = (train_pred == y_train).sum().item() / y_train.size(0)
            val_outputs = model(X_val)
            val_loss = criterion(val_outputs, y_val)
            _, val_pred = torch.max(val_outputs, 1)
            val_acc = (val_pred == y_val).sum().item() / y_val.size(0)
        train_losses.append(train_loss.item())
        val_losses.append(val_loss.item())
        train_accs.append(train_acc)
        val_accs.append(val_acc)
        if (epoch + 1) % 50 == 0:
            print(f"Epoch {epoch+1}/{epochs} train loss {train_loss:.4f} val loss {val_loss:.4f}")
    return {"train_losses": train_losses, "val_losses": val_losses, "train_accs": train_accs, "val_accs": val_accs}


def plot_losses(history, title="Courbes"):
    plt.figure(figsize=(6, 4))
    plt.plot(history["train_losses"], label="Train loss")
    plt.plot(history["val_losses"], label="Val loss")
    plt.xlabel("Epochs")
    plt.ylabel("Loss")
    plt.title(title)
    plt.legend()
    plt.grid()
    plt.show()


def plot_boundary(model, X, y, title="Frontiere"):
    h = 0.03
    x_min, x_max = X[:, 0].min().item() - 1, X[:, 0].max().item() + 1
    y_min, y_max = X[:, 1].min().item() - 1, X[:, 1].max().item() + 1
    xx, yy = np.meshgrid(np.arange(x_min, x_max, h), np.arange(y_min, y_max, h))
    grid = torch.FloatTensor(np.c_[xx.ravel(), yy.ravel()])
    model.eval()
    with torch.no_grad():
        Z = torch.argmax(model(grid), dim=1).numpy()
    Z = Z.reshape(xx.shape)
    plt.figure(figsize=(6, 5))
    plt.contourf(xx, yy, Z, alpha=0.8, cmap=plt.cm.Spectral)
    plt.scatter(X[:, 0].numpy(), X[:, 1].numpy(), c=y.numpy(), s=40, cmap=plt.cm.Spectral, edgecolors="k")
    plt.title(title)
    plt.show()
