"""Scénario 1."""
import matplotlib.pyplot as plt
import torch

from oscillateur import exact_solution, train_pinn, train_regression_pure

t = torch.linspace(0, 1, 300).view(-1, 1)
t_obs = torch.linspace(0, 0.36, 12).view(-1, 1)
u_obs = exact_solution(t_obs)
regression, pertes = train_regression_pure(t_obs, u_obs)
pinn, pertes_pinn = train_pinn()

plt.plot(t, exact_solution(t), "k", label="exacte")
plt.plot(t_obs, u_obs, "ro", label="observations")
plt.plot(t, regression(t).detach(), "--", label="régression")
plt.plot(t, pinn(t).detach(), "-.", label="PINN")
plt.axvline(0.36, color="grey", lw=0.5)
plt.xlabel("t")
plt.ylabel("u(t)")
plt.legend()
plt.savefig("extrapolation.png")
# La régression ne sait rien de la suite : hors de la fenêtre elle part en ligne droite. Le PINN, lui, connaît l'équation
# et n'a besoin d'aucune observation ; mais son entraînement est dix fois plus long.
