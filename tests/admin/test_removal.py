"""Deleting asks for the code, hides for some days, and can be undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.instrument.schema import Text
from survey.jobs.due import forget_removed
from survey.models import Item, Option, Questionnaire, Removed, Section, StaffAction, Survey, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import Role, WaveStatus


def page_of(row: Any, action: str = "delete") -> str:
    return reverse(f"admin:survey_{row._meta.model_name}_{action}", args=[row.pk])


def delete(client: Client, row: Any, name: str) -> Any:
    return client.post(page_of(row), {"post": "yes", "name": name})


def put_back(client: Client, removed: Removed) -> Any:
    posted = {"action": "put_back_chosen", "_selected_action": [str(removed.pk)]}
    return client.post(reverse("admin:survey_removed_changelist"), posted, follow=True)


def test_page_asks_for_the_code(designer: Client, small: Questionnaire) -> None:
    html = designer.get(page_of(small.sections.get())).content.decode()
    assert "Type its code, <strong>A</strong>, to delete it:" in html
    assert "It can be put back for 30 days" in html


@pytest.mark.parametrize("typed", ["", "B"])
def test_section_stays_without_its_code(designer: Client, small: Questionnaire, typed: str) -> None:
    response = delete(designer, small.sections.get(), typed)
    assert (response.status_code, Section.objects.count()) == (422, 1)
    assert "This is not the code" in response.content.decode()


def test_deleted_section_is_put_back_as_it_was(designer: Client, small: Questionnaire) -> None:
    Option.objects.create(item=Item.objects.get(code="uses"), code="a", text=Text("甲", "A"))
    before = read_questionnaire(small.pk)
    keys = sorted(Item.objects.values_list("pk", flat=True))
    assert delete(designer, small.sections.get(), "A").status_code == 302
    assert (Section.objects.count(), Item.objects.count(), Option.objects.count()) == (0, 0, 0)
    assert "1 deleted part was put back." in put_back(designer, Removed.objects.get()).content.decode()
    assert read_questionnaire(small.pk) == before
    assert sorted(Item.objects.values_list("pk", flat=True)) == keys
    assert not Removed.objects.exists()
    assert set(StaffAction.objects.values_list("verb", flat=True)) == {"remove", "put_back"}


def test_questionnaire_that_never_was_published_is_deleted_and_put_back(designer: Client, small: Questionnaire) -> None:
    before = read_questionnaire(small.pk)
    assert delete(designer, small, "small").status_code == 302
    put_back(designer, Removed.objects.get())
    assert read_questionnaire(Questionnaire.objects.get().pk) == before


def test_survey_that_has_waves_stays(designer: Client, small: Questionnaire) -> None:
    assert "Cannot delete survey" in delete(designer, small.survey, "pain").content.decode()
    assert Survey.objects.count() == 1


def test_part_whose_code_is_taken_meanwhile_is_not_put_back(designer: Client, small: Questionnaire) -> None:
    delete(designer, small.sections.get(), "A")
    small.sections.create(code="A", title=Text("新", "New"))
    html = put_back(designer, Removed.objects.get()).content.decode()
    assert "cannot be put back: its code is in use again" in html
    assert (Section.objects.count(), Item.objects.count(), Removed.objects.count()) == (1, 0, 1)


def test_part_of_what_is_gone_is_not_put_back(designer: Client, small: Questionnaire) -> None:
    delete(designer, small.sections.get(), "A")
    section = Removed.objects.get()
    delete(designer, small, "small")
    put_back(designer, section)
    assert (Section.objects.count(), Removed.objects.count()) == (0, 2)


def test_list_offers_no_deletion_of_many(designer: Client, small: Questionnaire) -> None:
    posted = {"action": "delete_selected", "_selected_action": [str(small.sections.get().pk)], "post": "yes"}
    designer.post(reverse("admin:survey_section_changelist"), posted)
    assert Section.objects.count() == 1


def test_questionnaire_page_deletes_no_section(designer: Client, small: Questionnaire) -> None:
    assert "sections-0-DELETE" not in designer.get(page_of(small, "change")).content.decode()


def test_planned_wave_is_put_back(client: Client, office_user: Callable[[Role], User], wave: Wave) -> None:
    Wave.objects.update(status=WaveStatus.PLANNED.value)
    client.force_login(office_user(Role.ADMINISTRATOR))
    assert delete(client, wave, "w1").status_code == 302
    put_back(client, Removed.objects.get())
    assert Wave.objects.get().closes_at == wave.closes_at


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_others_neither_see_nor_put_back(
    client: Client, office_user: Callable[[Role], User], small: Questionnaire, role: Role
) -> None:
    kept = Removed.objects.create(model="survey.section", name="A", content=[])
    client.force_login(office_user(role))
    assert put_back(client, kept).status_code == 403
    assert Removed.objects.exists()


def test_officer_sees_no_deleted_section(client: Client, office_user: Callable[[Role], User], db: None) -> None:
    Removed.objects.create(model="survey.section", name="Section-A", content=[])
    client.force_login(office_user(Role.FIELD_OFFICER))
    page = client.get(reverse("admin:survey_removed_changelist"))
    assert (page.status_code, "Section-A" in page.content.decode()) == (200, False)


def test_what_was_deleted_is_gone_after_its_days(db: None) -> None:
    for name in ("old", "new"):
        Removed.objects.create(model="survey.section", name=name, content=[])
    now = timezone.now()
    Removed.objects.filter(name="old").update(removed_at=now - timedelta(days=31))
    assert forget_removed(now) == "1 deleted parts were removed for good."
    assert Removed.objects.get().name == "new"
