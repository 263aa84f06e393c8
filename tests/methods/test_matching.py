"""Texts are found where they stand, by numbers or by themselves."""

from typing import Any

import numpy as np
import pytest

from survey.methods import matching
from survey.methods.matching import places_among

KNOWN = ["91350200A", "", "b", "企业/12", "c"]


@pytest.mark.parametrize(
    "asked", [[], ["b"], ["c", "none", "企业/12", ""], [f"{one:030d}" for one in range(3)] + KNOWN]
)
@pytest.mark.parametrize("factor", [matching.FACTOR, 0, 1])
def test_texts_are_found_where_they_stand(asked: list[str], factor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where different texts have one number: all of them, or those with the same signs."""
    monkeypatch.setattr(matching, "FACTOR", factor)
    wanted = [KNOWN.index(one) if one in KNOWN else -1 for one in asked]
    assert places_among(np.array(KNOWN), np.array(asked, np.str_)).tolist() == wanted


def test_text_with_the_signs_of_another_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "FACTOR", 1)
    assert places_among(np.array(["ab", "cd"]), np.array(["dc", "ab"])).tolist() == [-1, 0]


@pytest.mark.parametrize("rows", [slice(None, None, 2), slice(None, None, -1)])
def test_array_that_is_part_of_another_is_read(rows: Any) -> None:
    some = np.array(KNOWN)[rows]
    assert places_among(some, np.array(KNOWN)).tolist() == [
        some.tolist().index(one) if one in some.tolist() else -1 for one in KNOWN
    ]
