"""Pictures are valid Vega-Lite, hold what their protected table holds, and nothing of what it withholds."""

from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import pytest
from django.utils.translation import gettext

from survey.exchange.figures.chart_style import wrapped
from survey.exchange.figures.charts import change_chart, ranking_chart, reference_chart
from survey.exchange.figures.matrix_charts import distribution_chart, heat_map_chart
from survey.methods.change.tables import Pairing, Results, adjusted_p, change_tables
from survey.methods.change.wave import Overlap
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.production import prepare, produce
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.table import Axis, Cell, Dimension, Heading, Statistic, Table, TableKind, TableSpec
from survey.terms import CellStatus
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import WORDS, tables

PLANNED = tables(WORDS)


@pytest.fixture(scope="module")
def shown() -> Any:
    return produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, PLANNED)


@pytest.fixture(scope="module")
def withheld() -> Any:
    return produce(prepare(seven_firms(), WORDS), WORDS, PLANNED)


def pictures(tables: Any) -> Any:
    ratio: dict[str, Any] = {"reference": 9.0, "reference_label": "article: 9", "axis_title": "Ratio"}
    return [
        ranking_chart(tables["ranking"], strong=["B1"]),
        reference_chart(tables["ranking"], **ratio),
        distribution_chart(tables["distribution"], tables["not_applicable"], strong=["B1"]),
        heat_map_chart(tables["severity_by_size"]),
    ]


def test_pictures_are_valid_vega_lite(shown: Any, withheld: Any) -> None:
    for picture in [*pictures(shown), *pictures(withheld)]:
        alt.LayerChart.from_dict(picture, validate=True)


def test_bars_stand_in_the_order_of_the_table_with_their_intervals(shown: Any) -> None:
    rows = ranking_chart(shown["ranking"])["datasets"]["rows"]
    cells = [cell for _, _, cell in shown["ranking"].walk()]
    assert [row["name"] for row in rows] == ["Second", "First"]
    assert [(row["value"], row["low"], row["high"]) for row in rows] == [
        (cell.estimate, cell.ci_low, cell.ci_high) for cell in cells
    ]


@pytest.mark.parametrize("statistic", [Statistic.SHARE, Statistic.EMPLOYEE_SHARE, Statistic.REVENUE_SHARE])
def test_axis_of_bars_names_what_the_shares_are_of(shown: Any, statistic: Statistic) -> None:
    ranking = shown["ranking"]
    table = ClearedTable._of(replace(ranking.spec, statistic=statistic), ranking.cells, ranking.base)
    assert ranking_chart(table)["layer"][0]["encoding"]["x"]["axis"]["title"] == gettext(statistic.label)


@pytest.fixture(scope="module")
def change_of_pairs() -> Any:
    """The changes of a wave to itself, of items to those that they are paired with."""
    prepared = prepare(seven_firms(), WORDS, EVERYTHING_SHOWN)
    wave = Results(prepared=prepared, words=WORDS, tables=produce(prepared, WORDS, PLANNED))
    overlap = Overlap(np.arange(5), np.arange(5))
    return lambda items: change_tables(wave, wave, Pairing(overlap=overlap, items=items))["change_ranking"]


@pytest.fixture(scope="module")
def change(change_of_pairs: Any) -> Any:
    return change_of_pairs({"B1": "B1", "B2": "B2"})


def test_changes_stand_on_both_sides_of_none(change: Any) -> None:
    picture = change_chart(change, strong=["B1"], axis_title="Points")
    alt.LayerChart.from_dict(picture, validate=True)
    low, high = next(
        layer["encoding"]["x"]["scale"]["domain"] for layer in picture["layer"] if "scale" in layer["encoding"]["x"]
    )
    rows = picture["datasets"]["rows"]
    assert low < min(0, *(row["low"] for row in rows))
    assert high > max(0, *(row["high"] for row in rows))


def test_figure_of_a_change_stands_on_the_side_away_from_none(change_of_pairs: Any) -> None:
    picture = change_chart(change_of_pairs({"B1": "B2", "B2": "B1"}), axis_title="Points")
    rows = picture["datasets"]["rows"]
    assert sorted(row["value"] > 0 for row in rows) == [False, True]
    assert [row["outer"] for row in rows] == [row["high"] if row["value"] > 0 else row["low"] for row in rows]
    text = picture["layer"][-1]
    assert text["mark"]["align"] == {"expr": "datum.value < 0 ? 'right' : 'left'"}
    assert text["encoding"]["x"]["field"] == "outer"


