"""Figures of every kind, made again from the rows and weights of the microdata, are those of page, file and workbook."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from django.test import Client

from survey.exchange.figures.block import Block
from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_csv
from survey.instrument.plan.plan import AnalysisPlan, Indicator, PlannedBlock
from survey.instrument.schema import Item, Text
from survey.methods.clearing.rounding import LEAST_PART
from survey.methods.clearing.steps import nice_step, share_step
from survey.models import Release, SamplingFrame, Wave
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.answered import ITEMS, PLAN, answer, in_another_version, sampled_wave
from tests.released import released_workbook

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

MONEY = tuple(
    Item(code=code, type=ItemType.MONEY, text=Text(label, label), unit=Text("万元", "10,000 yuan"))
    for code, label in (("spend", "Spending"), ("bill", "Bill"))
)
ROUTED = replace(ITEMS[2], code="R_protocols", text=Text("哪些", "Routed"), relevant="${B4_severity} = '5'")
SEVERITIES = ("B1_severity", "B4_severity")


def block(code: str, presentation: Presentation, statistic: IndicatorKind, **more: object) -> PlannedBlock:
    return PlannedBlock(code=code, text=Text(code, code), presentation=presentation, statistic=statistic, **more)  # type: ignore[arg-type]


SHARE, SCALE = IndicatorKind.SHARE, PLAN.scales[0].code
THE_PLAN: AnalysisPlan = replace(
    PLAN,
    themes=(),
    indicators=(
        Indicator(
            code="bill_of_spend",
            text=Text("", "Bill in spending"),
            kind=IndicatorKind.RATIO,
            item="bill",
            denominator="spend",
            times=100,
            unit=Text("%", "%"),
        ),
    ),
    blocks=(
        block("ranking", Presentation.RANKING, SHARE, rows=SEVERITIES, scale=SCALE, ordered_by="ranking"),
        block("steps", Presentation.DISTRIBUTION, SHARE, rows=SEVERITIES, scale=SCALE),
        block("apart", Presentation.APART, SHARE, rows=SEVERITIES, scale=SCALE, beside="steps"),
        block("by_size", Presentation.HEAT_MAP, SHARE, rows=SEVERITIES, scale=SCALE, split="size"),
        block("wanted", Presentation.CHOICES, SHARE, item="H_demands", ordered_by="wanted"),
        block("routed", Presentation.CHOICES, SHARE, item="R_protocols", ordered_by="routed"),
        block("means", Presentation.INDICATORS, IndicatorKind.MEAN, rows=("E2_energy_ratio", "spend")),
        block("medians", Presentation.INDICATORS, IndicatorKind.MEDIAN, rows=("spend",)),
        block("totals", Presentation.INDICATORS, IndicatorKind.TOTAL, rows=("spend",)),
        block("ratios", Presentation.INDICATORS, IndicatorKind.RATIO, rows=("bill_of_spend",)),
    ),
)


def with_answers(wave: Wave, frame: SamplingFrame, *, shift: int, like: Wave | None = None) -> Wave:
    """The wave with the questionnaire and plan of this file and seventy responses; amounts differ from firm to firm."""
    sampled_wave(wave, frame, 80)
    if like is None:
        in_another_version(wave, *ITEMS, *MONEY, ROUTED, plan=THE_PLAN)
    else:
        wave.version = like.version
        wave.save()
    for number, response in enumerate(answer(wave, 70)):
        response.answers |= {"spend": 100 + 7 * ((number + shift) % 23), "bill": 5 + (number + shift) % 9}
        if response.answers["B4_severity"] == "5":
            response.answers["R_protocols"] = ["opcua"] if number % 3 else ["modbus"]
        if number % 11 == shift:
            response.answers["B1_severity"] = "5"
        response.save()
    return wave


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    return two_waves_of_every_kind(wave, frame)


def two_waves_of_every_kind(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    """This wave and the one of the year before."""
    year = timedelta(days=365)
    before = Wave.objects.create(
        survey=wave.survey,
        code="before",
        title=Text("上一轮", "The year before"),
        status=wave.status,
        opens_at=wave.opens_at - year,
        closes_at=wave.closes_at - year,
    )
    with_answers(before, frame(units=120), shift=0)
    return with_answers(wave, frame(units=120), shift=3, like=before), before


def rows_of(wave: Wave) -> pd.DataFrame:
    """The microdata as a methodologist loads them."""
    return pd.read_csv(BytesIO(microdata_csv(microdata_of(wave))), dtype={"B1_severity": str, "B4_severity": str})


def share(rows: pd.DataFrame, item: str, counted: list[str], base: list[str]) -> float:
    weight = rows["firm#weight"]
    return float(weight[rows[item].isin(counted)].sum() / weight[rows[item].isin(base)].sum())


STEPS, MARKED = ["1", "2", "3", "4", "5"], ["4", "5"]


def recomputed(now: pd.DataFrame, before: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, str]]:
    """(value, how it is printed) by table, row and column."""
    w, spend = now["firm#weight"], now["spend"]
    asked = now[now["B4_severity"] == "5"]
    routed = float((asked["firm#weight"] * asked["R_protocols__opcua"]).sum())
    ordered = now.sort_values("spend")
    reached = ordered["firm#weight"].cumsum() >= w.sum() / 2
    small = now[now["firm#size"] == "small"]
    marked, marked_before = (share(rows, "B1_severity", MARKED, STEPS) for rows in (now, before))
    wanted = float((w * now["H_demands__standards"]).sum() / w.sum())
    change = 100 * (marked - marked_before)
    return {
        ("ranking", "B1_severity", "4+5"): (marked, f"{marked:.1%}"),
        ("steps", "B1_severity", "3"): (three := share(now, "B1_severity", ["3"], STEPS), f"{three:.1%}"),
        ("apart", "B1_severity", "not_applicable"): (
            apart := share(now, "B1_severity", ["not_applicable"], [*STEPS, "not_applicable"]),
            f"{apart:.1%}",
        ),
        ("by_size", "B4_severity", "small"): (group := share(small, "B4_severity", MARKED, STEPS), f"{group:.1%}"),
        ("wanted", "standards", "all"): (wanted, f"{wanted:.1%}"),
        ("routed", "opcua", "all"): (part := routed / float(asked["firm#weight"].sum()), f"{part:.1%}"),
        ("means", "E2_energy_ratio", "all"): (
            mean := float((w * now["E2_energy_ratio"]).sum() / w.sum()),
            f"{mean:.1f}",
        ),
        ("medians", "spend", "all"): (median := float(ordered["spend"][reached].iloc[0]), f"{median:.1f}"),
        ("totals", "spend", "all"): (total := float((w * spend).sum()), f"{total:,.0f}"),
        ("ratios", "bill_of_spend", "all"): (ratio := 100 * float((w * now["bill"]).sum()) / total, f"{ratio:.1f}"),
        ("change_ranking", "B1_severity", "change"): (change, f"{change:+.1f}".replace("-", "−")),
    }


def lines(methodologist: Client, table: str, query: str = "") -> dict[tuple[str, str, str], dict[str, str]]:
    content = methodologist.get(f"/admin/dashboard/working/{table}.csv?wave=w1{query}").content.decode("utf-8-sig")
    return {(table, line["row_code"], line["column_code"]): line for line in csv.DictReader(StringIO(content))}


def printed(blocks: list[Block], code: str) -> str:
    """All figures of the tables of a page that a block shows, in one text."""
    found = next(one for one in blocks if one.code == code)
    return " | ".join(figure.text for row in found.rows for figure in row.figures)


def test_figures_of_the_rows_are_those_of_page_and_file(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    page = methodologist.get("/admin/dashboard/working/?chapter=all&wave=w1")
    html, blocks = page.content.decode(), page.context["content"].blocks
    for place, (value, text) in recomputed(*map(rows_of, waves)).items():
        table = "steps" if place[0] == "apart" else place[0]
        assert float(lines(methodologist, place[0])[place]["estimate"]) == pytest.approx(value, rel=1e-9), place
        assert (place, text in printed(blocks, table), text in html) == (place, True, True)


def test_share_of_all_firms_counts_those_led_past_the_question(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    now = rows_of(waves[0])
    counted = now["firm#weight"][(now["B4_severity"] == "5") & (now["R_protocols__opcua"] == 1)].sum()
    whole = float(counted / now["firm#weight"].sum())
    line = lines(methodologist, "routed")["routed", "opcua", "all"]
    assert float(line["of_all"]) == pytest.approx(whole, rel=1e-9)
    assert int(line["of_all_n"]) == len(now)
    assert f"{whole:.1%}" in printed(
        methodologist.get("/admin/dashboard/working/?chapter=all&wave=w1").context["content"].blocks, "routed"
    )


def test_filtered_figures_are_those_of_the_rows_of_the_group(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    now = rows_of(waves[0])
    group = now[now["firm#industry"] == "C"]
    line = lines(methodologist, "ranking", "&industry=C")["ranking", "B4_severity", "4+5"]
    assert float(line["estimate"]) == pytest.approx(share(group, "B4_severity", MARKED, STEPS), rel=1e-9)
    assert int(line["n"]) == int(group["B4_severity"].isin(STEPS).sum())


def test_titles_under_a_filter_name_its_firms(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    page = methodologist.get("/admin/dashboard/working/?chapter=all&wave=w1&industry=C")
    titles = [block.title for block in page.context["content"].blocks]
    assert [title.startswith(f"{page.context['firms']}: ") for title in titles] == [True] * len(titles)
    assert "whole economy" not in page.content.decode()


def test_units_and_bases_stand_in_the_file(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    told = {
        place: (line["unit"], line["base"])
        for table in ("totals", "ratios", "routed", "change_totals")
        for place, line in lines(methodologist, table).items()
    }
    assert told["totals", "spend", "all"] == ("10,000 yuan", "all firms")
    assert told["ratios", "bill_of_spend", "all"] == ("%", "all firms")
    assert told["change_totals", "spend", "change"] == ("10,000 yuan", "all firms")
    assert told["routed", "opcua", "all"][1].startswith("firms ")


def test_figures_of_the_rows_are_those_of_the_workbook(waves: tuple[Wave, Wave], methodologist: Client) -> None:
    """Each that is told stands in the workbook, as near as the step that it is rounded to."""
    book = openpyxl.load_workbook(BytesIO(released_workbook(methodologist, waves[0]).content))
    tables = Release.objects.get().content["figures"][0]["tables"]
    written, compared = _figures(book["All figures"]), set()
    rows = rows_of(waves[0])
    for place, (exact, _text) in recomputed(rows, rows_of(waves[1])).items():
        cell, value = _cell(tables, place), exact if place[0] != "medians" else _of_neighbours(rows["spend"], exact)
        if cell is None or cell.get("estimate") is None:
            continue
        compared.add(place[0])
        low, high = cell.get("band") or [cell["estimate"]] * 2
        # Where a band is told its ends are written, and no figure.
        assert written[place] == ((None, low, high) if cell.get("band") else (cell["estimate"], None, None)), place
        room = 0.0 if cell.get("band") else _half_a_step(cell, is_share=place[0] in SHARES)
        assert low - room - DUST <= value <= high + room + DUST, (place, value, cell)
    assert compared >= {"ranking", "means", "medians", "totals", "ratios"}


SHARES = {"ranking", "steps", "apart", "by_size", "wanted", "routed"}
DUST = 1e-9


def _of_neighbours(answers: "pd.Series[float]", median: float) -> float:
    """A median that leaves the office is nobody's answer: the mean of the five firms about the first that has it."""
    ordered = sorted(answers.dropna())
    first = ordered.index(median)
    return float(sum(ordered[first - 2 : first + 3]) / 5)


