import numpy as np

from graders.laws.weights import layers_equal, pool


def test_pooling_takes_evenly_from_every_draw_and_all_of_a_small_one() -> None:
    draws = [np.arange(100.0) + 1000 * seed for seed in range(4)]
    layer = pool((10, 10), draws, most=40)
    assert layer.shape == (10, 10)
    assert [(layer.values // 1000 == seed).sum() for seed in range(4)] == [10] * 4
    assert layer.values[:3].tolist() == [0, 10, 20]
    assert len(pool((10, 10), draws).values) == 400
    assert len(pool((1, 1), []).values) == len(pool((1, 1), [np.empty((0, 3))]).values) == 0


def test_layers_of_one_seed_are_found_whatever_their_scales() -> None:
    rng = np.random.default_rng(0)
    numbers = rng.uniform(-1, 1, 500)
    samples = [rng.uniform(-0.3, 0.3, 400), numbers[:300] * 0.2, rng.normal(0, 1, 40), numbers[:32] * 0.7]
    assert layers_equal([sample.astype(np.float32) for sample in samples]) == (1, 3)
    assert layers_equal(samples[:3]) is None


def test_constant_and_very_short_layers_show_no_common_seed() -> None:
    numbers = np.random.default_rng(0).uniform(-1, 1, 500)
    assert layers_equal([np.zeros(64), np.zeros(32), np.full(64, 0.1), np.full(64, 0.2)]) is None
    assert layers_equal([numbers[:4], numbers[:4]]) is None
    assert layers_equal([]) is None
