from typing import Any

from survey.methods.protection.figures import Address, figures_of, groups_of_counts, groups_of_firms
from survey.methods.protection.suppression import Relation
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Heading, Statistic, Table, TableKind, TableSpec

OPTIONS = Dimension(
    code="options",
    axis=Axis.OPTION,
    headings=(Heading(code="1"), Heading(code="2"), Heading(code="12", parts=("1", "2"))),
    exclusive=True,
)
GROUPS = Dimension(
    code="size",
    axis=Axis.DOMAIN,
    headings=tuple(Heading(code=c, domain=domain_of(size=c) if c != "all" else ()) for c in ("all", "L", "S")),
)


def table(rows: Any, columns: Any, cells: Any, domain: Any = (), **names: Any) -> Table:
    return Table(
        spec=TableSpec(
            code="t",
            title="T",
            kind=TableKind.DISTRIBUTION,
            rows=rows,
            columns=columns,
            statistic=Statistic.SHARE,
            **names,
        ),
        cells=cells,
        base=Base(domain=domain),
    )


def test_options_add_up_to_one_and_to_their_aggregate() -> None:
    cells = ((Cell(n=30, estimate=0.4),), (Cell(n=30, estimate=0.6),), (Cell(n=30, estimate=1.0),))
    figures = figures_of(
        [table(OPTIONS, Dimension(code="all", axis=Axis.DOMAIN, headings=(Heading(code="all"),)), cells, item="q")]
    )
    assert [address.option for address in figures.addresses] == ["1", "12", "2"]
    assert set(figures.relations) == {
        Relation(whole=None, parts=(0, 2), of_firms=False),
        Relation(whole=1, parts=(0, 2), of_firms=False),
    }


def test_groups_add_up_to_all_firms_across_tables() -> None:
    row = Dimension(code="items", axis=Axis.ITEM, headings=(Heading(code="q"),))
    whole = table(
        row, Dimension(code="all", axis=Axis.DOMAIN, headings=(Heading(code="all"),)), ((Cell(n=30, estimate=0.5),),)
    )
    parts = table(row, GROUPS, ((Cell(n=30, estimate=0.5), Cell(n=10, estimate=0.4), Cell(n=20, estimate=0.6)),))
    figures = figures_of([whole, parts])
    assert [address.domain for address in figures.addresses] == [(), domain_of(size="L"), domain_of(size="S")]
    assert figures.relations == (Relation(whole=0, parts=(1, 2)),)


def test_filter_is_part_of_the_domain() -> None:
    row = Dimension(code="items", axis=Axis.ITEM, headings=(Heading(code="q"),))
    filtered = table(row, GROUPS, ((Cell(n=30), Cell(n=10), Cell(n=20)),), domain_of(industry="C"), option="45")
    assert figures_of([filtered]).addresses[1] == Address(
        domain=domain_of(industry="C", size="L"), statistic=Statistic.SHARE, item="q", option="45"
    )


def test_options_of_an_item_form_one_group_of_firms() -> None:
    cells = ((Cell(n=30, estimate=0.4),), (Cell(n=28, estimate=0.6),), (Cell(n=30, estimate=1.0),))
    figures = figures_of(
        [table(OPTIONS, Dimension(code="all", axis=Axis.DOMAIN, headings=(Heading(code="all"),)), cells, item="q")]
    )
    groups = groups_of_firms(figures)
    assert [(address.item, cell.n) for address, cell in zip(groups.addresses, groups.cells, strict=True)] == [("q", 30)]


def test_counts_of_domains_become_figures_with_relations_in_every_direction() -> None:
    crossed = {domain_of(a=a, b=b): 5 for a in "12" for b in "12"}
    figures = groups_of_counts({(): 20, domain_of(a="1"): 10, domain_of(a="2"): 10} | crossed)
    wholes = [(figures.addresses[each.whole].domain, len(each.parts)) for each in figures.relations]  # type: ignore[index]
    assert sorted(wholes) == [((), 2), (domain_of(a="1"), 2), (domain_of(a="2"), 2)]
