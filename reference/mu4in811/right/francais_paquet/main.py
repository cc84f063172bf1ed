import numpy as np
import matplotlib.pyplot as plt
from src.lineaire import Linear, MSELoss
from src.non_lineaire import TanH, Sigmoide
from src.encapsulage import Sequentiel, Optim, SGD

np.random.seed(0)
x = np.random.uniform(0, 1, (100, 1))
y = 5 * x + np.random.normal(0, 0.1, (100, 1))
reg = Sequentiel([Linear(1, 1)])
couts = SGD(reg, x, y, 10, MSELoss(), pas=1e-3, nb_epoques=50)
plt.plot(couts)
plt.title("Cout de la regression")
plt.show()
