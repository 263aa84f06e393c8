"""The answers that firms gave to an item, and those that they could have given."""

from dataclasses import replace

import numpy as np

from survey.instrument.schema import Item, Option, Text
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.coding import part_name
from survey.methods.extract import Coded, Extract
from survey.terms import ItemType
from tests.methods.words import WORDS, asking, severity

CHOICES = Item(
    code="M",
    type=ItemType.MULTIPLE,
    text=Text("", "Several"),
    options=(
        *(Option(code=code, text=Text("", code)) for code in "ab"),
        Option(code="none", text=Text("", "none"), exclusive=True),
    ),
)
ITEMS = replace(WORDS, questionnaire=asking(severity("B1", "First"), CHOICES))


def _answered(**columns: Coded) -> Answered:
    rows = len(next(iter(columns.values())).codes)
    extract = Extract(stratum=np.zeros(rows, int), strata=("all",), weight=np.ones(rows), items=columns)
    (found,) = answered_items(extract, ITEMS)
    return found


def _chosen(a: list[int], b: list[int], none: list[int]) -> Answered:
    columns = {"a": a, "b": b, "none": none}
    return _answered(**{part_name("M", code): Coded(np.array(given), ("0", "1")) for code, given in columns.items()})


def test_every_code_is_an_answer_to_a_question_of_one_choice() -> None:
    found = _answered(B1=Coded(np.array([2, 0, -1]), ("1", "2", "3")))
    assert (found.codes.tolist(), found.truth.tolist()) == ([[0, 1, 2]], [2, 0, -1])


def test_sets_that_nobody_chose_but_could_have_stand_behind_those_that_were_chosen() -> None:
    """Twenty firms chose a and twenty b: who chose "none" is rare, and so is who did not choose it of few."""
    found = _chosen([1] * 20 + [0] * 20, [0] * 20 + [1] * 20, [0] * 40)
    chosen, possible = [(0, 1, 0), (1, 0, 0)], [(0, 0, 1)]
    assert list(zip(*found.codes.tolist(), strict=True)) == [*chosen, *possible]
    assert found.truth.tolist() == [1] * 20 + [0] * 20


def test_set_with_a_rare_option_is_possible_and_none_beside_another_is_not() -> None:
    found = _chosen([1] * 40, [0] * 39 + [1], [0] * 40)
    sets = list(zip(*found.codes.tolist(), strict=True))
    assert sets[:2] == [(1, 0, 0), (1, 1, 0)]
    assert sets[2:] == [(0, 0, 1), (0, 1, 0)]
