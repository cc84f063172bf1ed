"""Scénario 3 : retrouver µ à partir d'observations bruitées."""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, identify

TRUE_MU = 3.0


def main():
    """Fabriquer des observations, identifier, comparer."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
