import numpy as np, torch as th, matplotlib.pyplot as plt
from torch import nn
from sklearn.datasets import make_moons
from sklearn.preprocessing import StandardScaler
class MLP(nn.Sequential):
    def __init__(self, hidden_layers, dropout_p=0.):
        d = [2, *hidden_layers]
        drop = lambda: [nn.Dropout(dropout_p)] if dropout_p > 0 else []
        super().__init__(*(m for a, b in zip(d, d[1:]) for m in (nn.Linear(a, b), nn.ReLU(), *drop())), nn.Linear(d[-1], 2))
def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs, lr):
    opt, ce, H = th.optim.Adam(model.parameters(), lr), nn.CrossEntropyLoss(), dict(loss=[], val_loss=[], accuracy=[], val_accuracy=[])
    for _ in range(epochs):
        model.train(); opt.zero_grad(); ce(model(X_train), y_train).backward(); opt.step(); model.eval()
        with th.no_grad():
            for pre, X, y in (("", X_train, y_train), ("val_", X_val, y_val)):
                z = model(X); H[pre + "loss"].append(ce(z, y).item()); H[pre + "accuracy"].append((z.argmax(1) == y).double().mean().item())
    return H
sc = StandardScaler()
A, a = make_moons(50, noise=.35, random_state=0); B, b = make_moons(300, noise=.35, random_state=1)
A, B = th.tensor(sc.fit_transform(A)).float(), th.tensor(sc.transform(B)).float(); a, b = th.tensor(a), th.tensor(b)
fig, axs = plt.subplots(2, 3, figsize=(14, 8))
g = np.stack(np.meshgrid(np.linspace(-3, 3, 99), np.linspace(-3, 3, 99)), -1)
for ax, (name, h, p) in zip(axs.T, [("simple", [2], 0), ("deep", [64] * 3, 0), ("deep+drop", [64] * 3, .5)]):
    th.manual_seed(0); m = MLP(h, p); H = train_and_evaluate(m, A, a, B, b, 250, .01)
    ax[0].plot(H["loss"], label="train"); ax[0].plot(H["val_loss"], label="val"); ax[0].legend(); ax[0].set_title(name)
    with th.no_grad(): ax[1].contourf(g[..., 0], g[..., 1], m(th.tensor(g.reshape(-1, 2)).float()).argmax(1).reshape(99, 99), cmap="coolwarm", alpha=.4)
    ax[1].scatter(*B.T, c=b, cmap="coolwarm", s=6)
plt.show()
