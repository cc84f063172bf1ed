"""Scénario 2 : résoudre l'équation sans aucune observation."""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, train_pinn


def main():
    """Entraîner, comparer à la solution exacte, montrer le journal des pertes."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
