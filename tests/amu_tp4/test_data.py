"""The hidden data separates what must be told apart: over many seeds, without student code."""

from __future__ import annotations

import gzip
import itertools

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from graders import assignment
from graders.suite.loading import hidden_suite, published

hidden_suite(assignment.load("amu-tp4"))
data = published("amu-tp4", "data")


@pytest.fixture(scope="module")
def digits() -> object:
    """The module that asks for the percentage."""
    import hidden_amu_tp4.digits as module  # type: ignore[import-not-found]  # loaded by its path

    return module


def test_every_mistake_gives_another_percentage(digits) -> None:
    for seed in range(300):
        given = digits.asked(np.random.default_rng(seed))
        right = float(np.mean(given.predicted == given.y))
        values = {"right": right} | {name: formula(given) for name, (formula, _) in digits.MISTAKES.items()}
        for (one, first), (other, second) in itertools.combinations(values.items(), 2):
            both = [(first, second), (100 * first, 100 * second), (first, 100 * second), (100 * first, second)]
            assert not any(digits._close(a, b) for a, b in both), (seed, one, other)


def test_digits_of_one_set_are_in_no_other() -> None:
    first, second = data.digit_sets(np.random.default_rng(1), 200, 100)
    assert first[0].shape == (200, 28, 28)
    assert {*range(10)} == {*first[1].tolist()} == {*second[1].tolist()}


def test_a_linear_model_does_not_see_cracks() -> None:
    """Logistic regression on the pixels stays under 0.80 (measured over ten seeds: 0.55 to 0.68), as any threshold on the mean
    does, where a network of three convolutions reaches 0.95 and more."""
    for seed in range(2):
        images, labels = data.walls(np.random.default_rng(seed), 260)
        pixels = np.stack([one.mean(2)[3::7, 3::7].reshape(-1) / 127.5 - 1 for one in images])
        model = LogisticRegression(C=0.1, max_iter=300).fit(pixels[:160], labels[:160])
        assert model.score(pixels[160:], labels[160:]) < 0.8
        means = pixels.mean(1)
        assert max(max(np.mean((means < one) == labels), np.mean((means > one) == labels)) for one in means) < 0.8


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_true_digits_are_drawn_where_their_files_are(tmp_path, monkeypatch, ending) -> None:
    rng = np.random.default_rng(0)
    for kind, size in (("train", 30), ("t10k", 20)):
        images, labels = rng.integers(0, 256, (size, 28, 28)).astype(np.uint8), np.arange(size, dtype=np.uint8)
        for part, values in (("images-idx3", images), ("labels-idx1", labels)):
            content = gzip.compress(data.idx(values)) if ending else data.idx(values)
            (tmp_path / f"{kind}-{part}-ubyte{ending}").write_bytes(content)
    monkeypatch.setattr(data, "TRUE", tmp_path)
    (images, labels), (_, others) = data.true_digits(rng, 12, 5)
    assert images.shape == (12, 28, 28)
    assert (len(labels), len(others), others.max() < 20) == (12, 5, True)


def test_a_file_of_mnist_lies_there_as_it_is_and_compressed() -> None:
    files = data.given(1)
    names = [name for name in files if name.endswith("-ubyte")]
    assert len(names) == 4
    assert all(gzip.decompress(files[f"{name}.gz"]) == files[name] for name in names)


def test_the_same_seed_gives_the_same_files() -> None:
    one, other = data.given(3), data.given(3)
    assert one == other
    assert len([name for name in one if name.endswith(".jpg")]) == 2 * data.WALLS
    assert one != data.given(4)
