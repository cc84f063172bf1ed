import torch
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

# PARTIE 1
X, y = make_moons(n_samples=300, noise=0.2, random_state=42)
X = torch.FloatTensor(X)
y = torch.LongTensor(y)

class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(2, 32),
            nn.ReLU(),
            nn.Linear(32, 32),
            nn.ReLU(),
            nn.Linear(32, 2)
        )
    def forward(self, x):
        return self.net(x)

def train_with_optimizer(optimizer_class, **kwargs):
    torch.manual_seed(42)
    model = SimpleMLP()
    optimizer = optimizer_class(model.parameters(), **kwargs)
    criterion = nn.CrossEntropyLoss()
    losses = []
    for epoch in range(1, 501):
        optimizer.zero_grad()
        outputs = model(X)
        loss = criterion(outputs, y)
        loss.backward()
        optimizer.step()
        if epoch % 5 == 0:
            losses.append(loss.item())
            if epoch % 100 == 0:
                print("Epoch", epoch, "Loss", loss.item())
    return losses

print("SGD")
losses_sgd = train_with_optimizer(optim.SGD, lr=0.01, momentum=0.9)
print("RMSProp")
losses_rmsprop = train_with_optimizer(optim.RMSprop, lr=0.01)
print("Adam")
losses_adam = train_with_optimizer(optim.Adam, lr=0.01)

epochs = list(range(5, 501, 5))
plt.figure(figsize=(10, 6))
plt.plot(epochs, losses_sgd, label="SGD avec momentum")
plt.plot(epochs, losses_rmsprop, label="RMSProp")
plt.plot(epochs, losses_adam, label="Adam")
plt.xlabel("Époques")
plt.ylabel("Perte")
plt.title("Comparaison des optimiseurs")
plt.legend()
plt.grid(True)
plt.savefig("comparaison_optimiseurs.png")
plt.show()

# PARTIE 2
torch.manual_seed(0)
W1 = torch.randn(2, 4, requires_grad=True)
b1 = torch.randn(4, requires_grad=True)
W2 = torch.randn(4, 2, requires_grad=True)
b2 = torch.randn(2, requires_grad=True)
x_small = X[0:10]
y_small = y[0:10]

# Forward
z1 = torch.matmul(x_small, W1) + b1
h1 = torch.relu(z1)
z2 = torch.matmul(h1, W2) + b2
exp = torch.exp(z2)
probs = exp / exp.sum(dim=1, keepdim=True)
loss = 0
for i in range(10):
    loss = loss - torch.log(probs[i, y_small[i]])
loss = loss / 10

# Autograd
loss.backward()

# A la main
def manual_backprop(x, y, W1, b1, W2, b2):
    n = x.shape[0]
    z1 = torch.matmul(x, W1) + b1
    h1 = torch.relu(z1)
    z2 = torch.matmul(h1, W2) + b2
    exp = torch.exp(z2)
    probs = exp / exp.sum(dim=1, keepdim=True)
    grad_z2 = torch.zeros(n, z2.shape[1], dtype=z2.dtype)
    for i in range(n):
        for j in range(z2.shape[1]):
            if j == y[i]:
                grad_z2[i, j] = (probs[i, j] - 1) / n
            else:
                grad_z2[i, j] = probs[i, j] / n
    grad_W2 = torch.matmul(h1.transpose(0, 1), grad_z2)
    grad_b2 = torch.sum(grad_z2, dim=0)
    grad_h1 = torch.matmul(grad_z2, W2.transpose(0, 1))
    grad_z1 = grad_h1 * (z1 > 0).float()
    grad_W1 = torch.matmul(x.transpose(0, 1), grad_z1)
    grad_b1 = torch.sum(grad_z1, dim=0)
    return grad_W1, grad_b1, grad_W2, grad_b2

with torch.no_grad():
    gW1, gb1, gW2, gb2 = manual_backprop(x_small, y_small, W1, b1, W2, b2)

print("=== TABLEAU DES ECARTS ===")
print("W1 :", torch.max(torch.abs(gW1 - W1.grad)).item())
print("b1 :", torch.max(torch.abs(gb1 - b1.grad)).item())
print("W2 :", torch.max(torch.abs(gW2 - W2.grad)).item())
print("b2 :", torch.max(torch.abs(gb2 - b2.grad)).item())
