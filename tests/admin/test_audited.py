"""What the office does by Django's own pages stands in the audit history; what services write is only read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from survey.admin.audited import ReadOnlyAdmin, record, text_column
from survey.instrument.schema import Text
from survey.models import PainPoint, StaffAction
from survey.terms import Role

pytestmark = pytest.mark.django_db
TEXTS = {"name_zh": "名", "name_en": "Name", "raised_by_zh": "人", "raised_by_en": "People"}


@pytest.fixture
def point() -> PainPoint:
    return PainPoint.objects.create(code="Z1", theme="Z", name=Text("甲", "One"), raised_by=Text("乙", "Two"))


def kept() -> list[tuple[str, str, str | None]]:
    """Verb, key and who of every entry."""
    return [
        (action.verb, action.detail["key"], action.actor.username if action.actor else None)
        for action in StaffAction.objects.order_by("pk")
    ]


def test_row_that_is_deleted_is_named_before_it_goes(designer: Client, point: PainPoint, english: None) -> None:
    key, name = str(point.pk), str(point)
    designer.post(reverse("admin:survey_painpoint_delete", args=[point.pk]), {"post": "yes"})
    assert not PainPoint.objects.exists()
    assert kept() == [("delete", key, "designer_1")]
    assert StaffAction.objects.get().subject == name


def test_rows_deleted_from_a_list_are_named_one_by_one(designer: Client, point: PainPoint) -> None:
    other = PainPoint.objects.create(code="Z2", theme="Z", name=Text("丙", "Three"), raised_by=Text("丁", "Four"))
    keys = [str(row.pk) for row in (point, other)]
    chosen = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    designer.post(reverse("admin:survey_painpoint_changelist"), chosen)
    assert sorted(kept()) == [("delete", key, "designer_1") for key in sorted(keys)]


def test_change_is_kept_with_the_names_of_its_fields(designer: Client, point: PainPoint) -> None:
    address = reverse("admin:survey_painpoint_change", args=[point.pk])
    form: Any = designer.get(address)
    given = {name: form.context["adminform"].form[name].value() for name in form.context["adminform"].form.fields}
    given = {name: value for name, value in given.items() if isinstance(value, str | int)}
    designer.post(address, {**given, **TEXTS, "theme": "Y"})
    assert kept() == [("change", str(point.pk), "designer_1")]
    assert "changed" in StaffAction.objects.get().detail["change"][0]


def test_what_nobody_known_does_is_kept_without_a_name(point: PainPoint, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    record(request, "change", point)
    assert kept() == [("change", str(point.pk), None)]


def test_nobody_writes_what_is_only_read(rf: RequestFactory, office_user: Callable[[Role | str], User]) -> None:
    request = rf.get("/")
    request.user = User.objects.create(username="root", is_staff=True, is_superuser=True)
    page = ReadOnlyAdmin(StaffAction, admin.site)
    asked = (page.has_add_permission, page.has_change_permission, page.has_delete_permission)
    assert [may(request) for may in asked] == [False, False, False]
    assert page.has_view_permission(request)


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "甲"), ("en", "One")])
def test_column_shows_a_text_in_the_language_of_the_page(point: PainPoint, language: str, shown: str) -> None:
    column = text_column("name", "Name")
    with override(language):
        assert (column(None, point), column.admin_order_field) == (shown, "name")
