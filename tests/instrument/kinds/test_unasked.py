"""Texts to read and calculated values: in the questionnaire, but asked of nobody."""

from survey.instrument.answers import parse_item
from survey.instrument.codebook import codebook_of
from survey.instrument.kinds.registry import kind_of
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page

NOTE, SUM = item("note", ItemType.NOTE), item("sum", ItemType.CALCULATION, calculation="1 + 1")


def test_nothing_is_read_or_kept_of_a_text_to_read() -> None:
    kind = kind_of(NOTE)
    assert parse_item(NOTE, {"note": ["read"]}).answers == {}
    assert (kind.is_asked, kind.has_value, kind.keep(kind, NOTE, frozenset(), "read")) == (False, False, None)


def test_calculated_value_has_a_variable_and_a_text_to_read_has_none() -> None:
    assert [(row.name, row.kind) for row in codebook_of(one_page(NOTE, SUM))] == [("sum", "number")]
    assert (kind_of(SUM).is_asked, kind_of(SUM).has_value) == (False, True)


def test_neither_takes_time() -> None:
    assert [kind_of(one).seconds for one in (NOTE, SUM)] == [0, 0]
