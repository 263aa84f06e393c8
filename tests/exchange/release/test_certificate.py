"""What a certificate proves, in words."""

from dataclasses import replace
from typing import Any

import pytest

from survey.exchange.release.certificate import FailureLine, certificate_lines, failure_lines
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof, Rung
from survey.methods.certificate.worlds import Effort

pytestmark = pytest.mark.usefixtures("english")
FAILED = Failure(proof=Proof.ODDS, item="B1", part="4", group="industry=C", number=2, tables=("ranking", "other"))


def certificate(*failures: Failure) -> dict[str, Any]:
    """Two questions of 440 firms; of the second less is told."""
    proofs = (
        ItemProof(item="B1", answers=1300, served=1299, assumed=5, worlds=700, withheld=9, kept=8, ratio=19.94),
        ItemProof(item="B2", answers=700, served=700, assumed=6, worlds=300, withheld=1, kept=1, ratio=3.0),
    )
    made = Certificate(
        firms=440, cuts=1, seed=1, limit=20.0, effort=Effort(), items=proofs, failures=failures,
        outside=("mean",), coarser={"B2": Rung(steps=1)}, left=4,
    )  # fmt: skip
    return made.to_dict()


def test_lines_say_what_was_proved_over_all_questions_and_what_was_not() -> None:
    told = dict(certificate_lines(certificate()))
    assert list(told.values()) == ["1,999 of 2,000", "1,000", "19.9 · 20", "9 of 10", "1", "11", "4", "1"]
    assert told["Withheld figures that stay open"] == "9 of 10"


def test_amounts_are_counted_by_themselves() -> None:
    content = certificate()
    proof = ItemProof(
        item="spend", answers=40, served=39, assumed=2, worlds=50, withheld=0, kept=0, ratio=1.0, is_amount=True
    )
    read = Certificate.from_dict(content)
    told = dict(certificate_lines(replace(read, items=(*read.items, proof)).to_dict()))
    answers, amounts = list(told.values())[:2]
    assert (answers, amounts) == ("1,999 of 2,000", "39 of 40")


def test_failure_names_the_proof_its_place_and_the_tables_in_words() -> None:
    assert failure_lines(certificate(FAILED), {"ranking": "Pain points"}) == [
        FailureLine(
            proof="What is shown does not raise the odds on an answer beyond the limit",
            about="B1 · 4 · industry=C",
            number=2,
            tables="Pain points, other",
        )
    ]


@pytest.mark.parametrize("content", [None, {"holds": True}])
def test_certificate_without_an_account_has_no_lines(content: dict[str, Any] | None) -> None:
    assert (certificate_lines(content), failure_lines(content, {})) == ([], [])
