"""Firms in common that were added up by cell give the changes that reading them gives, under every filter."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.change import shared_cells as module
from survey.methods.change.figures import FigureChange, changes, summed_sources
from survey.methods.change.shared_cells import SharedCells, shared_cells
from survey.methods.change.wave import Overlap
from survey.methods.estimates.statistics import IndexStatistic, NumericStatistic
from survey.methods.extract import Extract
from survey.methods.moments.finest import finest_of
from survey.methods.moments.index import Linear
from survey.methods.moments.tabulation import summed_items, summed_pairs
from survey.methods.tables.filtering import Filter
from tests.methods import scale_statistics
from tests.methods.surveys import SCALE, random_extract

SHARES = [scale_statistics.top2(item, SCALE) for item in ("q0", "q1")]
ASKED: list[Linear] = [
    *SHARES,
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="staff", name="ratio", denominator="revenue"),
    IndexStatistic(item="index", name="index", parts=((SHARES[0], 0.5), (SHARES[1], -0.5))),
]
PAIRS = [(one, one) for one in ASKED]
BOTH = Overlap(np.arange(0, 300), np.arange(40, 340))
GROUPS = frozenset({"industry", "size"}), frozenset({"industry", "size"})
SURVEYS: list[dict[str, Any]] = [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}]


@pytest.fixture(autouse=True)
def any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("survey.methods.moments.finest", "survey.methods.change.shared_cells"):
        monkeypatch.setattr(f"{name}.FEWEST_FIRMS", 0)
        monkeypatch.setattr(f"{name}.FIRMS_IN_A_CELL", 0)


def wave(seed: int, **survey: Any) -> Extract:
    """The last twenty firms are out of scope: of no group, and without an answer."""
    extract = random_extract(seed, **survey)
    responded = np.arange(extract.rows) < extract.rows - 20
    items, domains = (
        {name: replace(one, codes=np.where(responded, one.codes, -1)) for name, one in columns.items()}
        for columns in (extract.items, extract.domains)
    )
    values = {name: np.where(responded, one, np.nan) for name, one in extract.values.items()}
    skipped = {"q0": responded & (items["q0"].codes == -1)}
    return replace(
        extract, items=items, domains=domains, values=values, skipped=skipped, respondents=extract.rows - 20
    )  # fmt: skip


def under(extract: Extract, domain: Any) -> Filter:
    finest = finest_of(extract, summed_items(ASKED), summed_pairs(ASKED), ["industry", "size"])
    return Filter(extract=extract, domain=domain, finest=finest)


def cells(later: Extract, earlier: Extract, before: SharedCells | None = None) -> SharedCells:
    found = shared_cells(later, earlier, BOTH, summed_sources(PAIRS), GROUPS, before)
    assert found is not None
    return found


def numbers(found: list[FigureChange | None]) -> list[float]:
    return [number for one in found if one for number in (one.estimate, one.se, one.both)]


@pytest.mark.parametrize("for_a_place", [8, 1e-6])
@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("domain", [(), (("industry", "b"),), (("industry", "b"), ("size", "s"))])
def test_changes_from_cells_are_those_of_the_firms(
    survey: Any, domain: Any, for_a_place: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where items are crossed in one pass."""
    monkeypatch.setattr("survey.methods.arrays.ROWS_FOR_A_PLACE", for_a_place)
    extracts = wave(1, **survey), wave(2, **survey)
    later, earlier = (under(one, domain) for one in extracts)
    found = changes(later, earlier, PAIRS, BOTH, cells(*extracts))
    read = changes(later, earlier, PAIRS, BOTH)
    assert len(numbers(found)) == 3 * len(PAIRS)
    assert numbers(found) == pytest.approx(numbers(read), rel=1e-10)


def test_firms_are_not_read_where_they_are_known_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    extracts = wave(1), wave(2)
    later, earlier = (under(one, (("size", "s"),)) for one in extracts)
    known = cells(*extracts)
    read = changes(later, earlier, PAIRS[:-1], BOTH)
    monkeypatch.setattr(Overlap, "pairs", None)
    assert numbers(changes(later, earlier, PAIRS[:-1], BOTH, known)) == pytest.approx(numbers(read), rel=1e-10)


def test_a_filter_by_another_group_reads_the_firms() -> None:
    """Firms of a cell need not be alike in it."""
    extracts = wave(1), wave(2)
    later, earlier = (under(one, (("industry", "b"),)) for one in extracts)
    other = shared_cells(*extracts, BOTH, summed_sources(PAIRS), (frozenset({"size"}), frozenset({"size"})))
    found = changes(later, earlier, PAIRS, BOTH, other)
    assert numbers(found) == numbers(changes(later, earlier, PAIRS, BOTH))


def test_only_columns_that_changed_are_added_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one other answer to q1 its sums are new, and all others are those of before."""
    later, earlier = wave(1), wave(2)
    before = cells(later, earlier)
    codes = later.items["q1"].codes.copy()
    codes[0] = (codes[0] + 2) % 5
    other = replace(later, items={**later.items, "q1": replace(later.items["q1"], codes=codes)})
    added: list[Any] = []
    make = module._added

    def counting(one: Any, two: Any, firms: Any, group: Any) -> Any:
        added.append(group)
        return make(one, two, firms, group)

    monkeypatch.setattr(module, "_added", counting)
    found = cells(other, earlier, before)
    assert added == [[("q1", "q1")]]
    again = cells(other, earlier)
    for pair in summed_sources(PAIRS):
        np.testing.assert_array_equal(found.sums[pair].products, again.sums[pair].products)


def test_other_weights_leave_nothing_of_before() -> None:
    later, earlier = wave(1), wave(2)
    other = replace(later, weight=later.weight * 2)
    found = cells(other, earlier, cells(later, earlier))
    np.testing.assert_allclose(found.sums["q0", "q0"].products, cells(other, earlier).sums["q0", "q0"].products)


def test_few_firms_or_few_in_a_cell_are_not_added_up_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = wave(1), wave(2), BOTH, summed_sources(PAIRS), GROUPS
    monkeypatch.setattr(module, "FIRMS_IN_A_CELL", len(BOTH))
    assert shared_cells(*asked) is None
    monkeypatch.setattr(module, "FEWEST_FIRMS", len(BOTH) + 1)
    assert shared_cells(*asked) is None
