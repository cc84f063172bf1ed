"""Scénario 1 : une régression apprend le début du mouvement ; que dit-elle de la suite ?"""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, train_pinn, train_regression_pure


def main():
    """Observer [0, 0.36], prédire [0, 1]."""
    t = torch.linspace(0, 1, 200).reshape(-1, 1)
    t_seen = torch.linspace(0, 0.36, 20).reshape(-1, 1)
    model, losses = train_regression_pure(t_seen, exact_solution(t_seen))
    plt.plot(t, exact_solution(t), label="exacte")
    plt.plot(t, model(t).detach(), label="réseau")
    plt.legend()
    plt.show()


if __name__ == "__main__":
    main()
