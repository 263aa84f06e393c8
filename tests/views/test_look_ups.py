"""No address tells, guess by guess, what a list of the admin hides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, FrameImport, Release, StaffAction, Wave
from survey.terms import Role

GUESSES = ("__icontains", "__contains", "__startswith", "__regex", "__iregex", "__gt", "__lte", "__range")
ADMINS = sorted(admin.site._registry.items(), key=lambda one: one[0]._meta.label)


def look_ups(model: Any) -> list[str]:
    fields = [field.name for field in model._meta.get_fields()]
    return [f"{field}{guess}" for field in fields for guess in GUESSES]


@pytest.mark.parametrize("model", [model for model, _admin in ADMINS], ids=lambda model: model._meta.label)
def test_no_field_of_any_list_can_be_guessed_at(model: Any) -> None:
    known: Any = admin.site._registry[model]
    assert [one for one in look_ups(model) if known.lookup_allowed(one, "1")] == []


def hidden_of(known: Any) -> list[str]:
    named = {one if isinstance(one, str) else one[0] for one in known.list_filter if not isinstance(one, type)}
    named.add(known.date_hierarchy)
    return [field.name for field in known.model._meta.get_fields() if field.name not in named]


@pytest.mark.parametrize("known", [known for _model, known in ADMINS], ids=lambda known: known.model._meta.label)
def test_what_is_no_filter_of_a_list_is_asked_for_in_no_way(known: Any) -> None:
    asked = [f"{field}{end}" for field in hidden_of(known) for end in ("", "__exact", "__isnull", "__id__exact")]
    assert [one for one in asked if known.lookup_allowed(one, "1")] == []


@pytest.mark.parametrize(
    ("page", "look_up"),
    [
        ("release", "content__icontains"),
        ("release", "digest__startswith"),
        ("wave", "survey__notice__icontains"),
        ("wave", "cases__responses__answers__icontains"),
    ],
)
def test_guess_at_a_hidden_field_is_refused(
    client: Client, office_user: Callable[[Role], User], case: Case, page: str, look_up: str
) -> None:
    Release.objects.create(wave=case.wave, number=1, digest="d", content={"firm": "企业0000"})
    client.force_login(office_user(Role.ANALYST))
    assert client.get(reverse(f"admin:survey_{page}_changelist"), {look_up: "企业"}).status_code == 400


def test_filters_of_a_list_still_narrow_it(client: Client, office_user: Callable[[Role], User], wave: Wave) -> None:
    client.force_login(office_user(Role.ADMINISTRATOR))
    FrameImport.objects.create(title="f", source_name="f.xlsx", status="waiting")
    found = [
        client.get(reverse(f"admin:survey_{page}_changelist"), {look_up: value}).context["cl"].result_count
        for page, look_up, value in (
            ("frameimport", "status__exact", "waiting"),
            ("frameimport", "status__exact", "checking"),
            ("wave", "survey__id__exact", wave.survey_id),
            ("samplingframe", "created_at__year", "1999"),
        )
    ]
    assert found == [1, 0, 1, 0]


def test_list_is_still_leafed_through_by_its_date() -> None:
    known: Any = admin.site._registry[StaffAction]
    assert [end for end in ("__year", "__month", "__day", "__icontains") if known.lookup_allowed(f"at{end}", "1")] == [
        "__year", "__month", "__day",
    ]  # fmt: skip
