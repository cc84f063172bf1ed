"""Scénario 2 : résoudre l'équation sans aucune observation."""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, train_pinn


def main():
    """Entraîner, comparer à la solution exacte, montrer le journal des pertes."""
    # <solution>
    model, losses = train_pinn()
    t = torch.linspace(0, 1, 200).reshape(-1, 1)
    with torch.no_grad():
        u = model(t)
    print(f"erreur relative : {(u - exact_solution(t)).norm() / exact_solution(t).norm():.1e}")

    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.plot(t, exact_solution(t), label="solution exacte", color="grey")
    left.plot(t, u, "--", label="PINN")
    left.set(xlabel="t", ylabel="u(t)")
    left.legend()
    right.semilogy(losses)
    right.set(xlabel="évaluation", ylabel="perte")
    plt.show()
    # </solution>


if __name__ == "__main__":
    main()
