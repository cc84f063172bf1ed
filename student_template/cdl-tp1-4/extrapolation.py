"""Scénario 1 : une régression apprend le début du mouvement ; que dit-elle de la suite ?"""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, train_pinn, train_regression_pure


def main():
    """Observer [0, 0.36], prédire [0, 1]."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
