"""The receipt by e-mail."""

import pytest
from django.core import mail
from pytest_django import Settings

from survey.models import Case
from survey.services.answers.receipt_mail import MOST_MAILS, MailRefusedError, mail_receipt

SMTP = "django.core.mail.backends.smtp.EmailBackend"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def office_with_mail(settings: Settings) -> None:
    settings.SENDS_MAIL = True


def send(case: Case, address: str = "clerk@example.com") -> None:
    mail_receipt(case=case, address=address, subject="Receipt\n1", text="Number 1")


def test_receipt_is_sent_to_the_address_given(case: Case, office_with_mail: None) -> None:
    send(case, " clerk@example.com ")
    assert [(sent.to, sent.subject, sent.body) for sent in mail.outbox] == [
        (["clerk@example.com"], "Receipt 1", "Number 1")
    ]
    assert [event.detail for event in case.paradata.filter(event="receipt_mailed")] == [{}]


LONGEST = f"clerks@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.com"


def test_longest_address_is_taken_and_a_longer_one_is_not_cut(case: Case, office_with_mail: None) -> None:
    send(case, LONGEST)
    with pytest.raises(MailRefusedError, match="no e-mail address"):
        send(case, f"e{LONGEST}")
    assert [sent.to for sent in mail.outbox] == [[LONGEST]]


@pytest.mark.parametrize("address", ["", "clerk", "a@b.com\nBcc: c@d.com", "a@b.com, c@d.com"])
def test_what_is_no_address_is_refused(case: Case, office_with_mail: None, address: str) -> None:
    with pytest.raises(MailRefusedError, match="no e-mail address"):
        send(case, address)
    assert mail.outbox == []


def test_case_gets_so_many_mails_and_no_more(case: Case, office_with_mail: None) -> None:
    for _ in range(MOST_MAILS):
        send(case)
    with pytest.raises(MailRefusedError, match="which is the most"):
        send(case)
    assert len(mail.outbox) == MOST_MAILS


def test_office_without_mail_sends_nothing(case: Case) -> None:
    with pytest.raises(MailRefusedError, match="sends no e-mail"):
        send(case)
    assert mail.outbox == []


def test_receipt_that_the_mail_server_does_not_take_is_said_and_counts(
    case: Case, office_with_mail: None, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    with pytest.raises(MailRefusedError) as refused:
        send(case)
    assert refused.value.code == "not_sent"
    assert case.paradata.filter(event="receipt_mailed").count() == 1
