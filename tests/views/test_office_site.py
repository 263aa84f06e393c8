"""The first page of the office."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from survey.models import Case, Contact, FrameImport, LateDraft, Survey, Territory, Wave
from survey.terms import AskedUnit, Role


def first_page(client: Client, user: Any) -> Any:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(reverse("admin:index"))


def waiting(answer: Any) -> dict[str, int]:
    return {task["label"]: task["count"] for task in answer.context["waiting"]}


def test_open_wave_stands_with_its_figures(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Case.objects.filter(pk__in=[case.pk for case in cases[:6]]).update(status="submitted")
    Wave.objects.update(target_responses=20)
    (progress,) = first_page(client, office_user(Role.VIEWER)).context["waves"]
    assert (progress.sampled, progress.submitted, progress.rate, progress.to_target, progress.days_left) == (
        24,
        6,
        25.0,
        14,
        20,
    )


def test_officer_of_a_district_sees_the_progress_of_its_firms_alone(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    officer, district = office_user(Role.FIELD_OFFICER), cases[0].sample_unit.unit.district
    Territory.objects.create(user=officer, district=district)
    Wave.objects.update(target_responses=20)
    (progress,) = first_page(client, officer).context["waves"]
    assert 0 < progress.sampled < 24
    assert (progress.target, progress.to_target) == (round(20 * progress.sampled / 24),) * 2
    assert progress.sampled == Case.objects.filter(sample_unit__unit__district=district).count()


def test_open_wave_whose_draw_was_voided_stands_without_cases(
    client: Client, office_user: Callable[[Role | str], User], wave: Wave
) -> None:
    Wave.objects.update(target_responses=20)
    (progress,) = first_page(client, office_user(Role.FIELD_OFFICER)).context["waves"]
    assert (progress.sampled, progress.target) == (0, 20)


def test_wave_of_a_survey_of_others_does_not_stand_on_the_first_page(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    officer, one = office_user(Role.FIELD_OFFICER), Survey.objects.get()
    other = Survey.objects.create(
        code="other", title=one.title, form_number="T2", issuing_authority=one.title,
        approval_number="1", approval_expires=one.approval_expires, contact=one.title,
    )  # fmt: skip
    Territory.objects.create(user=officer, survey=other)
    assert first_page(client, officer).context["waves"] == []


def test_days_left_follow_the_approval_where_it_ends_first(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Survey.objects.update(approval_expires=timezone.localdate() + timedelta(days=3))
    (progress,) = first_page(client, office_user(Role.VIEWER)).context["waves"]
    assert progress.days_left == 4


def test_passed_deadline_leaves_no_day_and_is_named(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Wave.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    answer = first_page(client, office_user(Role.FIELD_OFFICER))
    assert answer.context["waves"][0].days_left == 0
    assert waiting(answer)["Open waves past their deadline"] == 1


def test_officer_sees_what_waits(client: Client, office_user: Callable[[Role | str], User], cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(status="returned", code_sent_at=timezone.now())
    Contact.objects.filter(unit=cases[1].sample_unit.unit).delete()
    LateDraft.objects.create(case=cases[2])
    FrameImport.objects.create(title="f", source_name="f.xlsx", status="waiting")
    assert waiting(first_page(client, office_user(Role.FIELD_OFFICER))) == {
        "Responses returned for correction": 1,
        "Late drafts to look at": 1,
        "Imports of firm lists that wait for a decision": 1,
        "Firms that have not been sent their code": 23,
        "Firms without e-mail and telephone": 1,
    }


def test_each_waiting_task_leads_to_a_page_that_opens(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Contact.objects.all().delete()
    answer = first_page(client, office_user(Role.ADMINISTRATOR))
    addresses = [task["address"] for task in answer.context["waiting"]]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_nothing_of_fieldwork_waits_for_analysts_and_viewers(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case], role: Role
) -> None:
    assert waiting(first_page(client, office_user(role))) == {}


@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        (
            Role.ADMINISTRATOR,
            {
                "frame_import",
                "sample_draw",
                "case_list",
                "casework",
                "firm_list",
                "dashboard",
                "working_figures",
                "job_list",
                "audit_history",
                "retention",
                "personal_data",
            },
        ),
        (
            Role.FIELD_OFFICER,
            {"frame_import", "sample_draw", "case_list", "casework", "firm_list", "job_list", "audit_history"},
        ),
        (Role.METHODOLOGIST, {"dashboard", "working_figures", "job_list"}),
        (Role.ANALYST, {"dashboard", "job_list"}),
        (Role.VIEWER, {"dashboard", "job_list"}),
        (Role.DESIGNER, {"job_list"}),
    ],
)
def test_buttons_follow_the_role(
    client: Client, office_user: Callable[[Role | str], User], role: Role, wanted: set[str]
) -> None:
    addresses = {shortcut["address"] for shortcut in first_page(client, office_user(role)).context["shortcuts"]}
    assert addresses == {reverse(name) for name in wanted}


def test_without_an_open_wave_the_page_says_how_to_begin(
    client: Client, office_user: Callable[[Role | str], User], db: None
) -> None:
    assert "No wave is open." in first_page(client, office_user(Role.FIELD_OFFICER)).content.decode()


def test_models_are_grouped_by_stage(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    names = [str(app["name"]) for app in first_page(client, office_user(Role.FIELD_OFFICER)).context["app_list"]]
    assert names == ["Questionnaire", "Frame", "Wave and sample", "Collection", "Processing and release"]


def test_other_apps_stand_behind_the_stages(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    names = [str(app["name"]) for app in first_page(client, office_user(Role.ADMINISTRATOR)).context["app_list"]]
    assert names[:5] == ["Questionnaire", "Frame", "Wave and sample", "Collection", "Processing and release"]
    assert {"Staff and roles", "Attempts to log in"} <= set(names[5:])


def test_stage_without_anything_to_see_is_left_out(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    stages = first_page(client, office_user(Role.DESIGNER)).context["app_list"]
    assert str(stages[-1]["name"]) == "Wave and sample"
    assert all(stage["models"] for stage in stages)


def test_what_waits_is_told_of_local_units_where_all_surveys_ask_them(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT.value)
    found = waiting(first_page(client, office_user(Role.FIELD_OFFICER)))
    assert found["Local units that have not been sent their code"] == 24


def test_demonstration_is_marked_on_every_office_page(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    Survey.objects.update(is_demonstration=True)
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"
    pages = [
        reverse("admin:index"),
        reverse("case_list"),
        reverse("admin:survey_wave_changelist"),
        reverse("admin:login"),
    ]
    assert ["made up" in client.get(page, follow=True).content.decode() for page in pages] == [True] * 4


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "English"), ("en", "中文")])
def test_language_is_switched_by_a_post(client: Client, db: None, language: str, word: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(reverse("admin:login")).content.decode()
    assert f">{word}</button>" in page
    assert 'method="post" action="/i18n/setlang/"' in page


def test_login_is_locked_after_too_many_wrong_passwords(
    client: Client, office_user: Callable[[Role | str], User], settings: Settings
) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    user = office_user(Role.FIELD_OFFICER)
    user.set_password("right-one-1")
    user.save()
    client.cookies["django_language"] = "en"
    login = {"username": user.username, "password": "wrong"}
    answers = [client.post(reverse("admin:login"), login) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()
    assert client.post(reverse("admin:login"), login | {"password": "right-one-1"}).status_code == 429


def test_list_of_tables_is_made_where_it_is_shown_alone(
    client: Client, office_user: Callable[[Role | str], User], wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    build = admin.site._build_app_dict

    def noted(request: Any, label: str | None = None) -> Any:
        made.append(request.path)
        return build(request, label)

    monkeypatch.setattr(admin.site, "_build_app_dict", noted)
    client.force_login(office_user(Role.METHODOLOGIST))
    for name in ("admin:index", "dashboard"):
        assert client.get(reverse(name)).status_code == 200
    assert set(made) == {reverse("admin:index")}
