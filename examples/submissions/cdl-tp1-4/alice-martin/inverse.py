"""Scénario 3."""
import matplotlib.pyplot as plt
import torch

from oscillateur import exact_solution, identify

torch.manual_seed(0)
t = torch.linspace(0, 1, 80).view(-1, 1)
u = exact_solution(t, mu=3.1) + 0.01 * torch.randn_like(t)
model, mu, historique = identify(t, u)
print("µ estimé :", mu)
plt.plot(historique)
plt.axhline(3.1, ls="--")
plt.xlabel("époque")
plt.ylabel("µ")
plt.savefig("mu.png")
