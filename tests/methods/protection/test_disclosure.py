from typing import Any

import pytest

from survey.methods.errors import MarginMismatch, OutOfRange
from survey.methods.protection.disclosure import DisclosureRule, protect, protect_derived
from survey.methods.tables.beside import Contributions
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Heading, Statistic, Table, TableKind, TableSpec
from survey.terms import CellStatus
from tests.methods.protection.audit import determined_figures

ITEMS = Dimension(code="items", axis=Axis.ITEM, headings=(Heading(code="q1"),))
FIVE = (*tuple(Heading(code=code) for code in "12345"), Heading(code="45", parts=("4", "5")))
RULE = DisclosureRule()


def table(
    firms: Any,
    *,
    columns: Any = None,
    filter: Any = None,
    kind: Any = TableKind.HEAT_MAP,
    statistic: Any = Statistic.MEAN,
    **cell: Any,
) -> Table:
    """One item by industries; `firms` maps an industry ("" for all) to the number of firms."""
    headings = [Heading(code=code or "all", domain=domain_of(industry=code) if code else ()) for code in firms]
    columns = columns or Dimension(code="industry", axis=Axis.DOMAIN, headings=tuple(headings))
    spec = TableSpec(code="t", title="Table", kind=kind, rows=ITEMS, columns=columns, statistic=statistic)
    cells = (
        tuple(
            Cell(n=n, estimate=2.5, se=0.1, cv=0.04, ci_low=2.3, ci_high=2.7, df=99, weighted_count=1000.0, **cell)
            for n in firms.values()
        ),
    )
    return Table(spec=spec, cells=cells, base=Base(domain=filter or (), n=firms.get("")))


def statuses(protected: Any) -> Any:
    return [cell.status.value for _, _, cell in protected.walk()]


def test_few_firms_are_withheld_with_everything_that_gives_them_away() -> None:
    (protected,) = protect([table({"": 100, "C": 60, "D": 31, "E": 9})])
    assert statuses(protected) == ["shown", "shown", "secondary", "primary"]
    assert protected.cell("q1", "E") == Cell(n=None, status=CellStatus.PRIMARY)
    assert protected.cell("q1", "D") == Cell(n=None, status=CellStatus.SECONDARY)
    assert protected.cell("q1", "C").estimate == 2.5


def test_threshold_is_the_smallest_number_shown() -> None:
    (protected,) = protect([table({"": 100, "C": 80, "D": 10, "E": 10})])
    assert statuses(protected) == ["shown"] * 4


def test_empty_domain_is_empty_and_its_neighbours_stay() -> None:
    (protected,) = protect([table({"": 100, "C": 60, "D": 40, "E": 0})])
    assert statuses(protected) == ["shown", "shown", "shown", "empty"]
    assert protected.cell("q1", "E").estimate is None


def test_whole_table_on_few_firms_hides_its_base() -> None:
    (protected,) = protect([table({"": 7, "C": 4, "D": 3})])
    assert statuses(protected) == ["primary"] * 3
    assert protected.base.n is None


def test_tables_of_one_call_are_protected_together() -> None:
    parts, whole = table({"C": 60, "D": 31, "E": 9}), table({"": 100})
    assert [statuses(each) for each in protect([parts, whole])] == [["shown", "secondary", "primary"], ["shown"]]


def test_filters_cannot_be_subtracted_from_one_another() -> None:
    overall = table({"": 100})
    small, rest = table({"": 96}, filter=domain_of(size="small")), table({"": 4}, filter=domain_of(size="large"))
    assert [statuses(each) for each in protect([overall, small, rest])] == [["shown"], ["secondary"], ["primary"]]


def test_known_domains_are_withheld_with_their_status() -> None:
    known = {"": {domain_of(industry="C"): CellStatus.SECONDARY}}
    (protected,) = protect([table({"": 100, "C": 30, "D": 40, "E": 30})], known=known)
    assert statuses(protected) == ["shown", "secondary", "shown", "secondary"]


def test_known_domains_of_an_item_come_before_those_of_all() -> None:
    known = {"q1": {}, "": {domain_of(industry="C"): CellStatus.SECONDARY}}
    (protected,) = protect([table({"": 100, "C": 60, "D": 40})], known=known)
    assert statuses(protected) == ["shown"] * 3


def distribution(shares: Any, n: int = 50, enumerated: bool = False) -> Table:
    options = Dimension(code="options", axis=Axis.OPTION, headings=FIVE, exclusive=True)
    spec = TableSpec(
        code="d",
        title="Distribution",
        kind=TableKind.DISTRIBUTION,
        rows=ITEMS,
        columns=options,
        statistic=Statistic.SHARE,
    )
    cells = tuple(Cell(n=n, estimate=share, enumerated=enumerated) for share in [*shares, shares[3] + shares[4]])
    return Table(spec=spec, cells=(cells,), base=Base(n=n))


def test_full_share_of_an_enumerated_domain_is_withheld_with_enough_options() -> None:
    full = distribution([0.0, 0.0, 1.0, 0.0, 0.0], n=40, enumerated=True)
    (protected,) = protect([full])
    assert statuses(protected)[2] == "primary"
    assert determined_figures([protected]) == ()


