"""Drafts, pages and submissions of one case."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from survey.instrument.answers import parse_page
from survey.models import Case, LateDraft, Paradata, Response
from survey.services.answers.errors import (
    AlreadySubmittedError,
    AnswersChangedError,
    CollectionClosedError,
    NotCompleteError,
)
from survey.services.answers.responses import PageInput, receipt_number, save_answers, submit_response
from survey.terms import CaseStatus, Channel, Disposition, ResponseStatus, WaveStatus
from tests.every_type import EVERY_TYPE, ROUTE_WITHOUT_CLOUD
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


def given(page: str, typed: dict[str, str], **state: Any) -> PageInput:
    raw = {name: [value] for name, value in typed.items()}
    return PageInput(page=EVERY_TYPE.pages[page], parsed=parse_page(EVERY_TYPE.pages[page], raw), **state)


def fill_in(case: Case, route: dict[str, dict[str, str]] = ROUTE_WITHOUT_CLOUD) -> None:
    for revision, (page, typed) in enumerate(route.items()):
        save_answers(case=case, given=given(page, typed, revision=revision))


def current(case: Case) -> Response:
    return Response.objects.get(case=case, is_current=True)


def test_first_save_begins_the_response(case: Case) -> None:
    saved = save_answers(case=case, given=given("firm", {"employees": "20"}, language="en", seconds=30))
    response = current(case)
    assert saved.response == response
    assert (response.answers, response.revision, response.language, response.seconds_spent) == (
        {"employees": 20},
        1,
        "en",
        30,
    )
    assert Case.objects.get(pk=case.pk).status == CaseStatus.IN_PROGRESS
    assert list(Paradata.objects.values_list("event", "page")) == [("saved", "firm")]


def test_draft_leaves_no_paradata(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}), draft=True)
    assert (current(case).answers, Paradata.objects.count()) == ({"employees": 20}, 0)


def test_saving_the_same_again_keeps_the_revision(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    save_answers(case=case, given=given("firm", {"employees": "20"}, revision=1))
    assert current(case).revision == 1


def test_minutes_away_from_the_page_do_not_count(case: Case) -> None:
    save_answers(case=case, given=given("firm", {}, seconds=90_000))
    save_answers(case=case, given=given("firm", {}, seconds=-5))
    assert current(case).seconds_spent == 1800


def test_stale_page_is_answered_with_both_values(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    saved = save_answers(case=case, given=given("firm", {"employees": "30"}, revision=0, base={}))
    assert [(part.stored, part.typed) for part in saved.conflicts] == [({"employees": 20}, {"employees": 30})]
    assert current(case).answers == {"employees": 20}


def test_channel_of_an_officer_is_kept(case: Case) -> None:
    save_answers(case=case, given=given("firm", {}), channel=Channel.PAPER)
    assert current(case).channel == Channel.PAPER


def test_reason_is_stored_and_an_emptied_one_goes(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "2000"}, reasons={"v_staff": "Because."}))
    assert current(case).reasons == {"v_staff": "Because."}
    save_answers(case=case, given=given("firm", {"employees": "2000"}, reasons={"v_staff": ""}, revision=1))
    assert current(case).reasons == {}


def test_submission_freezes_what_is_on_the_route(case: Case) -> None:
    route = {**ROUTE_WITHOUT_CLOUD, "amounts": {"ratio": "3"}}
    fill_in(case, route)
    response = submit_response(case=case, submission_key="k", revision=current(case).revision)
    assert response.answers == {"employees": 20, "has_cloud": "no", "cost": "4"}
    assert (response.status, response.submission_key) == (ResponseStatus.SUBMITTED, "k")
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.disposition) == (CaseStatus.SUBMITTED, Disposition.COMPLETE)


def test_submitting_again_gives_the_same_receipt(case: Case) -> None:
    fill_in(case)
    receipts = {submit_response(case=case, submission_key=key).receipt_number for key in ("k", "k", "other")}
    assert (len(receipts), Response.objects.count()) == (1, 1)
    assert Paradata.objects.filter(event="submitted").count() == 1


def test_submitted_answers_cannot_be_saved_over(case: Case) -> None:
    fill_in(case)
    submit_response(case=case, submission_key="k")
    with pytest.raises(AlreadySubmittedError):
        save_answers(case=case, given=given("firm", {"employees": "21"}, revision=9))
    assert current(case).answers["employees"] == 20


def test_missing_answer_blocks(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    with pytest.raises(NotCompleteError) as failure:
        submit_response(case=case, submission_key="k")
    assert {part.rule for part in failure.value.report.hard} == {"has_cloud__required", "cost__required"}
    assert current(case).status == ResponseStatus.DRAFT


@pytest.mark.parametrize(("reason", "blocks"), [("", True), ("核实无误", True), ("Two subsidiaries joined us.", False)])
def test_verify_failure_needs_a_real_reason(case: Case, reason: str, blocks: bool) -> None:
    fill_in(case)
    save_answers(
        case=case,
        given=given("firm", {"employees": "5000", "has_cloud": "no"}, revision=2, reasons={"v_staff": reason}),
    )
    if blocks:
        with pytest.raises(NotCompleteError):
            submit_response(case=case, submission_key="k")
    else:
        assert submit_response(case=case, submission_key="k").reasons == {"v_staff": reason}


def test_reason_of_a_settled_matter_is_dropped(case: Case) -> None:
    fill_in(case)
    save_answers(
        case=case, given=given("firm", ROUTE_WITHOUT_CLOUD["firm"], revision=2, reasons={"v_staff": "We merged twice."})
    )
    assert submit_response(case=case, submission_key="k").reasons == {}


def test_changes_after_the_check_are_noticed(case: Case) -> None:
    fill_in(case)
    with pytest.raises(AnswersChangedError):
        submit_response(case=case, submission_key="k", revision=1)


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(days=1)])
def test_answer_from_the_deadline_on_is_kept_as_a_late_draft(case: Case, late_by: timedelta) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    deadline = case.wave.closes_at
    with pytest.raises(CollectionClosedError):
        save_answers(case=case, given=given("firm", {"email": "a@b.cn"}, revision=1), clock=lambda: deadline + late_by)
    assert current(case).answers == {"employees": 20}
    assert [late.answers for late in LateDraft.objects.all()] == [{"email": "a@b.cn"}]


def test_second_late_draft_of_another_page_joins_the_first(case: Case) -> None:
    for page, typed in (("firm", {"employees": "20"}), ("choices", {"cost": "4"})):
        with pytest.raises(CollectionClosedError):
            save_answers(case=case, given=given(page, typed), clock=lambda: case.wave.closes_at)
    assert [draft.answers for draft in LateDraft.objects.all()] == [{"employees": 20, "cost": "4"}]


def too_late(case: Case, page: str, typed: dict[str, str]) -> LateDraft:
    with pytest.raises(CollectionClosedError):
        save_answers(case=case, given=given(page, typed), clock=lambda: case.wave.closes_at)
    return LateDraft.objects.get()


def test_second_late_draft_of_the_same_page_takes_the_place_of_the_first(case: Case) -> None:
    too_late(case, "firm", {"employees": "20"})
    assert too_late(case, "firm", {"employees": "21"}).answers == {"employees": 21}


def test_same_late_page_again_is_no_second_arrival(case: Case) -> None:
    first = too_late(case, "firm", {"employees": "20"}).received_at
    assert too_late(case, "firm", {"employees": "20"}).received_at == first


def test_saving_a_returned_response_leaves_the_case_returned(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.RETURNED.value)
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    assert Case.objects.get(pk=case.pk).status == CaseStatus.RETURNED


def test_paradata_tell_what_was_refused_and_what_disputed(case: Case) -> None:
    save_answers(case=case, given=given("firm", {"employees": "20"}))
    save_answers(case=case, given=given("firm", {"employees": "30", "email": "nobody"}, revision=0, base={}))
    assert [event.detail for event in Paradata.objects.order_by("pk")] == [
        {},
        {"errors": ["email_form"], "conflicts": 1},
    ]


def test_language_stays_where_a_page_says_none(case: Case) -> None:
    save_answers(case=case, given=given("firm", {}, language="en"))
    save_answers(case=case, given=given("firm", {}))
    assert current(case).language == "en"


def test_submission_at_the_deadline_is_refused_and_the_draft_stays(case: Case) -> None:
    fill_in(case)
    with pytest.raises(CollectionClosedError):
        submit_response(case=case, submission_key="k", clock=lambda: case.wave.closes_at)
    assert current(case).status == ResponseStatus.DRAFT


def test_last_moment_counts(case: Case) -> None:
    fill_in(case)
    last = case.wave.closes_at - timedelta(microseconds=1)
    assert submit_response(case=case, submission_key="k", clock=lambda: last).submitted_at == last


def test_approval_ends_with_its_last_day(case: Case) -> None:
    survey = case.wave.survey
    survey.approval_expires = timezone.localdate() - timedelta(days=1)
    survey.save()
    with pytest.raises(CollectionClosedError):
        save_answers(case=case, given=given("firm", {"employees": "20"}))


@pytest.mark.parametrize("status", [WaveStatus.PLANNED, WaveStatus.CLOSED])
def test_wave_that_is_not_open_takes_nothing(case: Case, status: WaveStatus) -> None:
    case.wave.status = status.value
    case.wave.save()
    with pytest.raises(CollectionClosedError):
        save_answers(case=case, given=given("firm", {"employees": "20"}))


def test_receipt_number_has_day_number_and_check_digit() -> None:
    at = timezone.make_aware(datetime(2026, 3, 31, 12))
    assert receipt_number(123, at) == "20260331-000123-2"


def test_first_save_that_ends_half_way_leaves_nothing(case: Case) -> None:
    page = given("firm", {"employees": "20"})
    assert half_written(lambda: save_answers(case=case, given=page)) == []


def test_submission_that_ends_half_way_leaves_the_draft_as_it_was(case: Case) -> None:
    fill_in(case)
    assert half_written(lambda: submit_response(case=case, submission_key="key")) == []
