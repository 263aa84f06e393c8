"""The account of a cut: when it holds, and that it is read as it was written, by whichever version."""

import json
from dataclasses import replace
from typing import Any

import pytest

from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof, Rung
from survey.methods.certificate.worlds import Effort

PROOF = ItemProof(item="B1", answers=40, served=38, assumed=2, worlds=90, withheld=3, kept=3, ratio=1.5)
FAILURE = Failure(proof=Proof.ODDS, item="B1", part="5", group="size=small", number=2, tables=("ranking", "by_size"))
WHOLE = Certificate(
    firms=40, cuts=2, seed=7, limit=4.0, effort=Effort(chains=8), items=(PROOF, replace(PROOF, item="B2", answers=10, worlds=5)),
    failures=(), outside=("revenue:mean",), coarser={"B2": Rung(steps=2, apart=3.0, sizes=True)},
)  # fmt: skip


def test_certificate_is_the_same_after_it_was_stored() -> None:
    for one in (WHOLE, replace(WHOLE, failures=(FAILURE,), left=4, left_proved=True)):
        assert Certificate.from_dict(json.loads(json.dumps(one.to_dict()))) == one


@pytest.mark.parametrize(
    ("failures", "left", "left_proved", "holds"),
    [((), 0, False, True), ((), 1, False, False), ((), 1, True, True), ((FAILURE,), 0, True, False)],
)
def test_certificate_holds_where_nothing_failed_and_what_stayed_was_proved(
    failures: tuple[Failure, ...], left: int, left_proved: bool, holds: bool
) -> None:
    made = replace(WHOLE, failures=failures, left=left, left_proved=left_proved)
    assert (made.holds, made.to_dict()["holds"]) == (holds, holds)


def test_answers_and_worlds_are_those_of_all_items() -> None:
    assert (WHOLE.answers, WHOLE.worlds) == (50, 95)


def test_certificates_of_before_are_read_without_what_they_did_not_know() -> None:
    """They named rungs by a number of steps, another search, and no figures that stayed."""
    content = WHOLE.to_dict()
    old = {name: value for name, value in content.items() if name not in ("left", "left_proved")}
    effort = {"chains": 8, "sweeps": 16.0, "looks": 4, "returns": 8, "tries": 3}
    read = Certificate.from_dict({**old, "coarser": {"B1": 2, "B2": {"steps": 1}}, "effort": effort})
    alone: dict[str, Any] = {"heaviest": 1.0, "width": 0.0, "apart": None, "sizes": False}
    assert read.coarser == {"B1": Rung(steps=2, **alone), "B2": Rung(steps=1, **alone)}
    assert read.effort == Effort(chains=8, rounds=0, halves=0, aims=0)
    assert (read.left, read.left_proved, read.holds) == (0, False, True)


def test_two_rungs_together_tell_no_more_than_either() -> None:
    one = Rung(steps=1, heaviest=0.5, width=2.0, apart=9.0)
    other = Rung(steps=3, heaviest=0.2, width=1.0, apart=4.0, sizes=True)
    both = Rung(steps=3, heaviest=0.2, width=2.0, apart=4.0, sizes=True)
    assert one.with_other(other) == other.with_other(one) == both
    assert (Rung().with_other(one), Rung().with_other(Rung())) == (one, Rung())


def test_amounts_are_told_by_the_stricter_of_two_rungs() -> None:
    one, other = Rung(digits=1, largest=0.5), Rung(digits=2)
    assert one.with_other(other) == other.with_other(one) == Rung(digits=2, largest=0.5)


def test_amounts_of_two_rungs_with_other_leading_digits_are_told_in_powers_of_ten() -> None:
    fives, twos = Rung(digits=1, leading=5), Rung(digits=1, leading=2)
    assert fives.with_other(twos) == Rung(digits=1)
    assert (fives.with_other(fives), Rung().with_other(fives), fives.with_other(Rung())) == (fives, fives, fives)
