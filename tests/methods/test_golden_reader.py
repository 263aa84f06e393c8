"""A small set in the golden format, worked by hand from its README: what the golden set itself does not exercise."""

import json
from pathlib import Path
from typing import Any

import pytest

from survey.methods.errors import MethodsError
from tests.methods.golden import data
from tests.methods.golden.comparison import failures

ROWS = """id,here,stratum,w,N,y,x,answer,area,yes
1,1,A,2,4.5,1,2,1,n,TRUE
2,1,A,2,4.5,3,,2,n,FALSE
3,1,B,3,3.5,5,4,2,s,TRUE
4,0,B,,3.5,9,9,,s,
"""
PLAIN = {"data": "d.csv", "where": {"here": "1"}, "stratum": "stratum", "weight": "w", "population": None, "unit": None,
         "lonely": "adjust", "domain_lonely": False, "calibration": None}  # fmt: skip
DESIGNS = {
    "adjust": PLAIN,
    "average": {**PLAIN, "lonely": "average"},
    "remove": {**PLAIN, "lonely": "remove"},
    "fail": {**PLAIN, "lonely": "fail"},
    "fractional": {**PLAIN, "population": "N"},
    "units": {**PLAIN, "stratum": None, "unit": "area"},
    "cells": {**PLAIN, "stratum": None, "calibration": {
        "method": "poststratify", "margins": [{"columns": ["area"], "file": "m.csv"}], "frame": None, "categorical": [],
        "numeric": [], "bounds": None}},
}  # fmt: skip
TOLERANCE = {"estimate": 1e-9, "se": 1e-9, "ci": 1e-9, "extra": 1e-9}
MEAN, ALONE, T1 = 23 / 7, (22 / 3) ** 2, 12.706204736174698


def case(estimator: Any, design: Any, variable: Any, estimate: Any, **more: Any) -> Any:
    return {"id": "hand", "estimator": estimator, "design": design, "variable": variable, "level": None,
            "domain": None, "options": None, "estimate": estimate, "tolerance": TOLERANCE, **more}  # fmt: skip


@pytest.fixture(autouse=True)
def small_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "d.csv").write_text(ROWS, "utf-8")
    (tmp_path / "m.csv").write_text("area,Freq\nn,6\ns,4\n", "utf-8")
    (tmp_path / "s.csv").write_text("h,N,size\na,10,1\nb,40,1\nc,50,1\n", "utf-8")
    (tmp_path / "expected.json").write_text(json.dumps({"designs": {k: {"spec": v} for k, v in DESIGNS.items()}}))
    monkeypatch.setattr(data, "FOLDER", tmp_path)


@pytest.mark.parametrize(
    "wanted",
    [
        case("mean", "adjust", "y", MEAN, se=2080**0.5 / 49, df=1, n_unweighted=3),
        case("mean", "average", "y", MEAN, se=1568**0.5 / 49),
        case("mean", "remove", "y", MEAN, se=784**0.5 / 49),
        case("total", "adjust", "y", 23, se=(16 + ALONE) ** 0.5),
        case("total", "fractional", "y", 23, se=(16 * (1 - 2 / 4.5) + ALONE * (1 - 1 / 3.5)) ** 0.5),
        case("total", "adjust", "y", 8, domain={"area": "n"}, se=4, df=1, n_unweighted=2),
        case("total", "units", "y", 23, se=7, df=1),
        case("mean", "cells", "y", (6 * 2 + 4 * 5) / 10),
        case("proportion", "adjust", "answer", 2 / 7, level="1"),
        case("count_total", "adjust", "answer", 5, level="2", n_unweighted=3),
        case("mean", "adjust", "y", None, domain={"area": "w"}),
        case("mean", "adjust", "x", None, domain={"id": "2"}),
        case("ratio", "adjust", "y/x", None, domain={"id": "2"}),
        case("quantile", "adjust", "x", None, domain={"id": "2"}, options={"p": 0.5}),
        case("mean", "adjust", "y", None, domain={"area": ["n", "w"]}),
        case("mean", "adjust", "y", 2 - 5, domain={"area": ["n", "s"]}),
        case("mean", "adjust", "y - x", MEAN - 16 / 5),
        case("proportion_ci", "remove", "answer", 2 / 7, level="1", ci_method="mean", ci_low=2 / 7 * (1 - T1)),
        case("mean", "adjust", "y-x", (-2 + 3) / 5),
        case("allocation", "s.csv", "n_h", [10, 40 / 3, 50 / 3], options={
            "n": 40, "method": "proportional", "stratum": "h", "strata": ["a", "b", "c"], "population": "N",
            "min": 10, "cap": True}),
        case("allocation", "s.csv", "n_h", [10, 35, 35], options={
            "n": 80, "method": "power", "q": 0.5, "stratum": "h", "strata": ["a", "b", "c"], "population": "N",
            "size_variable": "size", "cap": True, "min": 2}),
    ],
)  # fmt: skip
def test_case_worked_by_hand_passes(wanted: dict[str, Any]) -> None:
    assert failures(wanted) == []


