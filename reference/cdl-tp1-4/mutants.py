"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

DECAY = "    decay = mu / (2 * m)\n"
PHASE = "    phase = torch.atan(torch.tensor(-decay / frequency))\n"
EXACT = "    return torch.exp(-decay * t) * torch.cos(frequency * t + phase) / torch.cos(phase)\n"
DEEPER = "        for _ in range(depth - 1):\n            layers += [nn.Linear(hidden_dim, hidden_dim), nn.Tanh()]\n"
FIRST = "        layers = [nn.Linear(input_dim, hidden_dim), nn.Tanh()]\n"
LAST = "        layers.append(nn.Linear(hidden_dim, output_dim))\n"
FITTED = "lambda: torch.mean((model(t) - u) ** 2), epochs, lr)"
FITS = f"    losses = minimise(list(model.parameters()), {FITTED}\n"
REGRESSION = "    torch.manual_seed(0)\n    model = FCN()\n"
FIRST_DERIVATIVE = "    du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]\n    d2u"
SECOND_DERIVATIVE = "    d2u = torch.autograd.grad(du, t, torch.ones_like(du), create_graph=True)[0]\n"
FIRST_AGAIN = "    d2u = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]\n"
RESIDUAL = "    return m * d2u + mu * du + k * u\n"
START = "    return torch.mean((u - 1) ** 2) + 0.1 * torch.mean(du**2)\n"
EQUATION = "        return initial_loss(model) + 1e-4 * torch.mean(residual(model, t, m, mu, k) ** 2)\n"
SOLVED = "    losses = minimise(list(model.parameters()), compute_loss, epochs, lr)\n    return model, losses\n"
LEARNED = "    losses = minimise([*model.parameters(), mu], compute_loss, epochs, lr)\n"
ESTIMATED = "    return model, mu.item(), losses\n"
WINDOW = "    t_seen = torch.linspace(0, 0.36, 15).reshape(-1, 1)\n"
PRINTED = "hors de la fenêtre : {100 * error:.0f} %, "
LEAK = " + torch.mean((model(t) - exact_solution(t, m, mu, k)) ** 2)\n"
LAST_LOSS = "    losses = losses[-1:]\n"
DRAWN = '    ax.plot(t, by_data, "--", label="régression pure")\n'
NEVER_MOVES = "not-in-the-optimizer|never-moves"


