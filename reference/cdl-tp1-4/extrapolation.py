"""Scénario 1 : une régression apprend le début du mouvement ; que dit-elle de la suite ?"""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, train_pinn, train_regression_pure


def main():
    """Observer [0, 0.36], prédire [0, 1]."""
    # <solution>
    t = torch.linspace(0, 1, 200).reshape(-1, 1)
    t_seen = torch.linspace(0, 0.36, 15).reshape(-1, 1)
    u_seen = exact_solution(t_seen)
    regression, losses = train_regression_pure(t_seen, u_seen)
    pinn, _ = train_pinn()
    with torch.no_grad():
        by_data, by_physics = regression(t), pinn(t)
    beyond = t > 0.36
    error = (by_data - exact_solution(t))[beyond].norm() / exact_solution(t)[beyond].norm()
    print(f"erreur de la régression hors de la fenêtre : {100 * error:.0f} %, perte finale {losses[-1]:.1e}")

    _, ax = plt.subplots(figsize=(8, 4))
    ax.plot(t, exact_solution(t), label="solution exacte", color="grey")
    ax.plot(t_seen, u_seen, "o", label="observations")
    ax.plot(t, by_data, "--", label="régression pure")
    ax.plot(t, by_physics, ":", label="PINN")
    ax.set(xlabel="t", ylabel="u(t)", title="Au-delà de la fenêtre observée")
    ax.legend()
    plt.show()
    # </solution>


if __name__ == "__main__":
    main()
