"""An edit rule is put behind those that the questionnaire has."""

from typing import Any

import pytest

from survey.instrument.schema import EditRule, Text
from survey.models import Questionnaire, StaffAction
from survey.services.design.edit_rules import add_edit_rule
from survey.terms import EditLevel
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


def rule(code: str) -> EditRule:
    return EditRule(
        code=code, level=EditLevel.VERIFY, items=("pain",), condition="${pain} != '5'", message=Text("很高", "High")
    )


def test_rules_stand_in_the_order_in_which_they_are_added(small: Questionnaire) -> None:
    rows: list[Any] = [add_edit_rule(questionnaire=small, rule=rule(code), actor=None) for code in ("first", "second")]
    assert [(row.code, row.position) for row in rows] == [("first", 1), ("second", 2)]
    assert (rows[0].level, rows[0].items, rows[0].condition) == ("verify", ["pain"], "${pain} != '5'")
    assert StaffAction.objects.filter(verb="add_edit_rule").count() == 2


def test_rule_is_added_with_its_entry_in_the_history_or_not_at_all(small: Questionnaire) -> None:
    assert half_written(lambda: add_edit_rule(questionnaire=small, rule=rule("first"), actor=None)) == []
