"""Tables from one survey whose weights are calibrated, with and without the errors of some."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from survey.methods.coding import CHOSEN, NOT_CHOSEN
from survey.methods.errors import DuplicateUnit
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
    share_of,
)
from survey.methods.extract import Coded, Extract
from survey.methods.tables.beside import Contributions
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import each_once, make_tables, reach_of
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.table import Cell, Table
from tests.methods.surveys import random_extract
from tests.methods.words import ROWS, WORDS, tables

PLANNED = tables(WORDS, "ranking", "severity_by_size")
SURVEY = random_extract(calibrated="raking")
EXTRACT = replace(
    SURVEY,
    items={row: SURVEY.items[code] for row, code in zip(ROWS, SURVEY.items, strict=False)},
    domains={
        "industry": Coded(SURVEY.domains["industry"].codes, ("C", "D", "E", "F")),
        "size": Coded(SURVEY.domains["size"].codes - 1, ("small", "micro")),
    },
)


def without_error(cell: Cell) -> tuple[object, ...]:
    return cell.n, cell.estimate, cell.weighted_count, cell.enumerated, cell.unanimous, cell.contributions


def cells(table: Table) -> list[Cell]:
    return [cell for _row, _column, cell in table.walk()]


def test_tables_whose_errors_nobody_looks_at_have_the_same_figures_and_leave_all_others_as_they_are() -> None:
    one, two = (Filter(extract=EXTRACT, domain=(("industry", "D"),)) for _time in range(2))
    ranking, by_size = make_tables(one, PLANNED)
    same, plain = make_tables(two, PLANNED, without_errors={"severity_by_size"})
    assert same == ranking
    assert list(map(without_error, cells(plain))) == list(map(without_error, cells(by_size)))
    # Their errors take more than half of the work: what these are made of was not added up.
    assert [list(filter_.added) for filter_ in (one, two, two.plain)] == [[("size",), ()], [()], [("size",)]]
    assert two.plain.added["size",].projection is None


def test_in_place_of_a_median_that_nobody_looks_at_stands_the_mean_of_the_same_firms() -> None:
    """Protection is told the same of its firms, and no amounts were sorted."""
    (by_size,) = tables(WORDS, "severity_by_size")
    asked: dict[tuple[str, str], Asked] = {place: QuantileStatistic("revenue") for place in by_size.asked}
    plan = [replace(by_size, asked=asked)]
    filters = [Filter(extract=EXTRACT, domain=(("industry", "D"),)) for _time in range(2)]
    (seen,) = make_tables(filters[0], plan)
    (unseen,) = make_tables(filters[1], plan, without_errors={"severity_by_size"})
    firms = [
        [(one.n, one.enumerated, one.contributions, one.n_chance) for one in cells(table)] for table in (seen, unseen)
    ]
    assert firms[0] == firms[1]
    assert [one.weighted_count for one in cells(unseen)] == pytest.approx([one.weighted_count for one in cells(seen)])
    assert all(one.estimate is not None for one in cells(unseen))
    assert [list(one.sorted_) for one in filters] == [["revenue"], []]


FOUR = Extract(
    stratum=np.zeros(5, int), strata=("all",), population=np.array([10.0]), weight=np.full(5, 2.0), respondents=4,
    items={"B1": Coded(np.array([0, 0, 1, 1, 0]), ("1", "5")), "B2": Coded(np.array([1, 1, 1, -1, 0]), ("1", "5"))},
    values={
        "cost": np.array([50.0, 48, 1, 1, 900]), "staff": np.array([340.0, 340, 340, 0, 900]),
        "gaps": np.array([7.0, np.nan, 5, 3, 1]), "nothing": np.zeros(5),
    },
    domains={"size": Coded(np.array([0, 0, 1, 1, -1]), ("small", "micro"))},
)  # fmt: skip
"""Four firms of weight 2 and one out of scope."""
POINTS = CodedStatistic(item="B2", name="mean", points={"1": 1.0, "5": 5.0})
RATIO = NumericStatistic(item="cost", name="ratio", denominator="staff")


def cell(
    asked: Asked,
    domain: Domain = ALL_FIRMS,
    column: str = "4+5",
    is_quantity: Callable[[str], bool] = bool,
    extract: Extract = FOUR,
    times: float = 1.0,
) -> Cell:
    """The figure of one statistic of all firms, or under a column of a table by size."""
    planned = PLANNED[0] if column == "4+5" else PLANNED[1]
    spec = planned.spec
    rows = replace(spec.rows, headings=tuple(replace(row, times=times) for row in spec.rows.headings))
    plan = replace(planned, spec=replace(spec, rows=rows), asked={("B1", column): asked})
    (made,) = make_tables(Filter(extract=extract, domain=domain), [plan], is_quantity=is_quantity)
    return made.cell("B1", column)


def test_ratio_is_judged_by_its_amount_that_two_firms_carry_most_of() -> None:
    """98 of 2 x 100 costs are of two firms, 680 of 2 x 1020 employees; three firms would have 99 and 1020 of these."""
    costs, staff = Contributions(200.0, (50, 48, 1, 1)), Contributions(2040.0, (340, 340, 340, 0))
    assert cell(RATIO).contributions == costs
    assert cell(RATIO, is_quantity="staff".__eq__).contributions == staff
    assert cell(RATIO, is_quantity=[].__contains__).contributions is None
    assert cell(NumericStatistic(item="nothing", name="ratio", denominator="cost")).contributions == costs


def test_amounts_of_a_group_are_those_of_its_firms_under_the_filter_that_gave_one() -> None:
    total = NumericStatistic(item="gaps", name="total", total=True)
    assert cell(total).contributions == Contributions(30.0, (7, 5, 3))
    assert cell(total, column="small").contributions == Contributions(14.0, (7,))
    assert cell(total, domain_of(size="micro")).contributions == Contributions(16.0, (5, 3))
    others: tuple[Asked, ...] = (POINTS, QuantileStatistic("gaps"))
    assert [cell(one).contributions for one in others] == [None, None]


def test_that_all_say_the_same_is_known_of_means_and_not_of_shares() -> None:
    """All that answered the second question said 5, which a mean of 5 tells of each of them."""
    first = replace(POINTS, item="B1")
    near = replace(first, points={"1": 4.5, "5": 5.0})
    asked = (POINTS, first, near, share_of("B2", ["5"], ["1", "5"]), NumericStatistic(item="nothing", name="mean"))
    assert [cell(one).unanimous for one in asked] == [True, False, False, False, False]
    assert cell(asked[-1]).cv is None


def test_group_of_which_every_firm_answered_is_known_as_such() -> None:
    alone, nearly = (
        replace(FOUR, weight=np.full(5, weight), population=np.array([5 * weight])) for weight in (1.0, 1.2)
    )
    assert [cell(POINTS, extract=one).enumerated for one in (FOUR, alone, nearly)] == [False, True, False]


def test_share_of_all_firms_stands_beside_that_of_those_asked_in_the_figure_of_all() -> None:
    """Two of the three that answered, and of all four; groups have none."""
    share = share_of("B2", ["5"], ["1", "5"])
    whole = of_all(share)
    assert whole is not None
    extract = replace(FOUR, items={**FOUR.items, whole.item: Coded(np.array([1, 1, 0, 0, 1]), (NOT_CHOSEN, CHOSEN))})
    beside = cell(share, extract=extract).of_all
    assert beside is not None
    assert (beside.estimate, beside.n) == (0.5, 4)
    assert cell(share, column="small", extract=extract).of_all is None
    assert cell(share).of_all is None


def test_reach_of_an_index_is_that_of_its_parts() -> None:
    """10 + 2 x (1 to 5) - (1 to 5)."""
    index = IndexStatistic(item="x", parts=((POINTS, 2.0), (replace(POINTS, item="B1"), -1.0)), constant=10.0)
    assert reach_of(index) == (10 + 2 - 5, 10 + 10 - 1)
    assert [reach_of(one) for one in (POINTS, replace(POINTS, total=True), RATIO)] == [(1, 5), None, None]


def test_figures_of_a_row_are_as_many_times_as_large_as_its_heading_says() -> None:
    plain, hundred = (cell(NumericStatistic(item="cost", name="mean"), times=times) for times in (1.0, 100.0))
    for name in ("estimate", "se", "ci_low", "ci_high"):
        assert getattr(hundred, name) == 100 * getattr(plain, name)
    assert (hundred.cv, hundred.n, hundred.n_chance) == (plain.cv, 4, 4)
    assert cell(POINTS).n_chance is None


def test_two_statistics_of_one_name_are_refused() -> None:
    other = replace(POINTS, points={"1": 0.0, "5": 1.0})
    assert list(each_once([POINTS, POINTS])) == [POINTS.key]
    with pytest.raises(DuplicateUnit, match="'B2' are called 'mean '"):
        each_once([POINTS, other])
