"""A form of a firm that is sent twice at the same moment is kept once; on PostgreSQL a lock alone sees to it."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from survey.instrument.answers import parse_page
from survey.models import Case, Feedback, SectionHandover
from survey.services.answers.feedback import give_feedback
from survey.services.answers.handover import MOST_OPEN, HandoverRefusedError, hand_section_on, note_saved
from survey.services.answers.receipt_mail import MOST_MAILS, MailRefusedError, mail_receipt
from survey.services.answers.replies import reply_to_return
from survey.services.answers.responses import PageInput, save_answers, submit_response
from tests.answered_case import submitted_case
from tests.at_once import meanwhile
from tests.every_type import EVERY_TYPE, FIRM

pytestmark = pytest.mark.usefixtures("parallel_database", "english")
SECTION = EVERY_TYPE.sections[0].code


def hand(case: Case, now: datetime | None = None) -> SectionHandover:
    return hand_section_on(case=case, section=SECTION, colleague="Li Na", days=7, now=now or timezone.now())


def test_page_saved_while_the_firm_submits_is_refused(case: Case) -> None:
    page = PageInput(page=FIRM, parsed=parse_page(FIRM, {"employees": ["30"]}))
    late = meanwhile(lambda: submitted_case(case), lambda: save_answers(case=case, given=page))
    assert type(late.exception()).__name__ == "AlreadySubmittedError"


def test_submission_at_the_same_moment_has_the_same_receipt(case: Case) -> None:
    first = submitted_case(case)
    second = meanwhile(lambda: None, lambda: submit_response(case=case, submission_key="first"))
    assert second.result().receipt_number == first.receipt_number


def test_feedback_pressed_twice_counts_once(case: Case) -> None:
    def give() -> bool:
        return give_feedback(case=case, burden=None, difficulty=None, remark="Which year?")

    assert (meanwhile(give, give).result(), Feedback.objects.count()) == (False, 1)


def test_two_presses_hand_on_no_more_sections_than_may_be_open(case: Case) -> None:
    for _number in range(MOST_OPEN - 1):
        hand(case)
    assert isinstance(meanwhile(lambda: hand(case), lambda: hand(case)).exception(), HandoverRefusedError)


def test_two_pages_of_a_colleague_are_both_noted(case: Case) -> None:
    made = hand(case)
    meanwhile(lambda: note_saved(made, "choices"), lambda: note_saved(made, "amounts")).result()
    made.refresh_from_db()
    assert made.pages == ["amounts", "choices"]


def test_two_presses_send_no_more_receipts_than_there_may_be(case: Case, settings: Settings) -> None:
    settings.SENDS_MAIL = True

    def send() -> None:
        mail_receipt(case=case, address="clerk@example.com", subject="Receipt", text="1")

    for _number in range(MOST_MAILS - 1):
        send()
    assert isinstance(meanwhile(send, send).exception(), MailRefusedError)


def test_two_first_replies_make_one_response(case: Case) -> None:
    def reply() -> Any:
        return reply_to_return(case=case, said="The number of people counts both sites.")

    assert meanwhile(reply, reply).exception() is None
    assert case.responses.count() == 1
