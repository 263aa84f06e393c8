"""Every case of the reference sets (the folder REFERENCE_DIR, default the golden, the synthetic and the production set) against this
code."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from survey.methods.sampling.sample_size import CvTarget, StratumMoments, achieved_cv, smallest_sample
from tests.methods.golden import data
from tests.methods.golden.comparison import LIKE_THE_GOLDEN_SET, failures
from tests.methods.golden.data import FOLDER, FOLDERS, Data, exists, load, reference, reference_in
from tests.methods.golden.designs import data_of, design_of, files_of

# Tests of two-way tables are in the sets, and no method here.
CASES = [
    (folder, case) for folder in FOLDERS for case in reference_in(folder)["cases"] if case["estimator"] != "table_test"
]
CALIBRATED = [
    (folder, name)
    for folder in FOLDERS
    for name, design in (reference_in(folder).get("designs") or {}).items()
    if design.get("expected_weights")
]
CHECK = {"min_n": 2, "n_total_max_rel_excess": 0.01, "cv_max_rel_excess": 1e-3}
ON_A_FILE = {"allocation", "response_rate"}


@pytest.fixture
def folder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The reference set that a test reads."""
    monkeypatch.setattr(data, "FOLDER", request.param)
    return request.param


def named(pairs: list[tuple[Any, ...]], name: Callable[[int, Any], str]) -> dict[str, Any]:
    """Parameters of a test: the set, and one of the things in it."""
    return {
        "argvalues": pairs,
        "indirect": ["folder"],
        "ids": [f"{f.name}:{name(k, x)}" for k, (f, x) in enumerate(pairs)],
    }


def files_needed(case: dict[str, Any]) -> list[str]:
    if case["estimator"] in ON_A_FILE:
        join = (case.get("options") or {}).get("join") or {}
        return [case["design"], *filter(None, [join.get("file")])]
    return [file for name in case["design"].split(" minus ") for file in files_of(name)]


def skip_without(files: list[str]) -> None:
    absent = [file for file in files if not exists(file)]
    if absent:
        pytest.skip(f"data file absent: {', '.join(absent)}")


@pytest.mark.parametrize(("folder", "case"), **named(CASES, lambda k, case: case.get("id", k)))
def test_case_equals_reference(folder: Path, case: dict[str, Any]) -> None:
    skip_without(files_needed(case))
    assert failures(case) == []


@pytest.mark.parametrize(("folder", "name"), **named(CALIBRATED, lambda k, name: name))
def test_calibrated_weights_equal_reference(folder: Path, name: str) -> None:
    expected = reference()["designs"][name]["expected_weights"]
    skip_without([*files_of(name), expected["file"]])
    file = load(expected["file"])
    file = file.rows(file.where({"design": name}))
    wanted = dict(zip(file.text(expected["key"]), file.numbers("weight"), strict=True))
    keys = data_of(name).text(expected["key"])
    weights = design_of(name).weight
    tolerance = float(expected.get("tolerance") or LIKE_THE_GOLDEN_SET)
    far = {key: w for key, w in zip(keys, weights, strict=True) if abs(w - wanted[key]) > tolerance * abs(wanted[key])}
    assert far == {}
    assert len(keys) == len(wanted)


@pytest.mark.parametrize("folder", FOLDERS, indirect=True, ids=lambda folder: folder.name)
def test_reference_set_is_complete(folder: Path) -> None:
    cases = reference()["cases"]
    assert len(cases) == int(reference().get("n_cases") or len(cases)) > 0


def bethel() -> dict[str, Any]:
    return (
        json.loads((FOLDER / "bethel_expected.json").read_text("utf-8-sig")) if exists("bethel_expected.json") else {}
    )


@pytest.mark.parametrize("name", bethel().get("cases", ["absent"]))
def test_smallest_sample_meets_reference(name: str) -> None:
    skip_without(["bethel_expected.json", "bethel_strata.csv"])
    case, check = bethel()["cases"][name], CHECK | (bethel().get("check") or {})
    file = load("bethel_strata.csv")
    strata, targets = strata_and_targets(file, case)
    cost = file.numbers("cost") if file.has("cost") else None
    found = smallest_sample(strata, targets, minimum=check["min_n"], cost=cost)
    assert found.exact.sum() <= case["n_total"] * (1 + check["n_total_max_rel_excess"])
    assert (found.exact <= strata.population * (1 + 1e-9)).all()
    assert (found.exact >= np.minimum(check["min_n"], strata.population) * (1 - 1e-9)).all()
    limit = 1 + check["cv_max_rel_excess"]
    assert [t.label for t in targets if achieved_cv(strata, found.exact, t) > t.cv * limit] == []


def strata_and_targets(file: Data, case: dict[str, Any]) -> tuple[StratumMoments, list[CvTarget]]:
    """Strata, and one target per variable and domain value: a row of `errors` holds the CVs for a domain column."""
    variables = [column[1:] for column in file.table.columns if re.fullmatch(r"M\d+", column)]
    codes = file.text("STRATO")
    strata = StratumMoments(
        codes=tuple(codes.tolist()),
        population=file.numbers("N"),
        mean={f"M{v}": file.numbers(f"M{v}") for v in variables},
        deviation={f"M{v}": file.numbers(f"S{v}") for v in variables},
    )
    targets = [
        CvTarget(
            variable=f"M{v}",
            cv=row[f"CV{v}"],
            members=frozenset(codes[file.text(row["DOM"]) == value].tolist()),
            label=f"{value} {v}",
        )
        for row in case["errors"]
        for value in np.unique(file.text(row["DOM"])).tolist()
        for v in variables
        if f"CV{v}" in row
    ]
    return strata, targets