@pytest.mark.parametrize(
    "wanted",
    [
        case("mean", "adjust", "y", 5, domain={"area": "s", "here": 1}),
        case("mean", "adjust", "y", 5, domain={"area": ["s"], "id": 3.0}),
        case("mean", "adjust", "y", 17 / 5, domain={"yes": True}),
        case("mean", "adjust", "y", -2, domain={"yes": [True, False], "area": ["n"]}),
        case("mean", "adjust", "y", 3, domain={"x": None}),
        case("proportion", "adjust", "answer", 2 / 7, level=1),
        case("mean", "adjust", "y", str(MEAN), se=str(2080**0.5 / 49), df="1", tolerance={"estimate": "1e-9"}),
        case("mean", "adjust", "y", "NA", domain={"area": "w"}),
        case("item_covariance_matrix", "adjust", "y,x", [MEAN, 16 / 5], n_unweighted=3),
        case("item_covariance_matrix", "adjust", "y,x", [3, None], domain={"id": "2"}),
        case("quantile", "adjust", "y", 3, options={"p": "0.5"}),
        {"estimator": "mean", "design": "adjust", "variable": "y", "se": 2080**0.5 / 49},
        case("allocation", "s.csv", "n_h", ["10", 40, 50], options={
            "n": "100", "method": "proportional", "stratum": "h", "population": "N", "min": None, "cap": "N_h"}),
        case("response_rate", "d.csv", "here", 3 / 4, options={"classes": "stratum"}, extra={
            "by_class_factor": {"A": 1, "B": "2"}}, compare_extra=["by_class_factor"]),
    ],
)  # fmt: skip
def test_other_spellings_of_a_case_are_read(wanted: dict[str, Any]) -> None:
    assert failures(wanted) == []


def test_byte_order_marks_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    designs_text = (tmp_path / "expected.json").read_text("utf-8")
    (tmp_path / "expected.json").write_bytes(designs_text.encode("utf-8-sig"))
    (tmp_path / "d.csv").write_bytes(ROWS.replace("\n", "\r\n").encode("utf-8-sig"))
    assert failures(case("mean", "cells", "y", 3.2)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        case("mean", "adjust", "y", MEAN * (1 + 1e-6)),
        case("mean", "adjust", "y", MEAN, se=0.9),
        case("mean", "adjust", "y", MEAN, df=2),
        case("mean", "adjust", "y", MEAN, n_unweighted=4),
        case("mean", "adjust", "y", None),
        case("mean", "adjust", "y", str(MEAN + 1)),
        case("mean", "adjust", "y", "much"),
        case("item_covariance_matrix", "adjust", "y,x", [None, 16 / 5]),
        case("mean", "adjust", "y", MEAN, extra={"df_domain": 3}, compare_extra=["df_domain"]),
    ],
)
def test_wrong_number_is_reported(wrong: dict[str, Any]) -> None:
    assert len(failures(wrong)) == 1


def test_lonely_stratum_under_fail_is_an_error() -> None:
    with pytest.raises(MethodsError, match="strata B"):
        failures(case("mean", "fail", "y", MEAN))
    assert failures(case("mean", "fail", "y", None)) == []


@pytest.mark.parametrize(
    "strange",
    [
        case("geometric_mean", "adjust", "y", 1.0),
        case("mean", "nowhere", "y", 1.0),
        case("mean", "adjust", "z", 1.0),
        case("mean", "adjust", "y", 1.0, domain={"planet": "x"}),
        case("mean", "adjust", "y", 1.0, domain={"area": ["n", "s", "w"]}),
    ],
)
def test_case_that_cannot_be_read_is_not_passed_over(strange: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        failures(strange)


def test_informative_tolerance_does_not_fail() -> None:
    assert failures(case("mean", "adjust", "y", MEAN, se=9, tolerance={**TOLERANCE, "se": "informative"})) == []
