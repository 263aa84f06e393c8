import numpy as np

from survey.methods.certificate.amount_check import WorldCheck
from tests.methods.certificate.amounts_told import read, wave_of

VALUES = np.full(120, 10.0)


def check() -> WorldCheck:
    values = VALUES.copy()
    # One firm of the first group has nearly all that it has, so that its total is withheld.
    values[0] = 5000.0
    amounts, told, _levels = read(wave_of(values, weight=1.0))
    return WorldCheck(amounts, [told])


def test_truth_alone_leaves_every_withheld_figure_closed() -> None:
    found = check()
    truth = found.amounts.prepared.extract.values["revenue"]
    assert found.alike({"revenue": truth[None, :]}).tolist() == [True]
    assert len(found.told[0].withheld) > 0
    assert found.narrow("revenue") == list(found.told[0].withheld)


def test_a_world_that_is_told_otherwise_opens_nothing() -> None:
    found = check()
    truth = found.amounts.prepared.extract.values["revenue"]
    found.alike({"revenue": truth[None, :]})
    assert found.alike({"revenue": 2 * truth[None, :]}).tolist() == [False]
    assert found.narrow("revenue") == list(found.told[0].withheld)


def test_withheld_figures_are_open_by_how_far_they_lie_apart_in_worlds_that_hold() -> None:
    found = check()
    found.low[:], found.high[:] = 0.0, [one.keeps for one in found.told[0].withheld]
    assert found.narrow("revenue") == []
    found.high[0] /= 2
    assert found.narrow("revenue") == [found.told[0].withheld[0]]