def _half_a_step(cell: dict[str, Any], *, is_share: bool) -> float:
    """How far a rounded figure may be from the exact one: shares have the step of their number of equal answers,
    amounts the one of 1, 2, 5 below the error that is told beside it."""
    if is_share:
        return share_step(cell["n_eff"]) / 2
    error = cell.get("se")
    return nice_step(0.99 * error if error else LEAST_PART * abs(cell["estimate"])) / 2


def _cell(tables: dict[str, Any], place: tuple[str, str, str]) -> dict[str, Any] | None:
    code, row, column = place
    table = tables.get(code)
    if table is None or row not in table["rows"] or column not in table["columns"]:
        return None
    found: dict[str, Any] = table["cells"][table["rows"].index(row)][table["columns"].index(column)]
    return found


def _figures(sheet: Any) -> dict[tuple[str, str, str], tuple[float | None, ...]]:
    """The estimates of all firms, and the ends of bands, by table, row and column, from the sheet for programs."""
    heads, *rows = sheet.iter_rows(values_only=True)
    lines = [dict(zip(heads, row, strict=True)) for row in rows]
    told = [line for line in lines if line["group"] == "all"]
    names = ("estimate", "band_low", "band_high")
    return {(line["table"], line["row"], line["column"]): tuple(line[name] for name in names) for line in told}
