import numpy as np

from survey.methods.certificate.amount_figures import in_steps
from survey.methods.certificate.amount_numbers import columns_of_amounts
from survey.methods.estimates.economy import size_share_of
from survey.methods.estimates.statistics import NumericStatistic, QuantileStatistic, share_of
from tests.methods.certificate.amounts_told import counted, read, wave_of
from tests.methods.certificate.wave_and_question import rng

VALUES = np.round(rng().uniform(50, 60, 120), 1)


def test_columns_of_a_figure_are_those_that_it_is_made_of() -> None:
    share = share_of("a", ["1"], ["1", "2"])
    ratio = NumericStatistic(item="x", name="ratio", denominator="y")
    assert [columns_of_amounts(one) for one in (ratio, QuantileStatistic("x"), share, size_share_of(share, "x"))] == [
        ("x", "y"),
        ("x",),
        (),
        (),
    ]


def test_everything_that_is_told_is_what_was_answered() -> None:
    amounts, told, _levels = read(wave_of(VALUES))
    numbers = amounts.numbers(list(told.asked.values()), counted(VALUES[None, :]))
    assert told.untold == 0
    assert all(one.holds(numbers[one.asked.key]).all() for one in told.told)
    assert {one.asked.name for one in told.told} == {"mean", "median", "total"}


def test_figure_that_is_rounded_to_another_step_is_told_otherwise() -> None:
    amounts, told, _levels = read(wave_of(VALUES))
    everybody = amounts.clearing.cube.number[()]
    mean = next(one for one in told.told if one.asked.name == "mean" and one.domain == everybody)
    here, beyond = VALUES, VALUES + mean.step
    numbers = amounts.numbers([mean.asked], counted(np.stack([here, beyond])))[mean.asked.key]
    assert mean.holds(numbers).tolist() == [True, False]
    assert in_steps(numbers.estimate[:, everybody], mean.step).tolist() == [mean.place, mean.place + 1]


def test_error_of_another_size_is_told_otherwise_though_the_figure_stays() -> None:
    amounts, told, _levels = read(wave_of(VALUES))
    everybody = amounts.clearing.cube.number[()]
    mean = next(one for one in told.told if one.asked.name == "mean" and one.domain == everybody)
    apart = VALUES.mean() + 20 * (VALUES - VALUES.mean())
    assert mean.holds(amounts.numbers([mean.asked], counted(apart[None, :]))[mean.asked.key]).tolist() == [False]


def test_a_world_in_which_one_firm_dominates_is_decided_otherwise() -> None:
    amounts, _told, _levels = read(wave_of(VALUES, weight=1.0))
    heavy = VALUES.copy()
    heavy[0] = 100_000.0
    assert amounts.dominance(["revenue"]).alike({"revenue": np.stack([VALUES, heavy])}).tolist() == [True, False]
