"""The words beside a figure tell what was filled in, what a total leaves out, and what was weighed down."""

from django.utils.translation import override

from survey.exchange.figures.effects import effect_lines, missing_notes
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Item, Text
from survey.methods.outliers.winsorising import Effect
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.table import (
    Axis,
    Base,
    Cell,
    Dimension,
    Heading,
    ProtectedTable,
    Statistic,
    Table,
    TableKind,
    TableSpec,
)
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import ItemType
from tests.methods.words import asking

WORDS = Vocabulary(
    questionnaire=asking(Item(code="spend", type=ItemType.MONEY, text=Text("", "Spending"))),
    plan=AnalysisPlan(),
    frame={},
)


def totals(cell: Cell) -> ProtectedTable:
    rows = Dimension(code="item", axis=Axis.ITEM, headings=(Heading(code="spend", label="Spending"),))
    columns = Dimension(code="group", axis=Axis.DOMAIN, headings=(Heading(code="all", label="All firms"),))
    spec = TableSpec(
        code="totals", title="Totals", kind=TableKind.INDICATORS, rows=rows, columns=columns, statistic=Statistic.TOTAL
    )
    (made,) = protect([Table(spec=spec, cells=((cell,),), base=Base(n=40))], DisclosureRule(show_unreliable=True))
    return made


def test_total_with_missing_answers_says_so() -> None:
    with override("en"):
        cell = Cell(n=40, estimate=900.0, lacking=0.042)
        assert list(missing_notes(totals(cell))) == [
            "“Spending”: firms with 4.2% of the weight have an amount and did not give it; the total leaves them out."
        ]


def test_share_of_filled_values_stands_below_the_table() -> None:
    with override("en"):
        cell = Cell(n=40, estimate=900.0, filled=0.05)
        assert list(missing_notes(totals(cell))) == [
            "“Spending”: 5.0% of the weighted answers were filled in; the error includes it."
        ]


def test_withheld_total_tells_nothing_of_its_answers() -> None:
    assert list(missing_notes(totals(Cell(n=4, estimate=900.0, filled=0.05, lacking=0.1)))) == []


def test_effect_of_decisions_stands_beside_the_figure() -> None:
    with override("en"):
        effect = Effect(cut=2, total=-240.0, mean=-2.0, relative=-0.031)
        assert list(effect_lines({"spend": effect}, WORDS)) == [
            "“Spending”: 2 large values count less than reported; total and mean of all firms: −3.1%."
        ]
        assert list(effect_lines({"spend": Effect(cut=0, total=0.0, mean=0.0, relative=0.0)}, WORDS)) == []
