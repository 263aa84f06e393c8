"""Designs, editions and what was deleted, changed by two at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.instrument.plan.plan import AnalysisPlan, Threshold
from survey.models import Item, Questionnaire, Section
from survey.services.design.plan import change_plan
from survey.services.design.publishing import publish_questionnaire
from survey.services.operation.removal import remove, restore_removed
from tests.at_once import meanwhile

pytestmark = pytest.mark.usefixtures("parallel_database", "english")


def test_two_who_publish_the_same_make_one_version(small: Questionnaire) -> None:
    def publish() -> Any:
        return publish_questionnaire(questionnaire=small, actor=None)

    assert meanwhile(publish, publish).result() == small.versions.get()


def test_of_two_who_change_one_plan_the_second_is_told(small: Questionnaire) -> None:
    def changing(firms: int) -> Callable[[], Any]:
        plan = AnalysisPlan(threshold=Threshold(firms=firms))
        return lambda: change_plan(questionnaire=small, plan=plan, revision=1, actor=None)

    change_plan(questionnaire=small, plan=AnalysisPlan(threshold=Threshold(firms=5)), revision=0, actor=None)
    assert getattr(meanwhile(changing(6), changing(7)).exception(), "code", None) == "plan_changed"


def test_deleted_part_is_put_back_once(small: Questionnaire) -> None:
    removed = remove(row=small.sections.get(), actor=None)

    def restore() -> None:
        restore_removed(removed=removed, actor=None)

    assert type(meanwhile(restore, restore).exception()).__name__ == "DoesNotExist"
    assert (Section.objects.count(), Item.objects.count()) == (1, 2)
