import numpy as np
import pytest

from survey.methods.errors import OutOfRange
from survey.methods.outliers.influence import influential, jumped
from survey.methods.outliers.winsorising import best_limit, winsorise
from tests.methods.made_design import make_design

DESIGN = make_design([10.0, 10, 10, 10, 1, 1], stratum=list("aaaabb"), population=[40.0] * 4 + [2.0] * 2)
MONEY = np.array([1.0, 2, 3, 40, 500, 600])


def test_influential_values_are_listed_with_what_they_are_against_the_rest() -> None:
    found = influential(DESIGN, MONEY, share=0.3)
    # 10 + 20 + 30 + 400 + 500 + 600 = 1560
    assert [one.row for one in found] == [5, 4]
    assert (found[0].share, found[0].against_rest) == (600 / 1560, 600 / 960)
    assert found[0].moves_mean == pytest.approx(960 / 41 - 1560 / 42)


def test_only_value_of_a_domain_stands_against_nobody() -> None:
    (one,) = influential(DESIGN, MONEY, np.arange(6) == 4)
    assert one.against_rest == np.inf


def test_domain_without_money_has_no_influential_value() -> None:
    assert influential(DESIGN, np.zeros(6)) == ()


def test_share_of_nothing_is_refused() -> None:
    with pytest.raises(OutOfRange):
        influential(DESIGN, MONEY, share=0)


def test_firm_whose_reported_size_jumps_is_flagged() -> None:
    found = jumped(np.array([0, 0, 1, 2]), np.array([2, 1, 1, -1]), np.array([5.0, 9, 1, 1]))
    assert [(one.row, one.steps, one.weight) for one in found] == [(0, 2, 5.0), (1, 1, 9.0)]
    assert [one.row for one in jumped(np.array([0, 0]), np.array([2, 1]), np.ones(2), least_steps=2)] == [0]


def test_best_limit_solves_its_equation() -> None:
    # largest 9: L = 9/2 = 4.5; with 5 too: 14/3 = 4.67, and 2 is below it
    limit = best_limit(np.array([9.0, 5, 2, -3]))
    assert limit == pytest.approx(14 / 3)
    assert np.maximum(np.array([9.0, 5, 2]) - limit, 0).sum() == pytest.approx(limit)


def test_values_above_the_cut_off_stand_for_themselves_and_otherwise_for_it() -> None:
    found = winsorise(DESIGN, MONEY, limit=90.0)
    # mu of stratum a without its largest is 2, K = 2 + 90/9 = 12, y* = 40/10 + 0.9 x 12
    assert found.cut.tolist() == [False, False, False, True, False, False]
    assert found.value[3] == pytest.approx(14.8)
    assert found.cutoff[4] == np.inf
    assert found.taken_off == pytest.approx(252)
    effect = found.effect(DESIGN, MONEY)
    assert effect.cut == 1
    assert [effect.total, effect.mean, effect.relative] == pytest.approx([-252, -252 / 42, -252 / 1560])


def test_limit_of_least_error_is_found() -> None:
    found = winsorise(DESIGN, MONEY)
    # D = 9 (y - 2): only 342 and 9 are above 0; L = 342/2
    assert found.limit == pytest.approx(171)


def test_certainty_firms_are_never_cut() -> None:
    design = make_design([1.0, 1, 1], population=[3.0] * 3)
    assert winsorise(design, np.array([1.0, 2, 1e9])).value.tolist() == [1, 2, 1e9]


def test_missing_answers_stay_missing() -> None:
    assert np.isnan(winsorise(DESIGN, np.array([np.nan, 2, 3, 40, 500, 600])).value[0])


def test_limit_below_zero_is_refused() -> None:
    with pytest.raises(OutOfRange):
        winsorise(DESIGN, MONEY, limit=-1.0)


def test_winsorised_total_never_exceeds_the_total() -> None:
    rng = np.random.default_rng(2)
    design = make_design(rng.uniform(1, 20, 60), stratum=rng.integers(0, 4, 60).tolist())
    y = rng.lognormal(2, 1.5, 60)
    found = winsorise(design, y)
    assert (found.value <= y).all()
    assert found.taken_off == pytest.approx(float(design.weight @ (y - found.value)))
