"""The product's own way from a fieldwork to a figure against R: out-of-scope domains, gaps, calibrated production."""

import json
from typing import Any

import numpy as np
import pytest

from survey.methods.calibrated.to_frame import CalibrationPlan
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic, count, share_of
from survey.methods.extract import Coded, Extract
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.merging import Places
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from tests.methods.golden.data import SETS, Data, _load
from tests.methods.tabulating import tabulate

FOLDER = SETS / "production"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "production.json").read_text())["cases"]
MADE = {"all drawn", "respondents", "all drawn, production", "respondents, production"}
INDUSTRIES, SIZES = ("C", "G", "I"), ("small", "medium", "large")
STRATA = tuple(f"{industry}-{size}" for industry in INDUSTRIES for size in SIZES)
STATISTICS: dict[str, CodedStatistic | NumericStatistic] = {
    "mean": NumericStatistic(item="cost", name="mean"),
    "total": NumericStatistic(item="cost", name="total", total=True),
    "ratio": NumericStatistic(item="cost", name="ratio", denominator="revenue"),
    "proportion": share_of("mark", ["1"], ["0", "1"]),
    "count_total": count("scope", ["in"], ["in", "out"]),
}


def coded(values: np.ndarray, labels: tuple[str, ...]) -> Coded:
    return Coded(np.array([labels.index(one) if one else -1 for one in values.tolist()]), labels)


def fieldwork(sample: Data, frame: Data, outcome: np.ndarray) -> Fieldwork:
    """The sample with its frame; `outcome` are the dispositions."""
    counts = {
        name: dict(zip(*(one.tolist() for one in np.unique(frame.text(name), return_counts=True)), strict=True))
        for name in ("industry", "size")
    }
    numbers = ("employees", "revenue")
    stratum = np.array([STRATA.index(one) for one in sample.text("h").tolist()])
    return Fieldwork(
        strata=STRATA,
        places=Places(np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3)),
        stratum=stratum,
        design_weight=sample.numbers("w"),
        disposition=outcome,
        respondents=np.flatnonzero(outcome == "complete"),
        categories={
            "industry": coded(sample.text("industry"), INDUSTRIES),
            "size": coded(sample.text("size"), SIZES),
        },
        numbers={name: sample.numbers(name) for name in numbers},
        frame=FrameTotals(counts=counts, totals={name: float(frame.numbers(name).sum()) for name in numbers}),
    )


def extract_of(design: str) -> Extract:
    """Of all drawn those out of scope are known to be; of the respondents scope is an answer like others."""
    sample, frame = (_load(FOLDER / name) for name in ("sample.csv", "frame.csv"))
    if design.startswith("all drawn"):
        outcome = np.where(sample.text("scope") == "in", "complete", "not_eligible")
    else:
        outcome = np.where(sample.text("responds") == "1", "complete", "refusal")
    field = fieldwork(sample, frame, outcome)
    calibration = CalibrationPlan() if "production" in design else None
    weights = weigh_as(field, WeightingPlan(calibration=calibration))
    there = sample.rows(outcome == "complete")
    items = {"mark": coded(there.text("mark"), ("0", "1")), "scope": coded(there.text("scope"), ("in", "out"))}
    values = {name: there.numbers(name) for name in ("cost", "revenue")}
    pair = np.char.add(np.char.add(sample.text("industry"), " "), sample.text("size"))
    crossed = tuple(f"{industry} {size}" for industry in INDUSTRIES for size in SIZES)
    return weights.extract(items, values, {**field.categories, "industry size": coded(pair, crossed)})


EXTRACTS = {design: extract_of(design) for design in sorted(MADE)}


@pytest.mark.parametrize("case", [case for case in CASES if case["design"] in MADE], ids=lambda case: case["id"])
def test_figure_equals_that_of_r(case: dict[str, Any]) -> None:
    domain = {name: value for name, value in (case["domain"] or {}).items() if name != "scope"}
    wanted = ("", "") if not domain else (" ".join(domain), " ".join(domain.values()))
    rows = tabulate(EXTRACTS[case["design"]], [STATISTICS[case["estimator"]]])
    (row,) = [row for row in rows if (row.domain, row.domain_value) == wanted]
    error = case["extra"].get("se_production", case["se"])
    floor = 1e-9 * abs(case["estimate"])
    assert row.estimate == pytest.approx(case["estimate"], rel=1e-8)
    assert row.se == pytest.approx(error, rel=1e-7, abs=floor)


@pytest.mark.parametrize("design", sorted(name for name in MADE if "production" in name))
def test_weights_of_production_equal_those_of_r(design: str) -> None:
    file = _load(FOLDER / "calibrated_weights.csv")
    wanted = np.sort(file.rows(file.where({"design": design})).numbers("weight"))
    assert np.sort(EXTRACTS[design].weight).tolist() == pytest.approx(wanted.tolist(), rel=1e-8)
