"""Derivatives by torch.func, second moments by nobody."""
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.func import grad, vmap


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    a = mu / m / 2
    w = (k / m - a * a) ** .5
    return (-a * t).exp() * ((w * t).cos() + a / w * (w * t).sin())


def FCN(input_dim=1, hidden_dim=24, depth=2, output_dim=1):
    dims = [input_dim] + depth * [hidden_dim]
    body = [layer for a, b in zip(dims, dims[1:]) for layer in (nn.Linear(a, b), nn.Tanh())]
    return nn.Sequential(*body, nn.Linear(hidden_dim, output_dim))


def residual(model, t, m=1.0, mu=2.0, k=100.0):
    def u(s):
        return model(s.reshape(1, 1)).squeeze()
    s = t.reshape(-1)
    return m * vmap(grad(grad(u)))(s) + mu * vmap(grad(u))(s) + k * vmap(u)(s)


def minimise(params, loss, steps):
    losses, opt = [], torch.optim.LBFGS(params, max_iter=steps, history_size=50, line_search_fn="strong_wolfe")

    def closure():
        opt.zero_grad()
        (value := loss()).backward()
        losses.append(value.item())
        return value

    opt.step(closure)
    return losses


def train_regression_pure(t, u, epochs=200):
    torch.manual_seed(2)
    net = FCN()
    return net, minimise(net.parameters(), lambda: nn.functional.mse_loss(net(t), u), epochs)


def conditions(net):
    u = lambda s: net(s.reshape(1, 1)).squeeze()
    zero = torch.tensor(0.)
    return (u(zero) - 1) ** 2 + .05 * grad(u)(zero) ** 2


def train_pinn(m=1.0, mu=2.0, k=100.0, epochs=500):
    torch.manual_seed(2)
    net, t = FCN(), torch.linspace(0, 1, 50)
    return net, minimise(net.parameters(), lambda: conditions(net) + 1e-4 * residual(net, t, m, mu, k).square().mean(), epochs)


def identify(t, u, m=1.0, k=100.0, epochs=500):
    torch.manual_seed(2)
    net, s, mu = FCN(), torch.linspace(0, 1, 50), torch.tensor(1.5, requires_grad=True)
    losses = minimise([*net.parameters(), mu],
                      lambda: (net(t) - u).square().mean() + 1e-4 * residual(net, s, m, mu, k).square().mean(), epochs)
    return net, mu, losses


def main():
    t = torch.linspace(0, 1, 200)[:, None]
    obs = t[t[:, 0] < .36][::5]
    nets = {"regression": train_regression_pure(obs, exact_solution(obs))[0], "PINN": train_pinn()[0]}
    plt.plot(t, exact_solution(t), label="exact")
    plt.plot(obs, exact_solution(obs), ".", label="data")
    for name, net in nets.items():
        plt.plot(t, net(t).detach(), label=name)
    plt.legend()
    plt.savefig("all.png")
    noisy = exact_solution(t, mu=3.) + .01 * torch.randn(200, 1)
    print(identify(t, noisy)[1].item())


if __name__ == "__main__":
    main()
