from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from graders.laws import initialization as laws
from graders.laws.distributions import Constant, Floats, Normal, Uniform
from graders.laws.initialization import Law, Shape
from graders.laws.weights import ALPHA, Layer, explain_law, follows, pool

READINGS: Mapping[str, Law] = {"": laws.xavier_uniform(), "gain √2": laws.xavier_uniform(2**0.5)}
MISTAKES: Mapping[str, Law] = {
    "xavier normal": laws.xavier_normal(),
    "kaiming uniform, in": laws.kaiming_uniform(),
    "kaiming uniform, out": laws.kaiming_uniform("out"),
    "kaiming normal, in": laws.kaiming_normal(),
    "kaiming normal, out": laws.kaiming_normal("out"),
    "pytorch default": laws.pytorch_default(),
    "1 over fan_out": laws.one_fan_uniform(1, "out"),
    "3 over fan_in": laws.one_fan_uniform(3),
    "3 over fan_out": laws.one_fan_uniform(3, "out"),
    "lecun normal": laws.one_fan_normal(1),
    "no root": laws.xavier_without_root(),
    "std as bound": laws.xavier_std_as_bound(),
    "one-sided": laws.xavier_one_sided(),
    "U(0, 1)": laws.uniform(0, 1),
    "constant": laws.constant(),
} | {f"N(0, {std}²)": laws.normal(std) for std in laws.NORMALS}
BIASES: Mapping[str, Law] = {
    "zero": laws.zero(),
    "alone": laws.xavier_bias_alone(),
    "bound of the weight": laws.xavier_uniform(),
    "small constant": laws.small_constant(),
    "pytorch default": laws.pytorch_default(),
}
ARCHITECTURES = ((120, 64, 48, 32, 1), (97, 128, 64, 16, 1), (384, 256, 128, 64, 1))
# Few numbers a layer: what these tell apart, larger networks do.
SMALL = (48, 24, 12, 6, 1)
SEEDS, MOST = 24, 2000
NETWORKS = 300


def shapes(sizes: Sequence[int]) -> list[Shape]:
    return list(zip(sizes[1:], sizes, strict=False))


def draw(law: Law, shape: Shape, n: int, rng: np.random.Generator) -> Floats:
    match law(shape):
        case Uniform(low, high):
            return rng.uniform(low, high, n).astype(np.float32)
        case Normal(std):
            return rng.normal(0, std, n).astype(np.float32)
        case Constant(low, high):
            return np.full(n, np.clip(0.01, low, high), np.float32)
    raise AssertionError


def weights(law: Law, sizes: Sequence[int], rng: np.random.Generator) -> list[Layer]:
    return [Layer(shape, draw(law, shape, min(MOST, SEEDS * shape[0] * shape[1]), rng)) for shape in shapes(sizes)]


def biases(law: Law, sizes: Sequence[int], rng: np.random.Generator) -> list[Layer]:
    return [Layer(shape, draw(law, shape, SEEDS * shape[0], rng)) for shape in shapes(sizes)]


@pytest.mark.parametrize("sizes", ARCHITECTURES)
def test_weights_are_explained_by_their_own_law_and_no_other(sizes: tuple[int, ...]) -> None:
    rng, everything = np.random.default_rng(sizes), {**READINGS, **MISTAKES}
    for number in range(NETWORKS):
        own = list(everything)[number % len(everything)]
        layers = weights(everything[own], sizes, rng)
        assert explain_law(layers, READINGS, MISTAKES) == own
        assert [name for name, law in everything.items() if explain_law(layers, {name: law}, {}) is not None] == [own]


def test_no_bias_of_pytorch_is_taken_for_xavier_nor_the_other_way_round() -> None:
    """10 000 networks each way, the last layer of which has 24 biases in all."""
    rng, default = np.random.default_rng(2), {"pytorch default": BIASES["pytorch default"]}
    rivals = {name: law for name, law in BIASES.items() if name not in default}
    drawn = [rivals["alone"], rivals["bound of the weight"]]
    for number in range(10_000):
        assert explain_law(biases(laws.pytorch_default(), SMALL, rng), rivals, {}) is None
        assert explain_law(biases(drawn[number % 2], SMALL, rng), default, {}) is None


