"""Moments of parts add up to the moments of all: from batches, in any order, and from separate processes."""

from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from multiprocessing import get_context
from operator import add
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import OutOfRange, UnknownColumn, WrongShape
from survey.methods.estimates import statistics
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from survey.methods.moments.cells import crossings
from survey.methods.moments.passing import moments
from survey.methods.moments.sums import Moments
from survey.methods.moments.tabulation import tables_from_moments
from tests.methods import scale_statistics
from tests.methods.surveys import SCALE, random_extract

STATISTICS: list[CodedStatistic | NumericStatistic] = [
    *statistics.shares("q0", SCALE),
    scale_statistics.likert_mean("q1", SCALE),
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="revenue", name="ratio", denominator="staff"),
]
PAIRS = [("revenue", ""), ("revenue", "staff")]
SURVEYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "adjust": {"lonely": "adjust"},
    "raking": {"calibrated": "raking"},
    "numeric": {"calibrated": "linear", "numeric": True},
}


def numbers(found: Moments) -> np.ndarray:
    rows = [row for table in tables_from_moments(found, STATISTICS) for row in table]
    return np.array([[row.estimate, row.se, row.ci_low, row.n, row.deff, row.df_domain] for row in rows])


def part_moments(argument: Any) -> Moments:
    survey, part, parts = argument
    extract = random_extract(**survey)
    return moments(extract.part(np.arange(extract.rows) % parts == part), pairs=PAIRS)


@pytest.mark.parametrize("survey", SURVEYS)
def test_moments_of_parts_add_up_to_the_whole(survey: str) -> None:
    extract = random_extract(**SURVEYS[survey])
    whole = moments(extract, pairs=PAIRS)
    parts = reduce(add, [part_moments((SURVEYS[survey], k, 3)) for k in range(3)])
    np.testing.assert_allclose(numbers(parts), numbers(whole), rtol=1e-9)


def test_moments_from_separate_processes_add_up() -> None:
    survey = SURVEYS["raking"]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(part_moments, [(survey, k, 2) for k in range(2)]))
    np.testing.assert_allclose(
        numbers(reduce(add, parts)), numbers(moments(random_extract(**survey), pairs=PAIRS)), rtol=1e-9
    )


def test_order_of_parts_does_not_matter() -> None:
    one, two = (part_moments(({}, k, 2)) for k in range(2))
    np.testing.assert_allclose(numbers(one + two), numbers(two + one), rtol=1e-10)


def test_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = random_extract()
    whole = numbers(moments(extract, pairs=PAIRS))
    monkeypatch.setattr("survey.methods.arrays.ROWS_AT_ONCE", 7)
    np.testing.assert_allclose(numbers(moments(extract, pairs=PAIRS)), whole, rtol=1e-11)


def test_number_of_passes_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = random_extract()
    whole = numbers(moments(extract, pairs=PAIRS))
    monkeypatch.setattr("survey.methods.moments.cells.MOST_CELLS", 10)
    monkeypatch.setattr("survey.methods.moments.cells.MOST_COUNTED", 10)
    sizes = [len(column.labels) for column in extract.domains.values()]
    codes = [column.codes for column in extract.domains.values()]
    assert len(list(crossings(extract.stratum, 6, None, 1, codes, sizes))) == 2
    np.testing.assert_allclose(numbers(moments(extract, pairs=PAIRS)), whole, rtol=1e-11)


def test_far_centre_keeps_the_digits() -> None:
    extract = random_extract()
    moved = random_extract()
    moved.values["revenue"][:] += 1e7
    near, far = (tables_from_moments(moments(e, pairs=PAIRS), STATISTICS[6:7])[0][0] for e in (extract, moved))
    assert far.estimate - 1e7 == pytest.approx(near.estimate, rel=1e-8)
    assert far.se == pytest.approx(near.se, rel=1e-8)


def test_strangers_do_not_add_up() -> None:
    with pytest.raises(WrongShape, match="strata"):
        moments(random_extract()) + moments(random_extract(strata=5))
    with pytest.raises(WrongShape, match="calibration"):
        moments(random_extract()) + moments(random_extract(calibrated="raking"))


def test_unknown_names_are_refused() -> None:
    extract = random_extract()
    for arguments in ({"items": ["q9"]}, {"pairs": [("profit", "")]}, {"domains": ["region"]}):
        with pytest.raises(UnknownColumn):
            moments(extract, **arguments)
    with pytest.raises(OutOfRange, match="no denominator"):
        NumericStatistic(item="revenue", name="total", denominator="staff", total=True)
