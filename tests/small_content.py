"""The content of a small release, made by hand: two tables and two groups of firms in both languages."""

from typing import Any

from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.released.freezing import ReleaseWording, Said, frozen_release
from survey.methods.released.publication import CoverFacts, PrintedTable
from survey.methods.tables.domain import Domain, domain_of
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Heading, Statistic, TableKind, TableSpec
from survey.terms import CellStatus

INDUSTRY: Domain = domain_of(industry="C")
LABELS = {
    "zh-hans": {"cost": "成本", "data": "数据", "all": "全部企业", "C": "制造业", "step": "严重", "title": "痛点排名"},
    "en": {
        "cost": "=Cost",
        "data": "Data",
        "all": "All firms",
        "C": "Industry",
        "step": "Serious",
        "title": "Pain points",
    },
}
SHOWN = Cell(n=120, estimate=0.46, se=0.045, cv=0.098, ci_low=0.37, ci_high=0.55, rank=1, rank_low=1, rank_high=2)
ROUGH = Cell(n=25, estimate=0.3, se=0.093, cv=0.31, status=CellStatus.CAUTION, quality="*", rank=2)


def ranking(language: str, cells: tuple[Cell, Cell] = (SHOWN, ROUGH)) -> ClearedTable:
    """Two rows by one column."""
    return table_of("ranking", TableKind.RANKING, language, ("all",), ((cells[0],), (cells[1],)))


def distribution(language: str) -> ClearedTable:
    """Two rows by two steps, one figure withheld and one of nobody."""
    nobody = Cell(n=0, status=CellStatus.EMPTY)
    cells = ((SHOWN, Cell(n=120, estimate=0.54)), (withheld_cell(), nobody))
    return table_of("distribution", TableKind.DISTRIBUTION, language, ("all", "step"), cells)


def table_of(
    code: str, kind: TableKind, language: str, columns: tuple[str, ...], cells: tuple[tuple[Cell, ...], ...]
) -> ClearedTable:
    labels = LABELS[language]
    rows = Dimension(
        code="item", axis=Axis.ITEM, headings=tuple(Heading(code=one, label=labels[one]) for one in ("cost", "data"))
    )
    heads = Dimension(
        code="step", axis=Axis.OPTION, headings=tuple(Heading(code=one, label=labels[one]) for one in columns)
    )
    spec = TableSpec(code=code, title=labels["title"], kind=kind, rows=rows, columns=heads, statistic=Statistic.SHARE)
    return ClearedTable._of(spec, cells, Base(n=120))


def small_wording(language: str, cells: tuple[Cell, Cell] = (SHOWN, ROUGH)) -> ReleaseWording:
    labels = LABELS[language]
    tables = {"ranking": ranking(language, cells), "distribution": distribution(language)}
    of_industry = {"ranking": ranking(language, (withheld_cell(), withheld_cell()))}
    facts = CoverFacts(
        survey="Survey", wave="Wave", period="2026", authority="Bureau", form_number="F1", approval_number="A1",
        contact="12345", next_publication="2027-03-01", sampled="600", answered="120", as_of="2026-11-29 10:00",
        is_provisional=True, is_demonstration=True,
    )  # fmt: skip
    said = Said(title=f"{labels['cost']} 46%", measure=labels["title"], firms="120", notes=("A note.",))
    return ReleaseWording(
        facts=facts,
        groups={(): labels["all"], INDUSTRY: labels["C"]},
        tables={(): tables, INDUSTRY: of_industry},
        said={(): dict.fromkeys(tables, said), INDUSTRY: {"ranking": said}},
        notes=(("Method", "How it is done."),),
        account=(PrintedTable(title="Response", head=("Measure", "Value"), rows=(("RR1", "72%"),)),),
        codebook=PrintedTable(title="Codebook", head=("Variable", "ReleaseWording"), rows=(("cost", "=1+1"),)),
    )


def small_content(wave: str = "w1", cells: tuple[Cell, Cell] = (SHOWN, ROUGH)) -> dict[str, Any]:
    """The content of a release of two tables and two groups, in both languages."""
    wordings = {language: small_wording(language, cells) for language in LABELS}
    return frozen_release(wave, wordings, adverse={}, origin={})
