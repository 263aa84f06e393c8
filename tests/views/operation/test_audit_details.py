"""What an entry of the audit history counts and names, in words."""

import ast
from pathlib import Path

import pytest

from survey.asked_terms.speaking import speaking_of
from survey.terms import AskedUnit
from survey.views.operation.audit_details import NAMES, detail_in_words

SURVEY = Path(__file__).resolve().parents[3] / "survey"
ABOUT = {"actor", "verb", "subject"}
pytestmark = pytest.mark.usefixtures("english")


def test_details_stand_on_one_line_however_deep() -> None:
    assert detail_in_words({"firms": 2, "asked": {"mark": "watch", "until": ""}}) == (
        "firms 2, asked (mark watch, until )"
    )
    assert detail_in_words({}) == ""


def test_words_of_the_field_are_said_as_elsewhere_and_others_stand_as_they_are() -> None:
    detail = {"purpose": "thanks", "left_out": 3, "kind": "call", "method": "of before"}
    assert detail_in_words(detail) == "purpose Thanks, left out 3, kind Call, allocation of before"


def test_count_is_of_what_is_told_of() -> None:
    with speaking_of(AskedUnit.LOCAL_UNIT):
        assert detail_in_words({"firms": 2}) == "local units 2"


def test_every_name_that_the_product_writes_is_in_words() -> None:
    written = {
        word.arg
        for path in SURVEY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("record_action", "record_reading", "record")
        for word in node.keywords
        if word.arg is not None
    }
    assert written - ABOUT - set(NAMES) == set()
    assert len(written) > 50
