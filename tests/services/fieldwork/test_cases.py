from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.query import QuerySet
from django.utils import timezone

from survey.models import Case, Response, ReturnNote, StaffAction, Wave
from survey.services.fieldwork.access_codes import derive_code, find_case
from survey.services.fieldwork.case_actions import ACTIONS, taken_cases
from survey.services.fieldwork.cases import (
    FieldworkError,
    close_cases,
    reopen_cases,
    return_for_correction,
    set_disposition,
)
from survey.services.fieldwork.follow_up import draw_follow_up
from survey.terms import CaseStatus, Disposition, ResponseStatus, Role
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def submitted(cases: list[Case]) -> Response:
    """The submitted response of the first case."""
    case = cases[0]
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SUBMITTED.value, disposition=Disposition.COMPLETE.value)
    return Response.objects.create(
        case=case,
        version=version_of(case.wave),
        answers={"q_severity": "4", "q_share": 95},
        reasons={"v_share": "all of it is energy"},
        revision=3,
        status=ResponseStatus.SUBMITTED.value,
        receipt_number="R-1",
        submitted_at=timezone.now(),
    )


def chosen(*cases: Case) -> QuerySet[Any]:
    return Case.objects.filter(pk__in=[case.pk for case in cases])


def states(*cases: Case) -> list[tuple[str, str, bool]]:
    return list(chosen(*cases).order_by("sample_unit__unit__name").values_list("status", "disposition", "is_closed"))


def test_returned_response_is_kept_and_no_longer_current(submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="Check the share.", actor=officer)
    kept = Response.objects.get(pk=submitted.pk)
    assert (kept.status, kept.is_current, kept.receipt_number) == ("returned", False, "R-1")


def test_return_gives_the_firm_a_draft_with_its_answers_and_the_note(submitted: Response, officer: User) -> None:
    draft = return_for_correction(response=submitted, note=" Check the share. ", actor=officer)
    assert (draft.answers, draft.reasons, draft.return_note, draft.status, draft.is_current, draft.revision) == (
        submitted.answers, submitted.reasons, "Check the share.", "draft", True, 4,
    )  # fmt: skip


def test_return_sets_the_case_and_its_history(submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="Check.", actor=officer)
    case = Case.objects.get(pk=submitted.case_id)
    latest = case.history.all()[0]
    assert (case.status, case.disposition) == ("returned", "partial")
    assert (latest.status, latest.history_user) == ("returned", officer)


def test_return_is_written_to_the_audit_history(submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="Check.", actor=officer)
    action = StaffAction.objects.get(verb="return_response")
    assert (action.actor, action.detail) == (officer, {"receipt": "R-1"})


def test_return_without_a_note_is_refused(submitted: Response, officer: User) -> None:
    with pytest.raises(FieldworkError, match="Enter a note"):
        return_for_correction(response=submitted, note="  ", actor=officer)


def test_return_keeps_what_is_asked_of_single_questions(submitted: Response, officer: User) -> None:
    asked = {"q_share": " Of what? ", "q_severity": "  "}
    draft = return_for_correction(response=submitted, note="", about=asked, actor=officer)
    assert list(ReturnNote.objects.values_list("response", "item", "text")) == [(draft.pk, "q_share", "Of what?")]


def test_second_return_is_refused_and_leaves_one_current_response(submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="Check.", actor=officer)
    with pytest.raises(FieldworkError, match="Only a submitted response"):
        return_for_correction(response=submitted, note="Check.", actor=officer)
    assert Response.objects.filter(case=submitted.case, is_current=True).count() == 1


def test_return_after_the_deadline_is_refused(submitted: Response, officer: User) -> None:
    Wave.objects.update(closes_at=timezone.now())
    with pytest.raises(FieldworkError, match="does not collect"):
        return_for_correction(response=submitted, note="Check.", actor=officer)


def test_return_of_a_closed_case_is_refused(submitted: Response, officer: User) -> None:
    Case.objects.update(is_closed=True)
    with pytest.raises(FieldworkError, match="Reopen the case"):
        return_for_correction(response=submitted, note="Check.", actor=officer)


