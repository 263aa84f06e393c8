from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, QuestionnaireVersion, Release, Sample, StaffAction, Wave
from survey.terms import Role

READ_ONLY = [
    "sample",
    "sampleunit",
    "case",
    "response",
    "latedraft",
    "paradata",
    "correction",
    "staffaction",
    "release",
]


@pytest.fixture
def sign_in(client: Client, office_user: Callable[[Role | str], User]) -> Callable[..., Any]:
    def as_role(role: Any) -> Any:
        client.force_login(office_user(role))
        return client

    return as_role


@pytest.mark.parametrize("model", READ_ONLY)
def test_not_even_an_administrator_adds_what_services_write(sign_in: Callable[..., Any], model: str) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    assert client.get(reverse(f"admin:survey_{model}_add")).status_code == 403
    assert client.get(reverse(f"admin:survey_{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", ["sample", "case"])
def test_posting_to_a_read_only_page_changes_nothing(
    sign_in: Callable[..., Any], cases: list[Case], model: str
) -> None:
    key = {"sample": Sample.objects.get().pk, "case": cases[0].pk}[model]
    answer = sign_in(Role.ADMINISTRATOR).post(
        reverse(f"admin:survey_{model}_change", args=[key]), {"status": "submitted"}
    )
    assert (answer.status_code, Case.objects.filter(status="submitted").count()) == (403, 0)


def test_code_hash_is_not_shown(sign_in: Callable[..., Any], cases: list[Case]) -> None:
    page = sign_in(Role.ADMINISTRATOR).get(reverse("admin:survey_case_change", args=[cases[0].pk])).content.decode()
    assert cases[0].code_hash not in page


def test_release_page_leaves_its_content_out(sign_in: Callable[..., Any], wave: Wave) -> None:
    release = Release.objects.create(wave=wave, number=1, digest="d", content={"x": "very-large"})
    page = sign_in(Role.ANALYST).get(reverse("admin:survey_release_change", args=[release.pk])).content.decode()
    assert "very-large" not in page


def fields_of(wave: Wave, **changes: Any) -> dict[str, Any]:
    fields = {"survey": wave.survey_id, "code": wave.code, "title_zh": "一", "title_en": "One", "version": ""}
    return fields | {
        "opens_at_0": "2026-01-01", "opens_at_1": "08:00", "closes_at_0": "2099-02-01", "closes_at_1": "18:00",
        "_change_deadline": "1",
    } | changes  # fmt: skip


def test_changing_a_wave_is_written_to_the_audit_history_and_its_own(
    sign_in: Callable[..., Any], office_user: Callable[[Role | str], User], wave: Wave
) -> None:
    Wave.objects.update(status="planned")
    answer = sign_in(Role.FIELD_OFFICER).post(reverse("admin:survey_wave_change", args=[wave.pk]), fields_of(wave))
    action, officer = StaffAction.objects.get(), office_user(Role.FIELD_OFFICER)
    assert (answer.status_code, action.actor, action.verb, action.detail["model"]) == (
        302,
        officer,
        "change",
        "survey.wave",
    )
    assert wave.history.all()[0].history_user == officer


def test_status_of_a_wave_is_not_changed_by_its_form(sign_in: Callable[..., Any], wave: Wave) -> None:
    sign_in(Role.FIELD_OFFICER).post(
        reverse("admin:survey_wave_change", args=[wave.pk]), fields_of(wave, status="closed")
    )
    assert Wave.objects.get().status == "open"


def test_wave_that_has_begun_keeps_its_code(
    sign_in: Callable[..., Any], wave: Wave, version: QuestionnaireVersion
) -> None:
    given = fields_of(wave, code="other", version=version.pk)
    sign_in(Role.FIELD_OFFICER).post(reverse("admin:survey_wave_change", args=[wave.pk]), given)
    assert (Wave.objects.get().code, Wave.objects.get().version, Wave.objects.get().title.en) == ("w1", version, "One")


def test_wave_that_ends_before_it_begins_is_refused_with_a_sentence(sign_in: Callable[..., Any], wave: Wave) -> None:
    answer = sign_in(Role.FIELD_OFFICER).post(
        reverse("admin:survey_wave_change", args=[wave.pk]), fields_of(wave, closes_at_0="2025-01-01")
    )
    assert (answer.status_code, Wave.objects.get().title.en) == (200, "Wave one")


def test_designer_cannot_change_a_wave(sign_in: Callable[..., Any], wave: Wave) -> None:
    assert sign_in(Role.DESIGNER).post(reverse("admin:survey_wave_change", args=[wave.pk]), {}).status_code == 403


def test_administrator_adds_staff_but_makes_no_superuser(sign_in: Callable[..., Any]) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    account = {
        "username": "new_officer",
        "password1": "Long-enough-9",
        "password2": "Long-enough-9",
        "usable_password": "true",
    }
    client.post(reverse("admin:auth_user_add"), account)
    added = User.objects.get(username="new_officer")
    fields = {"username": "new_officer", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    client.post(reverse("admin:auth_user_change", args=[added.pk]), fields)
    added.refresh_from_db()
    assert (added.is_staff, added.is_superuser) == (True, False)


def test_administrator_cannot_take_over_a_superuser(sign_in: Callable[..., Any]) -> None:
    root = User.objects.create_superuser("root", password="Long-enough-9")
    client = sign_in(Role.ADMINISTRATOR)
    fields = {"username": "root", "is_active": "on", "password1": "Another-one-9", "password2": "Another-one-9"}
    answers = [
        client.post(reverse("admin:auth_user_change", args=[root.pk]), fields),
        client.post(reverse("admin:auth_user_password_change", args=[root.pk]), fields),
        client.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}),
    ]
    root.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert root.check_password("Long-enough-9")


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.FIELD_OFFICER, Role.ANALYST, Role.VIEWER])
@pytest.mark.parametrize("model", ["auth_user", "auth_group", "survey_staffaction"])
def test_accounts_and_audit_history_are_for_administrators(sign_in: Callable[..., Any], role: Role, model: str) -> None:
    assert sign_in(role).get(reverse(f"admin:{model}_changelist")).status_code == 403


def test_day_and_time_of_a_date_have_names_of_their_own(sign_in: Callable[..., Any], wave: Wave) -> None:
    Wave.objects.update(status="planned")
    page = sign_in(Role.FIELD_OFFICER).get(reverse("admin:survey_wave_change", args=[wave.pk])).content.decode()
    assert [f'aria-label="填报截止时间 – {part}"' in page for part in ("日期", "时间")] == [True, True]


def test_roles_are_ticked_and_listed_in_words(
    sign_in: Callable[..., Any], office_user: Callable[[Role | str], User]
) -> None:
    client, analyst = sign_in(Role.ADMINISTRATOR), office_user(Role.ANALYST)
    page = client.get(reverse("admin:auth_user_change", args=[analyst.pk])).content.decode()
    assert [f"{label}</label>" in page for label in ("分析员", "调查员")] == [True, True]
    assert "分析员</td>" in client.get(reverse("admin:auth_user_changelist")).content.decode()
