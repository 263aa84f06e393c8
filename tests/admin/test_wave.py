"""The version that a wave asks: chosen before it opens, corrected while it is open, kept by responses that were begun."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse

from survey.admin.wave import WaveAdmin
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.models import Case, QuestionnaireVersion, Response, Survey, Wave
from survey.models import Questionnaire as Designed
from survey.services.answers.responses import open_response
from survey.terms import ItemType, Role, VersionStatus, WaveStatus
from tests.tiny_survey import SHARE, TINY


def with_share(**changes: Any) -> Questionnaire:
    """The tiny questionnaire with its share changed."""
    section = TINY.sections[0]
    page = section.pages[0]
    items = (page.items[0], replace(SHARE, **changes))
    return replace(TINY, sections=(replace(section, pages=(replace(page, items=items),)),))


def publish(content: Questionnaire, number: int = 2, **fields: Any) -> QuestionnaireVersion:
    given = {"questionnaire": Designed.objects.get(code="tiny"), **fields}
    return QuestionnaireVersion.objects.create(number=number, schema=content.to_dict(), digest=content.digest, **given)


def post(field_officer: Client, version: QuestionnaireVersion | None) -> Any:
    wave = Wave.objects.get()
    dates = {
        f"{name}_{part}": getattr(wave, name).strftime(form)
        for name in ("opens_at", "closes_at")
        for part, form in ((0, "%Y-%m-%d"), (1, "%H:%M:%S"))
    }
    given = {"title_zh": "第一轮", "title_en": "One", "version": version.pk if version else "", **dates}
    given["_change_deadline"] = "1"
    return field_officer.post(reverse("admin:survey_wave_change", args=[wave.pk]), given)


def refusals(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def test_open_wave_takes_a_corrected_version_and_begun_responses_keep_theirs(
    field_officer: Client, cases: list[Case], version: QuestionnaireVersion
) -> None:
    begun = open_response(case=cases[0])
    corrected = publish(with_share(text=Text("成本占比是多少", "What share of cost?")))
    assert post(field_officer, corrected).status_code == 302
    later = open_response(case=Case.objects.select_related("wave__version").get(pk=cases[1].pk))
    assert (Response.objects.get(pk=begun.pk).version, later.version) == (version, corrected)
    assert QuestionnaireVersion.objects.get(pk=corrected.pk).status == VersionStatus.FIELDED


def test_open_wave_refuses_a_version_in_which_a_measure_breaks(
    field_officer: Client, cases: list[Case], version: QuestionnaireVersion
) -> None:
    broken = publish(with_share(type=ItemType.DECIMAL))
    assert "the measure of q_share breaks" in refusals(post(field_officer, broken))["version"][0]
    assert (Wave.objects.get().version, QuestionnaireVersion.objects.get(pk=broken.pk).status) == (version, "test")


def test_open_wave_refuses_a_code_that_an_answered_version_used_for_something_else(
    field_officer: Client, cases: list[Case], version: QuestionnaireVersion
) -> None:
    open_response(case=cases[0])
    section = TINY.sections[0]
    without = replace(section, pages=(replace(section.pages[0], items=section.pages[0].items[:1]),))
    assert post(field_officer, publish(replace(TINY, sections=(without,)))).status_code == 302
    other = publish(with_share(concept="margin"), number=3)
    assert "the measure of q_share breaks" in refusals(post(field_officer, other))["version"][0]


def test_open_wave_refuses_a_code_that_passes_to_a_measure_of_another_code(
    field_officer: Client, cases: list[Case]
) -> None:
    page = TINY.sections[0].pages[0]
    taken = replace(SHARE, code=page.items[0].code, concept=SHARE.code)
    content = replace(TINY, sections=(replace(TINY.sections[0], pages=(replace(page, items=(taken,)),)),))
    assert f"the measure of {taken.code} breaks" in refusals(post(field_officer, publish(content)))["version"][0]


def test_open_wave_is_not_left_without_a_version(field_officer: Client, cases: list[Case]) -> None:
    assert "needs a version" in refusals(post(field_officer, None))["version"][0]


def test_retired_version_is_not_offered(field_officer: Client, cases: list[Case]) -> None:
    retired = publish(with_share(hint=Text("提示", "Hint")), status=VersionStatus.RETIRED.value)
    assert list(refusals(post(field_officer, retired))) == ["version"]


def test_version_of_another_survey_is_refused(field_officer: Client, cases: list[Case]) -> None:
    Wave.objects.update(status="planned")
    survey = Survey.objects.get()
    survey.pk, survey.code = None, "other"
    survey.save()
    theirs = Designed.objects.create(survey=survey, code="theirs", title=Text("他", "Theirs"))
    page = Page(
        code="p", title=Text("页", "Page"), items=(Item(code="a", type=ItemType.YES_NO, text=Text("问", "Ask")),)
    )
    content = Questionnaire(
        code="theirs",
        title=Text("他", "Theirs"),
        sections=(Section(code="s", title=Text("部", "Part"), pages=(page,)),),
    )
    version = publish(content, questionnaire=theirs)
    given = {"survey": Wave.objects.get().survey_id, "code": "w1"}
    answer = field_officer.post(
        reverse("admin:survey_wave_change", args=[Wave.objects.get().pk]), {**given, "version": version.pk}
    )
    assert "belongs to another survey" in refusals(answer)["version"][0]


def test_new_wave_without_a_survey_is_asked_for_one(field_officer: Client, version: QuestionnaireVersion) -> None:
    answer = field_officer.post(reverse("admin:survey_wave_add"), {"version": version.pk})
    assert (answer.status_code, "survey" in refusals(answer), "version" in refusals(answer)) == (200, True, False)


def test_closed_wave_keeps_its_version(field_officer: Client, cases: list[Case], version: QuestionnaireVersion) -> None:
    Wave.objects.update(status="closed")
    post(field_officer, publish(with_share(hint=Text("提示", "Hint"))))
    assert Wave.objects.get().version == version


def test_wave_that_was_closed_while_it_was_saved_stays_closed(
    cases: list[Case], office_user: Callable[[Role], User]
) -> None:
    read_before = Wave.objects.get()
    pages, request = WaveAdmin(Wave, site), RequestFactory().post("/")
    request.user = office_user(Role.ADMINISTRATOR)
    form = pages.get_form(request, read_before, change=True)(instance=read_before)
    Wave.objects.update(status=WaveStatus.CLOSED)
    pages.save_model(request, read_before, form=form, change=True)
    assert Wave.objects.get().status == WaveStatus.CLOSED
