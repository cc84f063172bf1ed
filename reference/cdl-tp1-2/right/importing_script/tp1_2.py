import torch
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from mlp_moons import *

torch.manual_seed(42)
X, y = make_moons(n_samples=300, noise=0.35, random_state=42)
X = torch.FloatTensor(X)
y = torch.LongTensor(y)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.8, random_state=42)

# Experience 1
m1 = MLP([2])
h1 = train_and_evaluate(m1, X_train, y_train, X_val, y_val, epochs=200)
plot_losses(h1, "Simple")
plot_boundary(m1, X_val, y_val, "Simple")

# Experience 2
m2 = MLP([64, 64, 64])
h2 = train_and_evaluate(m2, X_train, y_train, X_val, y_val, epochs=200)
plot_losses(h2, "Profond")
plot_boundary(m2, X_val, y_val, "Profond")

# Experience 3
m3 = MLP([64, 64, 64], dropout_p=0.5)
h3 = train_and_evaluate(m3, X_train, y_train, X_val, y_val, epochs=200)
plot_losses(h3, "Profond + dropout")
plot_boundary(m3, X_val, y_val, "Profond + dropout")
