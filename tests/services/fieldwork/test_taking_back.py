"""A firm takes back what it submitted, and what it leaves undone counts again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from survey.models import Case, Change, Paradata, Response, Wave
from survey.selectors.results.extract import submitted_responses
from survey.services.answers.responses import submit_response
from survey.services.fieldwork.taking_back import (
    TakeBackRefusedError,
    count_again,
    put_back_after_deadlines,
    take_back,
)
from survey.services.fieldwork.waves import close_wave
from tests.answered_case import submitted_case
from tests.interrupted import half_written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def submitted(case: Case) -> Response:
    return submitted_case(case)


def counting(case: Case) -> list[str]:
    return [str(response.receipt_number) for response in submitted_responses(case.wave)]


def test_taken_back_submission_is_kept_and_counts_no_longer(submitted: Response) -> None:
    draft = take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    kept = Response.objects.get(pk=submitted.pk)
    assert (kept.status, kept.is_current, kept.answers) == ("taken_back", False, submitted.answers)
    assert (draft.status, draft.answers, draft.corrects, draft.revision) == (
        "draft", submitted.answers, kept, submitted.revision + 1,
    )  # fmt: skip
    assert counting(submitted.case) == []


def test_only_the_version_submitted_last_counts(submitted: Response) -> None:
    take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    again = submit_response(case=submitted.case, submission_key="again")
    assert counting(submitted.case) == [again.receipt_number]
    assert Response.objects.filter(case=submitted.case, submitted_at__isnull=False).count() == 2


def test_taking_back_is_in_the_change_log_and_among_the_events(submitted: Response) -> None:
    before = Change.objects.count()
    take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    assert Change.objects.filter(kind="response", wave_id=submitted.case.wave_id).count() > 0
    assert Change.objects.count() > before
    assert Paradata.objects.filter(event="taken_back", case=submitted.case).count() == 1


def test_old_receipt_takes_nothing_back(submitted: Response) -> None:
    take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    submit_response(case=submitted.case, submission_key="again")
    with pytest.raises(TakeBackRefusedError, match="does not count any more"):
        take_back(case=submitted.case, receipt=str(submitted.receipt_number))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"may_take_back": False}, "cannot be taken back"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "does not collect any more"),
    ],
)
def test_wave_that_does_not_allow_it_refuses(submitted: Response, change: dict[str, object], message: str) -> None:
    Wave.objects.update(**change)
    with pytest.raises(TakeBackRefusedError, match=message):
        take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    assert Response.objects.get(case=submitted.case).status == "submitted"


def test_who_may_not_take_back_reads_whom_to_call(submitted: Response) -> None:
    Wave.objects.update(may_take_back=False)
    with override("en"), pytest.raises(TakeBackRefusedError) as refused:
        take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    contact = submitted.case.wave.survey.contact.en
    assert str(refused.value).endswith(f"Call the survey team ({contact}), which can return the questionnaire.")


def test_put_back_submission_counts_again_and_the_correction_is_kept(submitted: Response) -> None:
    draft = take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    assert count_again(case=submitted.case) == submitted
    assert counting(submitted.case) == [submitted.receipt_number]
    assert Response.objects.get(pk=draft.pk).is_current is False
    assert Case.objects.get(pk=submitted.case_id).status == "submitted"


def test_nothing_is_put_back_over_a_return_or_a_first_draft(submitted: Response) -> None:
    assert count_again(case=submitted.case) is None
    Response.objects.filter(pk=submitted.pk).update(is_current=False, status="returned")
    Response.objects.create(case=submitted.case, version=submitted.version, corrects=submitted)
    assert count_again(case=submitted.case) is None


def test_closing_the_wave_puts_back_what_was_not_submitted_again(submitted: Response) -> None:
    take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    close_wave(wave=submitted.case.wave, actor=None)
    assert counting(submitted.case) == [submitted.receipt_number]


def test_deadline_puts_back_what_was_not_submitted_again(submitted: Response) -> None:
    take_back(case=submitted.case, receipt=str(submitted.receipt_number))
    assert put_back_after_deadlines(timezone.now()) == 0
    Wave.objects.update(closes_at=timezone.now())
    assert put_back_after_deadlines(timezone.now()) == 1
    assert counting(submitted.case) == [submitted.receipt_number]


def test_submission_counts_until_it_is_taken_back_whole_and_is_put_back_whole(submitted: Response) -> None:
    case, receipt = submitted.case, str(submitted.receipt_number)
    assert half_written(lambda: take_back(case=case, receipt=receipt)) == []
    assert half_written(lambda: count_again(case=case)) == []