def exact(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A wrong solution, which is drawn as the exact one as well."""
    return Mutant(name, {"physics.exact": diagnosis}, edits)


def residual(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the residual alone."""
    return Mutant(name, {"pinn.residual": diagnosis}, edits)


def inverse(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the identification alone."""
    return Mutant(name, {"inverse.parameter": diagnosis}, edits)


def constants(m: str = "1.0", mu: str = "2.0", k: str = "100.0") -> str:
    """The first lines of a solution that does not look at some of its constants."""
    return f"    m, mu, k = {m}, {mu}, {k}\n"


QUESTION_1 = (
    exact("phase missing", "initial-speed", (PHASE, "    phase = torch.tensor(0.0)\n")),
    exact("default constants only", "defaults-only", (DECAY, constants() + DECAY)),
    Mutant(
        "width and depth are fixed",
        {"network.fcn": "fixed-size"},
        ((FIRST, "        input_dim, hidden_dim, depth, output_dim = 1, 24, 2, 1\n" + FIRST),),
    ),
    Mutant("one layer too many", {"network.fcn": "wrong-depth"}, (("range(depth - 1)", "range(depth)"),)),
    Mutant(
        "not tanh",
        {"network.fcn": "not-tanh"},
        ((FIRST, FIRST.replace("Tanh", "GELU")), (DEEPER, DEEPER.replace("Tanh", "GELU"))),
    ),
    Mutant(
        "linear stack",
        {"network.fcn": "linear-stack"},
        ((DEEPER, DEEPER.replace("nn.Tanh()", "*([nn.Tanh()] if depth < 3 else [])")),),
    ),
)
QUESTION_2 = (
    Mutant(
        "an untrained network comes back",
        {"regression.fits": "does-not-fit"},
        ((FITS, FITS + "    model = FCN()\n"),),
    ),
    Mutant(
        "n by n",
        {"regression.fits": "constant-answer|does-not-fit"},
        ((FITTED, "lambda: torch.mean((model(t) - u.flatten()) ** 2), epochs, lr)"),),
    ),
    Mutant(
        "trained on the whole range",
        {"regression.extrapolation": "not-shown"},
        ((WINDOW, WINDOW.replace("0.36", "1")), ("beyond = t > 0.36", "beyond = t > 0.9")),
    ),
    Mutant(
        "regression is not shown",
        {"regression.extrapolation": "not-shown"},
        (
            (DRAWN, ""),
            (PRINTED, ""),
        ),
    ),
)
QUESTION_3 = (
    residual("mu is forgotten", "mu-missing", (RESIDUAL, "    return m * d2u + k * u\n")),
    residual("first derivative twice", "first-derivative-twice", (SECOND_DERIVATIVE, FIRST_AGAIN)),
    residual(
        "constants in the residual", "constants-written-into-it", (RESIDUAL, "    return d2u + 2.0 * du + 100.0 * u\n")
    ),
    residual("mean too early", "mean-too-early", (RESIDUAL, "    return (m * d2u + mu * du + k * u).mean()\n")),
    residual(
        "second derivative without a graph",
        "create-graph-missing",
        (SECOND_DERIVATIVE, SECOND_DERIVATIVE.replace(", create_graph=True", ", retain_graph=True")),
    ),
    residual(
        "second derivative uses the graph up",
        "create-graph-missing",
        (SECOND_DERIVATIVE, "    d2u = torch.autograd.grad(du.sum(), t)[0]\n"),
    ),
    Mutant(
        "first derivative without a graph",
        # It ends the program before anything is drawn; what that would show is seen with a residual of ours.
        {"pinn.residual": "create-graph-missing"},
        ((FIRST_DERIVATIVE, FIRST_DERIVATIVE.replace(", create_graph=True", "")),),
    ),
    Mutant(
        "detached",
        {"pinn.residual": "not-differentiable"},
        ((RESIDUAL, "    return (m * d2u + mu * du + k * u).detach().requires_grad_()\n"),),
    ),
    Mutant(
        "speed at 0 is forgotten",
        {"pinn.conditions": "initial-speed-missing"},
        ((START, "    return torch.mean((u - 1) ** 2)\n"),),
    ),
    # Observations bring the speed with them; it is in no loss all the same.
    Mutant(
        "speed at 0 is forgotten beside observations",
        {"pinn.conditions": "initial-speed-missing"},
        (
            (START, "    return torch.mean((u - 1) ** 2)\n"),
            ("def train_pinn(m=1.0,", "def train_pinn(t, u, m=1.0,"),
            (
                "    t = torch.linspace(0, 1, 40).reshape(-1, 1)\n",
                "    every = torch.linspace(0, 1, 40).reshape(-1, 1)\n",
            ),
            (EQUATION, EQUATION.replace("(model, t,", "(model, every,")[:-1] + " + torch.mean((model(t) - u) ** 2)\n"),
            ("    pinn, _ = train_pinn()\n", "    pinn, _ = train_pinn(t_seen, u_seen)\n"),
            (
                "    model, losses = train_pinn()\n",
                "    seen = torch.linspace(0, 0.36, 15).reshape(-1, 1)\n"
                "    model, losses = train_pinn(seen, exact_solution(seen))\n",
            ),
        ),
    ),
    Mutant(
        "no conditions",
        {"pinn.conditions": "initial-value-missing", "pinn.solves": "zero-solution"},
        ((EQUATION, EQUATION.replace("initial_loss(model) + ", "")),),
    ),
    Mutant(
        "one value of the solution in the loss",
        {"pinn.solves": "solution-in-the-loss"},
        ((EQUATION, EQUATION[:-1] + " + (model(t[-1:]) - exact_solution(t[-1:], m, mu, k)).square().mean()\n"),),
    ),
    Mutant("solution in the loss", {"pinn.solves": "solution-in-the-loss"}, ((EQUATION, EQUATION[:-1] + LEAK),)),
    Mutant(
        "no equation in the loss",
        {"pinn.solves": "does-not-solve"},
        ((EQUATION, "        return initial_loss(model)\n"),),
    ),
)
QUESTION_4 = (
    inverse(
        "mu is a constant",
        "constant|not-in-the-optimizer",
        (ESTIMATED, "    return model, 2.0, losses\n"),
        (LEARNED, LEARNED.replace("[*model.parameters(), mu]", "list(model.parameters())")),
    ),
    inverse(
        "mu is not in the optimizer",
        NEVER_MOVES,
        (LEARNED, LEARNED.replace("[*model.parameters(), mu]", "list(model.parameters())")),
    ),
    inverse(
        "mu is not in the residual",
        NEVER_MOVES,
        ("residual(model, t_physics, m, mu, k)", "residual(model, t_physics, m, 2.0, k)"),
    ),
    inverse("half of mu", "half", (ESTIMATED, "    return model, mu.item() / 2, losses\n")),
    inverse("too few steps", "too-far", (LEARNED, LEARNED.replace("epochs, lr", "5, lr"))),
)
QUESTION_5 = (
    Mutant(
        "losses are not kept",
        {"losses.journal": "no-journal"},
        ((FITS, FITS + LAST_LOSS), (SOLVED, SOLVED.replace("    return", LAST_LOSS + "    return"))),
    ),
    Mutant("losses that do not fall", {"losses.journal": "does-not-fall"}, (("append(loss.item())", "append(1.0)"),)),
    Mutant(
        "observations are not drawn",
        {"figure.comparison": "no-observations"},
        (
            ('    ax.plot(t_seen, u_seen, "o", label="observations")\n', ""),
            ('    ax.plot(t, u, ".", label="observations bruitées")\n', ""),
        ),
    ),
    Mutant(
        "curves without names",
        {"figure.comparison": "no-legend"},
        (
            ('label="régression pure"', 'label=""'),
            ('label="observations")', 'label="")'),
            (
                'label="PINN")\n    ax.set(xlabel="t", ylabel="u(t)", title',
                'label="")\n    ax.set(xlabel="t", ylabel="u(t)", title',
            ),
        ),
    ),
)
MUTANTS = (*QUESTION_1, *QUESTION_2, *QUESTION_3, *QUESTION_4, *QUESTION_5)