def test_full_share_of_a_sampled_domain_is_shown() -> None:
    assert statuses(protect([distribution([0.0, 0.0, 1.0, 0.0, 0.0])])[0]) == ["shown"] * 6


def test_few_firms_hide_the_whole_distribution() -> None:
    assert statuses(protect([distribution([0.2] * 5, n=9)])[0]) == ["primary"] * 6


def test_dominated_total_is_withheld_with_a_companion() -> None:
    small = Contributions(100.0, (20.0, 10.0))
    tables = table({"": 60, "C": 20, "D": 20, "E": 20}, statistic=Statistic.TOTAL, contributions=small)
    cells = list(tables.cells[0])
    cells[3] = Cell(n=20, estimate=100.0, contributions=Contributions(100.0, (80.0, 10.0)))
    cells[0] = Cell(n=60, estimate=300.0, contributions=Contributions(300.0, (80.0, 20.0)))
    (protected,) = protect([Table(spec=tables.spec, cells=(tuple(cells),), base=tables.base)])
    assert statuses(protected) == ["shown", "secondary", "shown", "primary"]
    assert protected.cell("q1", "D").contributions is None


@pytest.mark.parametrize(
    ("largest", "dominated"),
    [((50.0, 30.0), False), ((60.0, 30.0), True), ((92.0,), True), ((20.0, 20.0, 20.0), False)],
)
def test_dominance_worked_by_hand(largest: tuple[Any, ...], dominated: bool) -> None:
    assert RULE.is_dominated(Contributions(100.0, largest)) is dominated


def test_eight_firms_may_dominate_together() -> None:
    rule = DisclosureRule(dominant=8)
    assert rule.is_dominated(Contributions(900.0, (100.0,) * 8))
    assert not rule.is_dominated(Contributions(1000.0, (100.0,) * 8))


def test_p_percent_rule_worked_by_hand() -> None:
    rule = DisclosureRule(dominance=1.0)
    assert rule.is_dominated(Contributions(100.0, (60.0, 35.0)))
    assert not rule.is_dominated(Contributions(100.0, (60.0, 34.0)))


def test_unreliable_figure_keeps_its_base_and_mark() -> None:
    (protected,) = protect([table({"": 40}, quality="F", status=CellStatus.UNRELIABLE)])
    assert protected.cell("q1", "all") == Cell(n=40, quality="F", status=CellStatus.UNRELIABLE)
    (shown,) = protect([table({"": 40}, status=CellStatus.UNRELIABLE)], DisclosureRule(show_unreliable=True))
    assert shown.cell("q1", "all").estimate == 2.5


def test_response_tables_pass() -> None:
    (protected,) = protect([table({"": 6, "C": 2, "D": 4}, kind=TableKind.RESPONSE)])
    assert statuses(protected) == ["shown"] * 3


def test_two_figures_of_one_address_must_agree() -> None:
    with pytest.raises(MarginMismatch):
        protect([table({"": 100}), table({"": 99})])


@pytest.mark.parametrize("wrong", [{"threshold": 0}, {"dominant": 0}, {"dominance": 1.5}, {"p": -0.1}])
def test_rule_refuses_values_without_meaning(wrong: dict[str, Any]) -> None:
    with pytest.raises(OutOfRange):
        DisclosureRule(**wrong)


def derived(*statuses: CellStatus, shows: bool = False) -> Cell:
    """A figure that follows from protected ones with these statuses."""
    one = table({"": 100}, contributions=Contributions(5.0, (3.0,)), unanimous=True)
    cells = [Cell(n=50, estimate=1.0, quality=f"mark of {each.value}", status=each) for each in statuses]
    sources = {("q1", "all"): cells}
    return protect_derived(one, sources, DisclosureRule(show_unreliable=shows)).cell("q1", "all")


def test_derived_figure_is_withheld_as_the_worst_of_its_sources_is() -> None:
    assert derived(CellStatus.SHOWN, CellStatus.SECONDARY) == Cell(n=None, status=CellStatus.SECONDARY)
    assert derived(CellStatus.PRIMARY, CellStatus.SECONDARY) == Cell(n=None, status=CellStatus.PRIMARY)


def test_derived_figure_of_an_empty_one_is_empty() -> None:
    assert derived(CellStatus.CAUTION, CellStatus.EMPTY) == Cell(n=0, status=CellStatus.EMPTY)


def test_derived_figure_bears_the_mark_of_the_worse_and_nothing_of_single_firms() -> None:
    cell = derived(CellStatus.CAUTION, CellStatus.SHOWN)
    assert (cell.estimate, cell.status, cell.quality) == (2.5, CellStatus.CAUTION, "mark of caution")
    assert (cell.contributions, cell.unanimous) == (None, False)


def test_derived_figure_of_an_unreliable_one_is_blank_unless_such_are_shown() -> None:
    hidden, shown = (derived(CellStatus.UNRELIABLE, CellStatus.SHOWN, shows=shows) for shows in (False, True))
    assert (hidden.estimate, hidden.n, hidden.quality) == (None, 100, "mark of unreliable")
    assert (shown.estimate, shown.status) == (2.5, CellStatus.UNRELIABLE)
