"""Codes and wordings that are longer than their columns are named with both lengths."""

from dataclasses import replace

from survey import models
from survey.exchange.xlsform.read.lengths import overlong
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options

LIMIT = models.Option._meta.get_field("code").max_length


def test_code_of_an_option_is_measured_by_its_column() -> None:
    assert LIMIT is not None
    kept, longer = "a" * LIMIT, "a" * (LIMIT + 1)
    asked = one_page(item("place", ItemType.SINGLE, options=options(kept, longer)))
    too_long = {one for one in overlong(asked) if one[2] == "option" and one[4] == LIMIT}
    assert ("item", "place", "option", LIMIT + 1, LIMIT) in too_long
    assert {length for *_, length, _limit in too_long} == {LIMIT + 1}


def test_text_without_a_limit_is_never_too_long() -> None:
    asked = item("why", ItemType.TEXT)
    assert list(overlong(one_page(replace(asked, text=replace(asked.text, zh="长" * 9_000))))) == []