def test_remembered_picture_takes_the_rows_of_each_table(shown: Any, withheld: Any) -> None:
    ranking_chart(shown["ranking"])
    axis = ranking_chart(withheld["ranking"])["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert axis == ["First", "Second"]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_axis_reaches_as_far_as_its_table_in_one_remembered_picture(shown: Any, share: float) -> None:
    ranking = shown["ranking"]
    cells = tuple((replace(cell, estimate=share, ci_low=None, ci_high=None),) for (cell,) in ranking.cells)
    picture = ranking_chart(ClearedTable._of(ranking.spec, cells, ranking.base))
    assert picture["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, share]
    ticks = distribution_chart(shown["distribution"], None)["layer"][0]["encoding"]["x"]["axis"]["values"]
    assert ticks == [-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6]


def test_pictures_of_other_figures_are_not_built_again(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new filter has other bars under the same labels: Altair takes longer than all of the arithmetic."""
    pictures(shown)
    monkeypatch.setattr(alt, "Chart", None)
    tenths = tuple((replace(cell, estimate=0.1, ci_low=None, ci_high=None),) for (cell,) in shown["ranking"].cells)
    ranking_chart(ClearedTable._of(shown["ranking"].spec, tenths, shown["ranking"].base), strong=["B1"])


def test_middle_step_is_centred_at_zero(shown: Any) -> None:
    segments = distribution_chart(shown["distribution"], shown["not_applicable"])["datasets"]["segments"]
    middle = [segment["middle"] for segment in segments if segment["step"] == "Moderate"]
    assert middle == pytest.approx([0, 0])


def test_shares_below_five_percent_are_not_printed(shown: Any) -> None:
    inside = distribution_chart(shown["distribution"], shown["not_applicable"])["datasets"]["inside"]
    assert {row["text"] for row in inside if row["name"] == "Second"} == {"67**", "33**"}


def test_withheld_figures_are_signs_without_values(withheld: Any) -> None:
    squares = heat_map_chart(withheld["severity_by_size"])["datasets"]["squares"]
    assert {(square["value"], square["text"], square["n"]) for square in squares} == {(None, "c", "")}
    assert {(row["value"], row["text"]) for row in ranking_chart(withheld["ranking"])["datasets"]["rows"]} == {
        (None, "c")
    }


def test_square_names_the_band_that_is_told_and_not_its_middle(shown: Any) -> None:
    table = shown["severity_by_size"]
    banded = table.cells[0][0].but(estimate=0.875, band=(0.75, 1.0))
    told = ClearedTable._of(table.spec, ((banded, *table.cells[0][1:]), *table.cells[1:]), table.base)
    square = heat_map_chart(told)["datasets"]["squares"][0]
    assert (square["text"].split()[0], square["exact"].split("%")[0]) == ("75–100", "75 – 100")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("信息传输、软件和信息技术服务业", ["信息传输、软", "件和信息技术", "服务业"]),
        ("Leasing and business services", ["Leasing and", "business", "services"]),
        ("设备", ["设备"]),
        ("五个字很长、", ["五个字很长、"]),
    ],
)
def test_long_labels_are_wrapped_not_cut(text: str, lines: list[str]) -> None:
    assert wrapped(text, 12).split("\n") == lines


def test_step_that_is_not_shown_leaves_a_gap_of_its_own() -> None:
    """Two of five steps are withheld: each takes half of what the three others leave of 100 %."""
    steps = Dimension(code="step", axis=Axis.OPTION, headings=tuple(Heading(code=code, label=code) for code in "12345"))
    rows = Dimension(code="item", axis=Axis.ITEM, headings=(Heading(code="A", label="A"),))
    spec = TableSpec(
        code="t", title="T", kind=TableKind.DISTRIBUTION, rows=rows, columns=steps, statistic=Statistic.SHARE
    )
    cells = [Cell(n=90, estimate=share, se=0.01, df=80) for share in (0.2, 0.1, 0.4, 0.1, 0.2)]
    blanked = [replace(cell, estimate=None, status=CellStatus.UNRELIABLE) for cell in cells[1:2] + cells[3:4]]
    table = Table(spec=spec, cells=((cells[0], blanked[0], cells[2], blanked[1], cells[4]),))
    (made,) = protect([table], DisclosureRule())
    data = distribution_chart(made, None)["datasets"]
    assert [round(gap["end"] - gap["start"], 9) for gap in data["gaps"]] == [0.1, 0.1]
    assert [round(each["end"] - each["start"], 9) for each in data["segments"]] == [0.2, 0.4, 0.2]


def test_significant_changes_are_filled_circles_and_others_hollow_diamonds(change: Any) -> None:
    rows = change_chart(change, axis_title="Points")["datasets"]["rows"]
    is_significant = [adjusted_p(change)[row.code] < 0.05 for row in change.rows.headings]
    assert [row["shape"] == "circle" for row in rows] == is_significant
    assert [row["fill"] != "none" for row in rows] == is_significant


def test_response_is_drawn_with_its_numbers_of_firms(shown: Any) -> None:
    squares = heat_map_chart(shown["response"])["datasets"]["squares"]
    assert squares[0]["text"] == "71\n5/7"
