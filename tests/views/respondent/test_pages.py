"""Filling in page by page."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from survey.instrument.schema import Text
from survey.models import Case, LateDraft, Response, Wave
from survey.terms import WaveStatus
from tests.every_type import EVERY_TYPE
from tests.views.firms import enter, hidden_state, save, state_of

CHECKED: dict[str, Any] = {"from": "check"}
pytestmark = pytest.mark.django_db


def answers() -> Any:
    return Response.objects.get(is_current=True).answers


def test_prefilled_page_is_confirmed_by_saving(firm: Client, case: Case) -> None:
    html = firm.get("/form/page/firm/").content.decode()
    assert f'value="{case.sample_unit.unit.employees}"' in html


def test_complete_page_leads_to_the_next_one_on_the_route(firm: Client) -> None:
    assert save(firm, "firm", employees="20", has_cloud="no")["Location"] == "/form/page/choices/"
    assert save(firm, "choices", cost="4")["Location"] == "/form/page/words/"
    assert save(firm, "words")["Location"] == "/form/check/"


def test_answer_that_brings_a_question_shows_the_page_again(firm: Client) -> None:
    response = save(firm, "firm", employees="20", has_cloud="yes")
    assert response["Location"] == "/form/page/firm/#question-cloud_share"
    assert save(firm, "firm", employees="20", has_cloud="yes", cloud_share="30")["Location"] == "/form/page/choices/"
    assert save(firm, "choices", cost="4")["Location"] == "/form/page/amounts/"


def test_missing_answer_is_named_and_what_was_typed_stays(firm: Client) -> None:
    html = save(firm, "firm", employees="20", email="nobody").content.decode()
    assert "<title>Error: " in html
    assert '<a href="#id_has_cloud">3. Question has_cloud: enter an answer.</a>' in html
    assert 'value="nobody"' in html
    assert answers() == {"employees": 20, "email__raw": {"email": ["nobody"]}}


def test_going_to_the_sections_does_not_ask_for_what_is_missing(firm: Client) -> None:
    assert save(firm, "firm", employees="20", to_sections="1")["Location"] == "/form/"
    assert answers() == {"employees": 20}


def test_going_to_the_sections_does_not_lose_what_cannot_be_stored(firm: Client) -> None:
    assert save(firm, "firm", employees="many", to_sections="1")["Location"] == "/form/"
    assert 'value="many"' in firm.get("/form/page/firm/").content.decode()


def test_verify_question_shows_figures_and_takes_a_reason(firm: Client) -> None:
    typed: dict[str, Any] = {"employees": "5000", "has_cloud": "no"}
    html = save(firm, "firm", **typed).content.decode()
    assert "<dt>Question employees</dt><dd>5,000 people</dd>" in html
    assert 'name="reason__v_staff"' in html
    assert "Choose what explains the value" in save(firm, "firm", **typed, reason__v_staff="核实无误").content.decode()
    assert (
        save(firm, "firm", **typed, reason__v_staff="We took over two subsidiaries.")["Location"]
        == "/form/page/choices/"
    )


def test_page_from_the_check_shows_errors_and_returns_there(firm: Client) -> None:
    assert "Error:" in firm.get("/form/page/firm/?from=check").content.decode()
    response = save(firm, "firm", employees="20", has_cloud="no", **CHECKED)
    assert response["Location"] == "/form/check/"


def test_unknown_page_is_not_found(firm: Client) -> None:
    assert firm.get("/form/page/nowhere/").status_code == 404
    assert firm.post("/form/page/nowhere/").status_code == 404


def test_page_off_the_route_leads_to_the_sections(firm: Client) -> None:
    assert firm.get("/form/page/amounts/")["Location"] == "/form/"


def test_colleague_goes_on_on_another_device(firm: Client, case: Case) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    colleague = Client()
    enter(colleague, case)
    assert 'value="20"' in colleague.get("/form/page/firm/").content.decode()


def test_stale_page_asks_which_answer_is_right(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    response = save(firm, "firm", stale, employees="30", has_cloud="no")
    html = response.content.decode()
    assert response.status_code == 409
    assert re.findall(r'<span class="answer-text">([^<]*)</span>', html) == ["20 people", "30 people"]
    assert answers()["employees"] == 20


@pytest.mark.parametrize(("choice", "kept"), [("stored", 20), ("typed", 30)])
def test_chosen_answer_is_kept(firm: Client, choice: str, kept: int) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    asked = hidden_state(save(firm, "firm", stale, employees="30", has_cloud="no", email="a@b.cn").content.decode())
    typed: dict[str, Any] = {"employees": "30", "has_cloud": "no", "email": "a@b.cn", "undecided": "employees"}
    assert save(firm, "firm", asked, **typed, choose__employees=choice)["Location"] == "/form/page/choices/"
    assert answers() == {"employees": kept, "has_cloud": "no", "email": "a@b.cn"}


def test_undecided_question_is_asked_again(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    asked = hidden_state(save(firm, "firm", stale, employees="30", has_cloud="no").content.decode())
    again = save(firm, "firm", asked, employees="30", has_cloud="no", undecided="employees")
    assert (again.status_code, answers()["employees"]) == (409, 20)
    assert "Choose one of the two answers." in again.content.decode()


def test_stale_page_with_equal_answers_goes_on(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    assert save(firm, "firm", stale, employees="20", has_cloud="no").status_code == 302


def test_language_switch_keeps_what_was_typed(firm: Client) -> None:
    response = save(firm, "firm", employees="many", email="a@b.cn", switch_language="zh-hans")
    html = response.content.decode()
    assert '<html lang="zh-hans">' in html
    assert 'value="many"' in html
    assert "问题 employees" in html
    assert answers() == {"email": "a@b.cn", "employees__raw": {"employees": ["many"]}}


def test_draft_is_saved_and_says_when(firm: Client) -> None:
    state = state_of(firm, "firm")
    reply = firm.post("/form/page/firm/draft/", {**state, "employees": "2", "has_cloud": "yes"})
    assert reply.json().keys() >= {"at", "revision", "base", "shown", "asked", "session_seconds"}
    assert (reply.json()["state"], reply.json()["revision"]) == ("saved", 1)
    assert "cloud_share" in reply.json()["asked"].split()
    assert answers() == {"employees": 2, "has_cloud": "yes"}


def test_draft_never_overwrites_a_newer_answer(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    reply = firm.post("/form/page/firm/draft/", {**stale, "employees": "30"})
    assert (reply.status_code, reply.json()) == (409, {"state": "conflict"})
    assert answers()["employees"] == 20


def test_late_page_is_kept_and_the_firm_is_told(firm: Client, case: Case) -> None:
    state = state_of(firm, "firm")
    case.wave.status = WaveStatus.CLOSED.value
    case.wave.save()
    response = firm.post("/form/page/firm/", {**state, "employees": "20"}, follow=True)
    assert "What you typed has been kept" in response.content.decode()
    assert [late.answers for late in LateDraft.objects.all()] == [{"employees": 20}]
    assert firm.get("/form/page/firm/")["Location"] == "/form/"


def test_seconds_on_the_page_are_recorded(firm: Client) -> None:
    state = state_of(firm, "firm")
    save(firm, "firm", {**state, "shown": str(int(state["shown"]) - 90)}, employees="20")
    assert 90 <= Response.objects.get().seconds_spent <= 95


@pytest.mark.django_db(transaction=True)
def test_attached_file_is_kept_and_can_be_removed(firm: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    save(firm, "words", proof=SimpleUploadedFile("a.pdf", b"%PDF-1"))
    reference = answers()["proof"]
    assert len(list(tmp_path.rglob(reference))) == 1
    assert "A file is attached (a.pdf)" in firm.get("/form/page/words/").content.decode()
    save(firm, "words", proof="forged.pdf")
    assert answers()["proof"] == reference
    save(firm, "words", proof__remove="on")
    assert "proof" not in answers()


def test_unfit_file_is_explained(firm: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    html = save(firm, "words", proof=SimpleUploadedFile("a.exe", b"MZ")).content.decode()
    assert "Attach a file of one of these types: pdf, png." in html


def test_question_page_is_light(firm: Client) -> None:
    assert len(firm.get("/form/page/choices/").content) < 25_000


def test_page_asks_the_database_little(firm: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    firm.get("/form/page/choices/")
    with django_assert_max_num_queries(8):
        firm.get("/form/page/choices/")


def test_choice_between_answers_can_be_read_in_the_other_language(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    asked = hidden_state(save(firm, "firm", stale, employees="30", has_cloud="no").content.decode())
    typed: dict[str, Any] = {"employees": "30", "has_cloud": "no", "undecided": "employees"}
    switched = save(firm, "firm", asked, **typed, switch_language="zh-hans")
    html = switched.content.decode()
    assert '<html lang="zh-hans">' in html
    assert 'class="summary"' not in html
    assert re.findall(r'<span class="answer-text">([^<]*)</span>', html) == ["20 人", "30 人"]


@pytest.mark.parametrize(("choice", "kept"), [("stored", 20), ("typed", 30)])
def test_choosing_does_not_overwrite_what_the_stale_page_never_touched(firm: Client, choice: str, kept: int) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no", email="a@b.cn")
    asked = hidden_state(save(firm, "firm", stale, employees="30").content.decode())
    save(firm, "firm", asked, employees="30", undecided="employees", choose__employees=choice)
    assert answers() == {"employees": kept, "has_cloud": "no", "email": "a@b.cn"}


def test_second_change_meanwhile_is_asked_again(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    asked = hidden_state(save(firm, "firm", stale, employees="30", has_cloud="no").content.decode())
    save(firm, "firm", employees="25", has_cloud="no")
    typed: dict[str, Any] = {
        "employees": "30",
        "has_cloud": "no",
        "undecided": "employees",
        "choose__employees": "typed",
    }
    assert (save(firm, "firm", asked, **typed).status_code, answers()["employees"]) == (409, 25)


def test_first_page_of_a_section_bears_its_introduction(firm: Client, case: Case) -> None:
    version = case.wave.version
    assert version is not None
    first = replace(EVERY_TYPE.sections[0], intro=Text("由统计负责人填写。", "Of the whole firm."))
    content = replace(EVERY_TYPE, sections=(first, *EVERY_TYPE.sections[1:]))
    version.pk, version.number = None, 2
    version.schema, version.digest = content.to_dict(), content.digest
    version.save(force_insert=True)
    Wave.objects.update(version=version)
    shown = ["Of the whole firm." in firm.get(f"/form/page/{code}/").content.decode() for code in ("firm", "choices")]
    assert shown == [True, False]
