"""Changes of many figures at once are those that each figure has by itself, and the firms are read once for all."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.change.figures import changes
from survey.methods.change.in_common import Respondents
from survey.methods.change.wave import NOTHING, Overlap
from survey.methods.estimates.statistics import IndexStatistic, NumericStatistic
from survey.methods.estimates.variance import unit_scores
from survey.methods.extract import Extract
from survey.methods.moments.index import Linear, linearised, skipping_variance
from survey.methods.tables.filtering import Filter
from tests.methods import scale_statistics
from tests.methods.joint_covariance import standard_error
from tests.methods.surveys import SCALE, random_extract

SHARES = [scale_statistics.top2(item, SCALE) for item in ("q0", "q1", "q2")]
ASKED: list[Linear] = [
    *SHARES,
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="staff", name="ratio", denominator="revenue"),
    IndexStatistic(item="index", name="index", parts=((SHARES[0], 0.5), (SHARES[1], -0.5))),
]
BOTH = Overlap(np.arange(0, 300), np.arange(40, 340))
SURVEYS: list[dict[str, Any]] = [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}]


def wave(seed: int, domain: Any, **survey: Any) -> Filter:
    extract = random_extract(seed, **survey)
    return Filter(extract=replace(extract, skipped={"q0": extract.items["q0"].codes == -1}), domain=domain)


def alone(later: Filter, earlier: Filter, asked: Linear) -> tuple[float, float]:
    """Change and standard error of one figure by the definition, from the scores of all firms."""
    sides = [(one.extract, linearised(one.extract, asked, one.inside)) for one in (later, earlier)]
    apart = sum(standard_error(extract.design, linear) ** 2 for extract, linear in sides)
    apart += sum(skipping_variance(one.extract, asked, one.inside) for one in (later, earlier))
    u, v = (deviations(extract, linear.score) for extract, linear in sides)
    both = BOTH.pairs(*(Respondents(design=one.extract.design, inside=one.inside) for one in (later, earlier)))
    together = apart - 2 * both.part @ (u[BOTH.later] * v[BOTH.earlier])
    se = float(np.sqrt(together if together > NOTHING * apart else apart))
    return sides[0][1].estimate - sides[1][1].estimate, se


def deviations(extract: Extract, score: Any) -> Any:
    u = unit_scores(extract.design, score[:, None])[:, 0]
    if extract.calibration is not None:
        u = u * np.sqrt(extract.calibration.inflation)
    means = np.bincount(extract.stratum, u) / extract.design.units
    return u - means[extract.stratum]


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("domain", [(), (("industry", "b"),)])
def test_changes_of_all_figures_are_those_of_each(survey: Any, domain: Any) -> None:
    later, earlier = wave(1, domain, **survey), wave(2, domain, **survey)
    found = changes(later, earlier, [(one, one) for one in ASKED], BOTH)
    expected = [alone(later, earlier, one) for one in ASKED]
    assert [number for one in found if one for number in (one.estimate, one.se)] == pytest.approx(
        [number for pair in expected for number in pair], rel=1e-10
    )


def test_firms_in_both_waves_are_those_that_gave_both_figures() -> None:
    later, earlier = wave(1, (("size", "s"),)), wave(2, (("size", "s"),))
    inside = [linearised(one.extract, SHARES[1], one.inside).inside for one in (later, earlier)]
    (found,) = changes(later, earlier, [(SHARES[1], SHARES[1])], BOTH)
    assert found is not None
    assert found.both == int((inside[0][BOTH.later] & inside[1][BOTH.earlier]).sum())


def test_figure_that_nobody_gave_has_no_change() -> None:
    later, earlier = wave(1, ()), wave(2, ())
    nobody = {**later.extract.values, "revenue": np.full(later.extract.rows, np.nan)}
    later = replace(later, extract=replace(later.extract, values=nobody))
    mean = NumericStatistic(item="revenue", name="mean")
    assert changes(later, earlier, [(mean, mean), (SHARES[0], SHARES[0])], BOTH)[0] is None
