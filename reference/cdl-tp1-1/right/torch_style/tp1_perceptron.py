import torch
import matplotlib.pyplot as plt

torch.manual_seed(0)


def blobs(sep, std, n=100):
    x = torch.cat([torch.randn(n, 2) * std + sep, torch.randn(n, 2) * std - sep])
    y = torch.cat([torch.ones(n), -torch.ones(n)])
    p = torch.randperm(2 * n)
    return x[p], y[p]


def train_perceptron(X, y, lr=0.1, epochs=15):
    X = torch.as_tensor(X, dtype=torch.float32)
    y = torch.as_tensor(y, dtype=torch.float32)
    w = torch.zeros(X.shape[1])
    b = torch.zeros(1)
    history = []
    for _ in range(epochs):
        errors = 0
        for xi, yi in zip(X, y):
            if (yi * (torch.dot(w, xi) + b)).item() <= 0:
                w += lr * yi * xi
                b += lr * yi
                errors += 1
        history.append(errors)
        if errors == 0:
            break
    return {"weights": w, "bias": b, "history": history}


X, y = blobs(2.0, 1.0)
out = train_perceptron(X, y)
w, b = out["weights"], out["bias"]
gx, gy = torch.meshgrid(torch.linspace(-6, 6, 150), torch.linspace(-6, 6, 150), indexing="xy")
pred = torch.sign(w[0] * gx + w[1] * gy + b)
plt.contourf(gx, gy, pred, alpha=0.4)
plt.scatter(X[:, 0], X[:, 1], c=y)
plt.title("perceptron")
plt.savefig("perceptron_frontiere.png")
plt.show()

for sep in (0.5, 1.0, 2.0):
    for std in (0.5, 1.0):
        print(sep, std, train_perceptron(*blobs(sep, std))["history"])