@pytest.mark.parametrize("sizes", ARCHITECTURES)
def test_biases_are_explained_by_their_own_law_and_no_other(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(sizes)
    for number in range(NETWORKS):
        own = list(BIASES)[number % len(BIASES)]
        layers = biases(BIASES[own], sizes, rng)
        assert explain_law(layers, BIASES, {}) == own
        rivals = {name: law for name, law in BIASES.items() if name not in {own, "small constant"}}
        assert explain_law(layers, rivals, {}) is None


def test_a_tiny_layer_is_enough_for_uniform_laws() -> None:
    rng, shape = np.random.default_rng(0), (2, 8)
    rivals = {name: law for name, law in MISTAKES.items() if not isinstance(law(shape), Constant)}
    for number in range(NETWORKS):
        own = list(rivals)[number % len(rivals)] if number % 2 else list(READINGS)[number % 4 // 2]
        law = {**READINGS, **MISTAKES}[own]
        found = explain_law([Layer(shape, draw(law, shape, 16 * SEEDS, rng))], READINGS, MISTAKES)
        assert found == own or (isinstance(law(shape), Normal) and "ormal" in str(found))


def test_square_layers_cannot_tell_gain_root_2_from_kaiming_and_the_reading_wins() -> None:
    rng = np.random.default_rng(0)
    square = [Layer((64, 64), draw(laws.kaiming_uniform(), (64, 64), 2000, rng))]
    assert explain_law(square, READINGS, MISTAKES) == "gain √2"
    other = Layer((32, 64), draw(laws.kaiming_uniform(), (32, 64), 2000, rng))
    assert explain_law([*square, other], READINGS, MISTAKES) == "kaiming uniform, in"


def test_one_layer_of_another_law_leaves_the_network_unexplained() -> None:
    rng = np.random.default_rng(0)
    layers = weights(laws.xavier_uniform(), ARCHITECTURES[0], rng)
    layers[2] = weights(laws.pytorch_default(), ARCHITECTURES[0], rng)[2]
    assert explain_law(layers, READINGS, MISTAKES) is None


def test_networks_that_are_drawn_again_and_again_from_one_seed_are_still_explained() -> None:
    rng, shape = np.random.default_rng(0), (64, 120)
    once = draw(laws.xavier_uniform(), shape, 64 * 120, rng).reshape(shape)
    layer = pool(shape, [once] * SEEDS)
    assert len(np.unique(layer.values)) == len(layer.values) == 2000
    assert explain_law([layer], READINGS, MISTAKES) == ""


@pytest.mark.parametrize("name", READINGS)
def test_right_networks_are_refused_less_often_than_promised(name: str) -> None:
    """By each reading, of all layers together: 10 000 networks, at a rate that so many of them can show."""
    rng, alpha, networks = np.random.default_rng(0), 0.01, 10_000
    law = {name: READINGS[name]}
    drawn = (weights(READINGS[name], SMALL, rng) for _ in range(networks))
    assert sum(explain_law(layers, law, {}, alpha=alpha) is None for layers in drawn) / networks <= alpha


def test_no_mistake_is_taken_for_a_right_law() -> None:
    """10 000 networks by the laws of the mistakes, at the rate that is used."""
    rng, wrong = np.random.default_rng(1), list(MISTAKES.values())
    for number in range(10_000):
        assert explain_law(weights(wrong[number % len(wrong)], SMALL, rng), READINGS, {}) is None


def test_the_default_rate_is_below_one_in_a_million() -> None:
    assert ALPHA < 1e-6


def test_nothing_and_nan_follow_no_law() -> None:
    assert not follows(np.array([]), laws.zero(), (2, 2))
    assert not follows(np.array([0.0, np.nan]), laws.xavier_uniform(), (2, 2))
    assert explain_law([], READINGS, MISTAKES) is None
    assert explain_law([Layer((2, 2), np.zeros(4))], {}, {}) is None
    assert follows(np.zeros(4), laws.zero(), (2, 2))
