"""Designs, editions and what was deleted, changed by two at the same moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from survey.instrument.plan.plan import AnalysisPlan, Threshold
from survey.instrument.schema import Text
from survey.models import Item, Questionnaire, Section, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.design.plan import change_plan
from survey.services.design.publishing import publish_questionnaire
from survey.services.design.questionnaire_loading import load_questionnaire
from survey.services.operation.removal import remove, restore_removed
from tests.at_once import meanwhile
from tests.every_type import EVERY_TYPE

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


def test_draft_that_another_replaces_meanwhile_is_not_overwritten(wave: Wave) -> None:
    loaded = load_questionnaire(content=EVERY_TYPE, survey=wave.survey, replace=False, actor=None)
    over = read_questionnaire(loaded.pk).digest

    def replacing(title: str) -> Callable[[], Any]:
        content = replace(EVERY_TYPE, title=Text(title, title))
        return lambda: load_questionnaire(content=content, survey=None, replace=True, actor=None, over=over)

    second = meanwhile(replacing("A"), replacing("B")).exception()
    assert (getattr(second, "code", None), read_questionnaire(loaded.pk).title.en) == ("changed", "A")
