import numpy as np

from survey.methods.certificate.adding import add_up
from tests.methods.certificate.wave_and_question import rng


def test_every_firm_adds_what_its_answer_adds_in_each_of_its_groups() -> None:
    """Two kinds of firms, three answers and none, two figures, four groups and none."""
    chance = rng()
    answers, kind = chance.integers(-1, 3, (5, 20)), chance.integers(0, 2, 20)
    place = np.stack([chance.integers(0, 2, 20), chance.integers(2, 5, 20)], axis=1)
    scale, adds = chance.random((20, 2)), chance.random((2, 4, 2))
    sums = np.zeros((5, 5, 2))
    add_up(answers, kind, place, scale, adds, sums)
    each = adds[kind[None, :], answers] * scale
    expected = [each[:, (place == domain).any(axis=1)].sum(axis=1) for domain in range(5)]
    np.testing.assert_allclose(sums, np.stack(expected, axis=1), rtol=1e-12)
