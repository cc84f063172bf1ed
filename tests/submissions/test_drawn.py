"""What a program adds where it stands is the function that it might have been."""

from __future__ import annotations

import numpy as np
import pytest

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.submission import Submission

OURS = assignment.load("mu4in811")
START = "import numpy as np\nfrom numpy.random import randn\nrng = np.random.default_rng(0)\nsigma = 0.3\n"


def noise(program: str) -> Bound | None:
    """What stands for add_noise."""
    return bind(Submission("someone", {"bruit.py": (START + program).encode()}), OURS).names["add_noise"]


@pytest.mark.parametrize(
    ("program", "deviation"),
    [
        ("noisy = X + 0.4 * np.random.normal(0, 1, size=X.shape)", 2),
        ("noisy = np.random.normal(0, 0.4, X.shape) + X", 2),
        ("noisy = np.clip(X.copy() + rng.normal(scale=sigma, size=X.shape), 0, 1)", 2),
        ("bruit = np.random.randn(*X.shape) * sigma\nfit(net, X + bruit, X)", 2),
        ("for s in (0.1, 0.2):\n    noisy = X + s * randn(*X.shape)", 2),
        ("def debruiter(net, images, s):\n    return net(images + s * rng.standard_normal(images.shape))", 2),
        ("noisy = X + np.random.normal(0, np.sqrt(sigma), X.shape)", 2**0.5),
        ("noisy = X + 3 * np.random.normal(0, sigma, X.shape)", 2),
        ("noisy = X + randn(*X.shape)", 2),
        ("noisy = X.copy()\nnoisy += sigma * np.random.randn(*noisy.shape)", 2),
        ("noisy = np.array(X, dtype=float)\nnoisy += 0.3 * np.random.randn(*X.shape)", 2),
        ("noisy = X.copy()\nfor i in range(len(X)):\n    noisy[i] += sigma * randn(*noisy[i].shape)", 2),
        ("noisy = X.copy()\nfor k in range(len(X)):\n    noisy[k] += np.random.normal(0, 0.3, X.shape[1:])", 2),
        ("bruit = np.zeros(X.shape)\nfor i in range(len(X)):\n    bruit[i] = X[i] + sigma * randn(X.shape[1])", 2),
        ("noisy = []\nfor im in X:\n    im = im.copy()\n    im += 0.2 * randn(*im.shape)\n    noisy.append(im)", 2),
        ("noisy = [im + sigma * np.random.randn(*im.shape) for im in X]", 2),
    ],
)
def test_noise_is_found_where_it_is_added(program: str, deviation: float) -> None:
    found = noise(program)
    assert found is not None
    assert found.how == "done in a program"
    there: dict[str, object] = {}
    exec(START + found.lifted, there)  # noqa: S102  # as the sandbox does
    made = there[found.definition.name](np.ones((200, 300)), 2.0)  # type: ignore[operator]  # it is the function
    assert abs(made.std() - deviation) < 0.05 * deviation


@pytest.mark.parametrize(
    "program",
    [
        "noisy_y = 3 * X + randn(*X.shape)",
        "y = y + 0.1 * randn(*y.shape)",
        "noisy = X + 0.1 * randn(100, 1)",
        "noisy = X.copy()\nnoisy -= 0.1 * randn(*noisy.shape)",
        "bruit = 0\nfor w in poids:\n    bruit += 0.1 * rng.normal(size=w.shape)",
        "for i in range(9):\n    noisy_y[i] += sigma * randn(*noisy_y[i].shape)",
        "noisy = X + a * b * randn(*X.shape)",
        "noisy = X + 0.1 * np.random.rand(*X.shape)",
        "def bruit(X, gen, s):\n    return X + s * gen.normal(size=X.shape) * gen.weight",
    ],
)
def test_other_sums_are_not_taken_for_it(program: str) -> None:
    found = noise(program)
    assert found is None or found.how != "done in a program"