def test_refusal_finalises_the_case_and_leaves_its_code_working(cases: list[Case], officer: User) -> None:
    assert set_disposition(cases=chosen(*cases[:2]), disposition=Disposition.REFUSAL, actor=officer) == 2
    assert states(*cases[:2]) == [("finalised", "refusal", False)] * 2
    assert find_case(derive_code(cases[0])) == cases[0]


def test_unknown_eligibility_takes_the_case_up_again_where_it_stood(cases: list[Case], officer: User) -> None:
    Response.objects.create(case=cases[0], version=version_of(cases[0].wave))
    set_disposition(cases=chosen(*cases[:2]), disposition=Disposition.REFUSAL, actor=officer)
    set_disposition(cases=chosen(*cases[:2]), disposition=Disposition.UNKNOWN_IF_ELIGIBLE, actor=officer)
    assert [status for status, _, _ in states(*cases[:2])] == ["in_progress", "not_started"]


def test_disposition_does_not_touch_a_submitted_case(submitted: Response, officer: User) -> None:
    assert set_disposition(cases=chosen(submitted.case), disposition=Disposition.REFUSAL, actor=officer) == 0
    assert states(submitted.case) == [("submitted", "complete", False)]


def test_officer_cannot_declare_a_case_complete(cases: list[Case], officer: User) -> None:
    with pytest.raises(FieldworkError, match="follow from the answers"):
        set_disposition(cases=chosen(cases[0]), disposition=Disposition.COMPLETE, actor=officer)


def test_closed_case_cannot_be_entered_and_a_submitted_one_stays_submitted(
    submitted: Response, cases: list[Case], officer: User
) -> None:
    assert close_cases(cases=chosen(*cases[:2]), actor=officer) == 2
    assert [(status, closed) for status, _, closed in states(*cases[:2])] == [("submitted", True), ("finalised", True)]
    assert find_case(derive_code(cases[1])) is None


def test_reopened_cases_stand_where_they_stood(submitted: Response, cases: list[Case], officer: User) -> None:
    close_cases(cases=chosen(*cases[:2]), actor=officer)
    reopen_cases(cases=chosen(*cases[:2]), actor=officer)
    assert [(status, closed) for status, _, closed in states(*cases[:2])] == [
        ("submitted", False),
        ("not_started", False),
    ]


def test_bulk_change_writes_one_audit_entry_and_a_history_of_each_case(cases: list[Case], officer: User) -> None:
    close_cases(cases=chosen(*cases[:3]), actor=officer)
    action = StaffAction.objects.get(verb="close_cases")
    assert (action.subject, action.detail) == ("w1", {"cases": 3})
    assert [case.history.count() for case in cases[:4]] == [1, 1, 1, 0]
    # "~": they were changed. As "+" the history would tell of cases that were made twice.
    assert {case.history.get().history_type for case in cases[:3]} == {"~"}


def test_follow_up_draws_one_in_ten_once(cases: list[Case], officer: User) -> None:
    taken = Case.objects.count()
    assert draw_follow_up(cases=Case.objects.all(), actor=officer) == -(-taken // 10)
    assert Case.objects.filter(is_followed_up=True).count() == -(-taken // 10)
    left = taken_cases(ACTIONS["follow_up"], Case.objects.all())
    assert left.count() == taken - -(-taken // 10)


def test_follow_up_leaves_out_firms_whose_outcome_is_known(cases: list[Case], officer: User) -> None:
    set_disposition(cases=chosen(*cases), disposition=Disposition.REFUSAL, actor=officer)
    assert not taken_cases(ACTIONS["follow_up"], chosen(*cases)).exists()


def test_return_that_ends_half_way_leaves_the_submission_as_it_counts(submitted: Response, officer: User) -> None:
    about = {"q_share": "Which year?"}
    assert half_written(lambda: return_for_correction(response=submitted, note="", actor=officer, about=about)) == []


def test_outcome_end_and_reopening_of_many_cases_stand_with_their_history_or_not_at_all(
    cases: list[Case], officer: User
) -> None:
    some, refusal = chosen(*cases[:3]), Disposition.REFUSAL
    assert half_written(lambda: set_disposition(cases=some, disposition=refusal, actor=officer)) == []
    assert half_written(lambda: close_cases(cases=some, actor=officer)) == []
    assert half_written(lambda: reopen_cases(cases=some, actor=officer)) == []
