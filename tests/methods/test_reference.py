"""Every case of a reference set (folder from REFERENCE_DIR, default the golden set) against this code."""


import pytest

from tests.methods.golden.comparison import failures
from tests.methods.golden.data import exists, load, reference
from tests.methods.golden.designs import data_of, design_of, files_of

CASES = reference()["cases"]
CALIBRATED = [name for name, design in reference()["designs"].items() if design.get("expected_weights")]


def files_needed(case: dict) -> list[str]:
    if case["design"] not in reference()["designs"] and " minus " not in case["design"]:
        join = (case.get("options") or {}).get("join") or {}
        return [case["design"], *filter(None, [join.get("file")])]
    return [file for name in case["design"].split(" minus ") for file in files_of(name)]


def skip_without(files: list[str]) -> None:
    absent = [file for file in files if not exists(file)]
    if absent:
        pytest.skip(f"data file absent: {', '.join(absent)}")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case_equals_reference(case):
    skip_without(files_needed(case))
    assert failures(case) == []


@pytest.mark.parametrize("name", CALIBRATED)
def test_calibrated_weights_equal_reference(name):
    expected = reference()["designs"][name]["expected_weights"]
    skip_without([*files_of(name), expected["file"]])
    file = load(expected["file"])
    file = file.rows(file.where({"design": name}))
    wanted = dict(zip(file.text(expected["key"]), file.numbers("weight"), strict=True))
    keys = data_of(name).text(expected["key"])
    weights = design_of(name).weight
    far = {key: w for key, w in zip(keys, weights, strict=True) if abs(w / wanted[key] - 1) > expected["tolerance"]}
    assert far == {}
    assert len(keys) == len(wanted)


def test_reference_set_is_complete():
    assert len(CASES) == reference().get("n_cases", len(CASES)) > 0
