"""Moments that are added up from finest cells are those of the firms."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.statistics import Asked, NumericStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.moments.by_cell import coded_by_cell
from survey.methods.moments.finest import Finest, finest_of
from survey.methods.moments.tabulation import rows_from_moments, summed_items, summed_pairs
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import BY_DOMAIN
from tests.methods import scale_statistics
from tests.methods.surveys import SCALE, random_extract

ASKED: list[Asked] = [
    *(scale_statistics.top2(item, SCALE) for item in random_extract().items),
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="staff", name="ratio", denominator="revenue"),
]
SURVEYS: list[dict[str, Any]] = [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}]


@pytest.fixture(autouse=True)
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.methods.moments.finest.FEWEST_FIRMS", 0)
    monkeypatch.setattr("survey.methods.moments.finest.FIRMS_IN_A_CELL", 0)


def made(extract: Extract, variables: list[str]) -> Finest:
    found = finest_of(extract, summed_items(ASKED), summed_pairs(ASKED), variables)
    assert found is not None
    return found


def numbers(row: Estimate) -> list[float]:
    return [each for each in row if not isinstance(each, str)]


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("domain", [(), (("industry", "b"),), (("industry", "b"), ("size", "s"))])
def test_a_filter_of_finest_cells_gives_the_rows_of_its_firms(
    survey: dict[str, Any], domain: tuple[tuple[str, str], ...]
) -> None:
    extract = random_extract(**survey)
    skipped = {name: extract.items[name].codes == -1 for name in ("q0", "q1")} | {
        "revenue": np.isnan(extract.values["revenue"])
    }
    extract = replace(extract, skipped=skipped)
    one, two = (
        Filter(extract=extract, domain=domain, finest=finest) for finest in (None, made(extract, list(extract.domains)))
    )
    for both, splits in (((one, two), ()), ((one, two), ("size",)), ((one.plain, two.plain), ("size",))):
        rows, others = (
            rows_from_moments(each.within(splits), each.moments(ASKED, splits), ASKED, BY_DOMAIN) for each in both
        )
        for row, other in zip(rows, others, strict=True):
            assert [each for each in other if isinstance(each, str)] == [each for each in row if isinstance(each, str)]
            assert numbers(other) == pytest.approx(numbers(row), rel=1e-10, abs=1e-12, nan_ok=True)


def test_a_filter_by_another_group_reads_the_firms() -> None:
    extract = random_extract()
    other = made(extract.by({"size": extract.domains["size"]}), ["size"])
    asked = [scale_statistics.top2("q0", SCALE)]
    few = Filter(extract=extract, domain=(("industry", "b"),), finest=other).moments(asked)
    np.testing.assert_array_equal(few.rows, Filter(extract=extract, domain=(("industry", "b"),)).moments(asked).rows)


def test_few_firms_or_few_in_a_cell_are_not_added_up_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = random_extract()
    monkeypatch.setattr("survey.methods.moments.finest.FIRMS_IN_A_CELL", extract.rows)
    assert finest_of(extract, [], [], ["industry"]) is None
    monkeypatch.setattr("survey.methods.moments.finest.FEWEST_FIRMS", extract.rows + 1)
    assert finest_of(extract, [], [], []) is None


def test_moments_of_a_filter_serve_whatever_they_have() -> None:
    """Fewer statistics are served by what was made; more make them anew."""
    filter_ = Filter(extract=random_extract(), domain=())
    few = filter_.moments(ASKED[:1])
    assert filter_.moments(ASKED[:1]) is few
    whole = filter_.moments(ASKED)
    assert (whole is few, filter_.moments(ASKED[:2]) is whole) == (False, True)


def counting(added: list[list[str]]) -> Any:
    def counted(*asked: Any) -> Any:
        added.append([name for group in asked[-1] for name in group])
        return coded_by_cell(*asked)

    return counted


def after_one_answer(extract: Extract) -> Extract:
    """With another answer of a firm to q0."""
    codes = extract.items["q0"].codes.copy()
    codes[7] = (codes[7] + 1) % 5
    return replace(extract, items={**extract.items, "q0": Coded(codes, extract.items["q0"].labels)})


def test_items_of_one_pass_are_added_up_again_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one answer to q0 the sums are those of a wave that is added up whole, to the last digit."""
    monkeypatch.setattr("survey.methods.arrays.ROWS_FOR_A_PLACE", 0.01)
    extract = random_extract(calibrated="linear", numeric=True)
    changed = after_one_answer(extract)
    before, wanted = made(extract, ["size"]), made(changed, ["size"])
    added: list[list[str]] = []
    monkeypatch.setattr("survey.methods.moments.finest.coded_by_cell", counting(added))
    found = finest_of(changed, summed_items(ASKED), summed_pairs(ASKED), ["size"], before)
    assert found is not None
    assert added == [["q0", "q1", "q2"]]
    for name, table in wanted.columns.items():
        np.testing.assert_array_equal(found.columns[name], table)


def test_sums_of_unchanged_items_are_taken_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one answer to q0 that item alone is added up; with another weight all of them are."""
    extract = random_extract(calibrated="linear", numeric=True)
    changed = after_one_answer(extract)
    before, wanted = made(extract, ["size"]), made(changed, ["size"])
    added: list[list[str]] = []

    monkeypatch.setattr("survey.methods.moments.finest.coded_by_cell", counting(added))
    for survey in (changed, extract.uncalibrated):
        found = finest_of(survey, summed_items(ASKED), summed_pairs(ASKED), ["size"], before)
        assert found is not None
        if survey is changed:
            assert found.columns.keys() == wanted.columns.keys()
            for name, table in wanted.columns.items():
                np.testing.assert_array_equal(found.columns[name], table)
            assert all(found.pairs[pair] is before.pairs[pair] for pair in before.pairs)
    assert added == [["q0"], ["q0", "q1", "q2"]]
