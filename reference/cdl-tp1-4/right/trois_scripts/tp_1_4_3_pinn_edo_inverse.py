import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from tp_1_4_1_pinn_extrapo import FCN, exact_solution, residual


def identify(t, u, mu_init=1.0, epochs=1500, lr=1e-2):
    torch.manual_seed(0)
    model = FCN(hidden_dim=24, depth=2)
    mu = nn.Parameter(torch.tensor([mu_init]))
    optimizer = torch.optim.Adam(list(model.parameters()) + [mu], lr=lr)
    t_phys = torch.linspace(0, 1, 40).view(-1, 1).requires_grad_(True)
    history = {"loss": [], "mu": []}
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = 1e3 * torch.mean((model(t) - u) ** 2) + 1e-2 * torch.mean(residual(model, t_phys, mu=mu) ** 2)
        loss.backward()
        optimizer.step()
        history["loss"].append(loss.item())
        history["mu"].append(mu.item())
    return model, mu.item(), history


t_obs = torch.rand(60, 1)
u_obs = exact_solution(t_obs, mu=3.2) + 0.01 * torch.randn(60, 1)
model, mu_estimate, history = identify(t_obs, u_obs)
print("mu estimé :", mu_estimate)
plt.figure()
plt.plot(history["mu"])
plt.axhline(3.2, ls="--")
plt.savefig("mu.png")
