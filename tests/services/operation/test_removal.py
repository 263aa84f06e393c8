"""What is deleted with all its parts is put back with all of them, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Item, Option, Questionnaire, Removed, Section, StaffAction, Wave
from survey.services.operation.removal import RemovalError, forget, parts_of, remove, restore_removed
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(small: Questionnaire) -> Any:
    Option.objects.create(item=Item.objects.get(code="uses"), code="a")
    return small.sections.get()


def test_parts_stand_after_what_they_point_to(section: Section) -> None:
    assert [type(part).__name__ for part in parts_of(section)] == ["Section", "Page", "Item", "Item", "Option"]


def test_deleted_part_is_kept_with_all_that_went_with_it(section: Section) -> None:
    actor = User.objects.create(username="designer")
    kept = remove(row=section, actor=actor)
    assert [entry["model"] for entry in kept.content] == [
        "survey.section", "survey.page", "survey.item", "survey.item", "survey.option",
    ]  # fmt: skip
    assert (kept.model, kept.name, kept.removed_by) == ("survey.section", str(section), actor)
    assert StaffAction.objects.get(verb="remove").detail == {"model": "survey.section", "rows": 5}
    assert not Item.objects.exists()


def test_part_comes_back_with_its_keys_and_is_no_longer_kept(section: Section) -> None:
    keys = list(Item.objects.order_by("pk").values_list("pk", "code"))
    restore_removed(removed=remove(row=section, actor=None), actor=None)
    assert list(Item.objects.order_by("pk").values_list("pk", "code")) == keys
    assert (Option.objects.count(), Removed.objects.count()) == (1, 0)


def test_part_whose_key_is_taken_changes_nothing(section: Section, small: Questionnaire) -> None:
    removed, key = remove(row=section, actor=None), section.pk
    Section.objects.create(pk=key or removed.content[0]["pk"], questionnaire=small, code="B")
    with pytest.raises(RemovalError) as refused:
        restore_removed(removed=removed, actor=None)
    assert refused.value.code == "taken"
    assert (Section.objects.get().code, Item.objects.count(), Removed.objects.count()) == ("B", 0, 1)


def test_part_of_what_is_gone_is_not_put_back(section: Section, small: Questionnaire) -> None:
    removed = remove(row=section, actor=None)
    small.delete()
    with pytest.raises(RemovalError) as refused:
        restore_removed(removed=removed, actor=None)
    assert (refused.value.code, Section.objects.count(), Removed.objects.count()) == ("taken", 0, 1)


def test_what_is_used_is_not_deleted_and_says_by_whom(wave: Wave) -> None:
    with pytest.raises(RemovalError) as refused:
        remove(row=wave.survey, actor=None)
    assert (refused.value.code, refused.value.complaint.parameters["by"]) == ("protected", str(wave))
    assert not Removed.objects.exists()


def test_old_parts_are_forgotten(section: Section) -> None:
    remove(row=section, actor=None)
    deleted_at = Removed.objects.get().removed_at
    assert [forget(before=deleted_at), forget(before=deleted_at + timedelta(seconds=1))] == [0, 1]
    assert timezone.now() > deleted_at


def test_part_is_deleted_and_put_back_whole_or_not_at_all(section: Section) -> None:
    key = section.pk
    assert half_written(lambda: remove(row=Section.objects.get(pk=key), actor=None)) == []
    removed = Removed.objects.get()
    assert half_written(lambda: restore_removed(removed=removed, actor=None)) == []
