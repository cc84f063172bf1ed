import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from tp_1_4_1_pinn_extrapo import FCN, exact_solution, residual

torch.manual_seed(0)
model = FCN(hidden_dim=24, depth=2)
t_phys = torch.linspace(0, 1, 40).view(-1, 1).requires_grad_(True)
t0 = torch.zeros(1, 1, requires_grad=True)
opt = torch.optim.LBFGS(model.parameters(), max_iter=400, history_size=50, line_search_fn="strong_wolfe")
journal = []


def closure():
    opt.zero_grad()
    u0 = model(t0)
    v0 = torch.autograd.grad(u0, t0, create_graph=True)[0]
    loss = ((u0 - 1) ** 2).mean() + 0.1 * (v0**2).mean() + 1e-4 * (residual(model, t_phys) ** 2).mean()
    loss.backward()
    journal.append(loss.item())
    return loss


opt.step(closure)
t = torch.linspace(0, 1, 300).view(-1, 1)
plt.figure()
plt.plot(t, exact_solution(t), label="exacte")
plt.plot(t, model(t).detach(), "--", label="PINN sans données")
plt.legend()
plt.savefig("edo.png")
