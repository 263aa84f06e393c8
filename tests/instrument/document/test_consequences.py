"""What a corrected answer changes: itself, and what its route then leads to or away from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from survey.instrument.document.consequences import KeyChange, changes_between, corrected_document
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page

USES, COST = item("uses", ItemType.YES_NO), item("cost", ItemType.INTEGER)
ASKED = one_page(USES, replace(COST, relevant="${uses} = 'yes'"))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[KeyChange]:
    return changes_between(ASKED, before, after, USES, {}, date(2026, 11, 30))


def test_answer_that_the_route_no_longer_leads_to_goes_with_the_correction() -> None:
    before: dict[str, Any] = {"uses": "yes", "cost": 5}
    after = corrected_document(before, USES, {"uses": "no"}, {})
    assert changed(before, after) == [
        KeyChange(key="uses", old="yes", new="no", is_own=True),
        KeyChange(key="cost", old=5, new=None, is_own=False),
    ]


def test_answer_that_an_earlier_correction_led_away_from_comes_back() -> None:
    before = {"uses": "no"}
    after = corrected_document(before, USES, {"uses": "yes"}, {"cost": 5})
    assert changed(before, after) == [
        KeyChange(key="uses", old="no", new="yes", is_own=True),
        KeyChange(key="cost", old=None, new=5, is_own=False),
    ]
