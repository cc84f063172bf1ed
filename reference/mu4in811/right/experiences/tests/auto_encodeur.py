"""Les expériences de la partie 5 : reconstruction pour plusieurs tailles de code."""
import sys

sys.path.append("../code")
import matplotlib.pyplot as plt
import numpy as np
from couts import MSELoss
from modules import Linear, Sigmoide, TanH
from outils import add_noise
from reseau import Optim, Sequentiel
from sklearn.linear_model import LinearRegression
from tensorflow.keras.datasets import mnist

(X, y), (X_test, y_test) = mnist.load_data()
X = X.reshape(len(X), -1) / 255
X_test = X_test.reshape(len(X_test), -1) / 255
regression = LinearRegression()

for code in (2, 10, 30):
    entree = X.shape[1]
    encodeur = [Linear(entree, 100), TanH(), Linear(100, 30), TanH(), Linear(30, code), TanH()]
    decodeur = [Linear(code, 30), TanH(), Linear(30, 100), TanH(), Linear(100, entree), Sigmoide()]
    net = Sequentiel()
    net.append_modules(*encodeur, *decodeur)
    optim = Optim(net, MSELoss(), 1e-2)
    couts = optim.SGD(add_noise(X, 0.1), X, 50, 100)
    plt.plot(couts, label=f"code {code}")
plt.legend()
plt.show()
