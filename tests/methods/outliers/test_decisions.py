"""Values weighed down by decision, worked by hand."""

from dataclasses import replace

import numpy as np

from survey.methods.extract import Extract
from survey.methods.outliers.decisions import cutoff_name, effect_of, with_decisions

EXTRACT = Extract(
    stratum=np.zeros(4, int),
    strata=("h",),
    weight=np.array([4.0, 4.0, 1.0, 4.0]),
    values={"spend": np.array([100.0, 10.0, 500.0, np.nan])},
)


def decided(*cutoffs: float) -> Extract:
    return replace(EXTRACT, values={**EXTRACT.values, cutoff_name("spend"): np.array(cutoffs)})


def test_value_above_its_cutoff_counts_in_full_for_itself_only() -> None:
    """100 / 4 + 3/4 x 20 = 40; the total of 940 loses 4 x 60."""
    made, effects = with_decisions(decided(20, np.nan, np.nan, np.nan))
    assert made.values["spend"][:3].tolist() == [40, 10, 500]
    assert (effects["spend"].cut, effects["spend"].total) == (1, -240)
    assert effects["spend"].mean == -240 / 9
    assert effects["spend"].relative == -240 / 940


def test_value_below_its_cutoff_and_firm_of_weight_one_stay() -> None:
    made, effects = with_decisions(decided(np.nan, 20, 20, 20))
    assert made.values["spend"][:3].tolist() == [100, 10, 500]
    assert effects["spend"].cut == 0


def test_without_decisions_nothing_changes() -> None:
    assert with_decisions(EXTRACT) == (EXTRACT, {})


def test_item_that_nobody_answered_has_no_mean_to_move() -> None:
    nobody = np.array([np.nan, np.nan])
    assert np.isnan(effect_of(nobody, nobody, np.ones(2)).mean)
