from typing import Any

import numpy as np
import pytest

from survey.methods.errors import WrongShape
from survey.methods.sampling.size_class import SizeGroup, candidate_groups, classify_sizes

INDUSTRY = SizeGroup(name="工业", codes=("B", "C", "D"), bounds={"X": (20, 300, 1000), "Y": (300, 2000, 40000)})
BUILDING = SizeGroup(name="建筑业", codes=("E",), bounds={"Y": (300, 6000, 80000), "Z": (300, 5000, 80000)})
TRANSPORT = SizeGroup(name="交通运输业", codes=("54", "591"), bounds={"X": (20, 300, 1000)})
STORAGE = SizeGroup(name="仓储业", codes=("592", "593"), bounds={"X": (20, 100, 200)})
GROUPS = (INDUSTRY, BUILDING, TRANSPORT, STORAGE)


def sizes(code: Any, section: Any, employees: Any = np.nan, revenue: Any = np.nan, assets: Any = np.nan) -> Any:
    figures = {"X": np.array([employees]), "Y": np.array([revenue]), "Z": np.array([assets])}
    found = classify_sizes(np.array([code], object), np.array([section], object), figures, GROUPS)
    return found.classes[0], bool(found.outside[0]), bool(found.ambiguous[0]), bool(found.partial[0])


@pytest.mark.parametrize(
    ("employees", "revenue", "expected"),
    [
        (1000, 40000, "large"),
        (999, 40000, "medium"),
        (1000, 39999.9, "medium"),
        (300, 2000, "medium"),
        (1000, 1999, "small"),
        (20, 300, "small"),
        (19, 50000, "micro"),
        (5000, 299, "micro"),
    ],
)
def test_size_class_is_the_lowest_over_the_indicators(employees: int, revenue: float, expected: str) -> None:
    assert sizes("39", "C", employees, revenue) == (expected, False, False, False)


def test_longer_code_belongs_to_the_group_of_its_beginning() -> None:
    assert [candidate_groups(code, "G", GROUPS) for code in ("5411", "591", "5920", "59", "53")] == [
        [2], [2], [3], [2, 3], []
    ]  # fmt: skip


def test_industry_outside_every_group_has_no_class() -> None:
    assert sizes("66", "J", 5000, 1e6) == ("", True, False, False)


def test_broad_code_has_a_class_where_its_groups_agree() -> None:
    assert sizes("59", "G", 10) == ("micro", False, False, False)


def test_broad_code_has_no_class_where_its_groups_disagree() -> None:
    assert sizes("59", "G", 250) == ("", False, True, False)


def test_missing_indicator_leaves_the_class_to_the_other() -> None:
    assert sizes("47", "E", revenue=7000) == ("medium", False, False, True)


def test_no_indicator_gives_no_class() -> None:
    assert sizes("47", "E", employees=10)[0] == ""


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(WrongShape):
        classify_sizes(np.array(["39"], object), np.array([], object), {"X": np.array([1.0])}, GROUPS)
