"""How like the drawn firms those are that have answered, of a wave worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from django.utils import translation

from survey.methods.nonresponse.representativity import Representativity
from survey.selectors.fieldwork.likeness import likeness_of, names_of_parts

COLUMNS = ["stratum", "district", "submitted", "out_of_scope", "count"]
# 200 firms: 100 large ones of manufacturing of which 80 answered, 100 small ones of trade of which 40 did.
LARGE = [("C0", "Nanshan", True, False, 80), ("C0", "Nanshan", False, False, 20)]
SMALL = [("F2", "Futian", True, False, 40), ("F2", "Futian", False, False, 60)]


def cases(*rows: tuple[str, str, bool, bool, int]) -> pd.DataFrame:
    """Cases as `alike_cases` counts them, of weight 2 each."""
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.assign(weight=2.0 * found["count"])


def likeness(*rows: tuple[str, str, bool, bool, int]) -> Representativity:
    found = likeness_of(cases(*rows))
    assert found is not None
    return found


def test_parts_are_those_of_section_size_and_district() -> None:
    found = likeness(*LARGE, *SMALL)
    assert (found.response, found.r) == pytest.approx((0.6, 1 - 2 * np.sqrt(0.04 * 400 / 399)), abs=1e-4)
    assert {one.variable: [(row.category, row.firms) for row in one.categories] for one in found.variables} == {
        "industry": [("C", 200.0), ("F", 200.0)],
        "size": [("large", 200.0), ("small", 200.0)],
        "district": [("Futian", 200.0), ("Nanshan", 200.0)],
    }
    size = next(one for one in found.variables if one.variable == "size")
    assert [row.propensity for row in size.categories] == pytest.approx([0.8, 0.4], abs=1e-4)


def test_firms_known_to_be_out_of_scope_are_left_out() -> None:
    gone = [("C0", "Nanshan", False, True, 50), ("F2", "Futian", True, True, 50), ("G1", "Longgang", False, True, 9)]
    assert likeness(*LARGE, *SMALL, *gone) == likeness(*LARGE, *SMALL)


def test_firms_that_stand_otherwise_only_in_what_the_model_does_not_look_at_are_one_row() -> None:
    # As where an officer has some of them, and another the rest.
    parted = [("C0", "Nanshan", True, False, 30), ("C0", "Nanshan", True, False, 50), *LARGE[1:]]
    assert likeness(*parted, *SMALL) == likeness(*LARGE, *SMALL)


@pytest.mark.parametrize("rows", [LARGE[:1] + SMALL[:1], LARGE[1:] + SMALL[1:], []], ids=["all", "nobody", "none"])
def test_nothing_is_said_while_everybody_or_nobody_has_answered(rows: list[tuple[str, str, bool, bool, int]]) -> None:
    assert likeness_of(cases(*rows).astype({"count": int, "out_of_scope": bool, "stratum": str})) is None


def test_parts_are_named_in_the_language_of_the_page_and_districts_as_they_are() -> None:
    with translation.override("en"):
        named = names_of_parts(likeness(*LARGE, *SMALL), {"C": "Manufacturing", "F": "Trade"})
    assert named == {
        "C": "Manufacturing",
        "F": "Trade",
        "Nanshan": "Nanshan",
        "Futian": "Futian",
        "industry": "Industry",
        "size": "Size class",
        "district": "District",
        "large": "Large",
        "medium": "Medium",
        "small": "Small",
        "micro": "Micro",
    }
