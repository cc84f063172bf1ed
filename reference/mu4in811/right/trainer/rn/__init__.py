from .modules import AutoEncoder, Linear, Sequential, Sigmoid, Softmax, TanH
from .losses import CrossEntropyLoss, MSELoss
from .training import Optim, Trainer
