"""What a cut keeps of its firms, by hand: a later cut that read other digests would take every firm for changed."""

import json

import numpy as np

from survey.methods.clearing.states import FirmStates, firm_states
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, Subject
from survey.methods.extract import Coded, Extract

BOTH = ("trend", "money")
DIGESTS = [626228776, 675289908, 1817357783, 0]
"""Of "down" and 10, of "up" alone, of 10 alone and of nothing."""


def given(labels: tuple[str, ...], codes: list[int], money: list[float], columns: tuple[str, ...] = BOTH) -> list[int]:
    """The digests of what these firms gave to a subject of some of their two answers."""
    rows = len(codes)
    extract = Extract(
        stratum=np.zeros(rows, int), strata=("all",), weight=np.ones(rows),
        items={"trend": Coded(np.array(codes), labels)},
        values={"money": np.array(money), "cost": np.array(money[::-1])},
    )  # fmt: skip
    subject = Subject(answered=np.ones(rows, bool), columns=columns)
    states = firm_states(extract, {FIRMS_THEMSELVES: subject, "x": subject}, {}, tuple(map(str, range(rows))))
    assert states.given[FIRMS_THEMSELVES].tolist() == [1] * rows
    digests: list[int] = states.given["x"].tolist()
    return digests


def test_digests_are_those_of_the_cuts_that_are_stored() -> None:
    nan = float("nan")
    assert given(("up", "down"), [1, 0, -1, -1], [10.0, nan, 10.0, nan]) == DIGESTS


def test_answer_keeps_its_digest_where_its_label_stands_at_another_place() -> None:
    assert given(("up", "down"), [1, 0], [1.0, 2.0]) == given(("down", "up"), [0, 1], [1.0, 2.0])


def test_same_two_numbers_the_other_way_round_are_another_answer() -> None:
    one, other = given(("up",), [0, 0], [3.0, 7.0], ("money", "cost"))
    assert one != other


def test_numbers_whose_digest_would_be_that_of_nothing_count_as_an_answer() -> None:
    """The hash of the first is 0 in its upper half; those of the two others together cancel out."""
    assert given(("up",), [-1], [179320.94063467951], ("money",)) == [1]
    assert given(("up",), [-1, -1], [159792.7986031049, 0.004931446625109658], ("money", "cost"))[0] == 1


def test_groups_and_amounts_of_the_firms_that_responded_stand_beside_their_key() -> None:
    """Three firms, the second without a size and a cost; the last row is out of scope and has no key."""
    extract = Extract(
        stratum=np.zeros(4, int), strata=("all",), weight=np.ones(4), respondents=3,
        values={"cost": np.array([5.0, np.nan, 7.0, 9.0])},
    )  # fmt: skip
    size = Coded(np.array([1, -1, 0, 1]), ("small", "large"))
    subject = Subject(answered=extract.in_scope, columns=("cost",), amounts=("cost",))
    made = firm_states(extract, {"cost": subject}, {"size": size}, ("a", "b", "c"))
    for states in (made, FirmStates.from_dict(json.loads(json.dumps(made.to_dict())))):
        assert (states.key, states.groups["size"].tolist()) == (("a", "b", "c"), ["large", "", "small"])
        assert states.amounts["cost"].tolist() == [5, 0, 7]
        assert (states.given["cost"] == made.given["cost"]).all()
        assert states.given["cost"].astype(bool).tolist() == [True, False, True]
