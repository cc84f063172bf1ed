"""Scénario 3 : retrouver µ à partir d'observations bruitées."""

import matplotlib.pyplot as plt
import torch
from oscillateur import exact_solution, identify

TRUE_MU = 3.0


def main():
    """Fabriquer des observations, identifier, comparer."""
    # <solution>
    torch.manual_seed(1)
    t = torch.linspace(0, 1, 80).reshape(-1, 1)
    u = exact_solution(t, mu=TRUE_MU) + 0.01 * torch.randn_like(t)
    model, mu, _ = identify(t, u)
    print(f"µ estimé : {mu:.3f}, vrai : {TRUE_MU}")

    with torch.no_grad():
        predicted = model(t)
    _, ax = plt.subplots(figsize=(8, 4))
    ax.plot(t, exact_solution(t, mu=TRUE_MU), label="solution exacte", color="grey")
    ax.plot(t, u, ".", label="observations bruitées")
    ax.plot(t, predicted, "--", label=f"PINN, µ = {mu:.2f}")
    ax.set(xlabel="t", ylabel="u(t)")
    ax.legend()
    plt.show()
    # </solution>


if __name__ == "__main__":
    main()
