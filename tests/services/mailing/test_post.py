"""One e-mail and the mail server: what the server says is kept without addresses, and a bounce finds its row."""

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from survey.models import Case, MailingRow, Wave
from survey.services.mailing.post import (
    ServerAnswer,
    ServerAwayError,
    give_to_server,
    message_id,
    opened,
    row_of_message,
    without_addresses,
)
from survey.services.mailing.wording import Message
from tests.services.mailing.mail_server import DROPPED, MailServer
from tests.services.mailing.runs import prepared

MESSAGE = Message(
    language="en", subject="Please answer", body="Dear firm", short="", code="", link="", return_address=""
)


@pytest.fixture
def row(wave: Wave, cases: list[Case]) -> MailingRow:
    return MailingRow.objects.filter(mailing=prepared(wave)).order_by("pk")[0]


def handed_over(row: MailingRow) -> ServerAnswer:
    connection = opened()
    answer = give_to_server(connection, row, MESSAGE, "firm@example.org")
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", ("sent", "", False)),
        ("550 no such user firm@example.org", ("bounced", "550 no such user …", False)),
        ("400 come again", ("bounced", "400 come again", True)),
        ("450 come again", ("bounced", "450 come again", True)),
        ("499 come again", ("bounced", "499 come again", True)),
        ("500 never", ("bounced", "500 never", False)),
        (DROPPED, ("unsure", "Connection unexpectedly closed", False)),
    ],
)
def test_answer_of_the_server_says_what_became_of_a_mail(
    row: MailingRow, mail_server: MailServer, said: str, expected: tuple[str, str, bool]
) -> None:
    mail_server.answers["firm@example.org"] = said
    answer = handed_over(row)
    assert (answer.state.value, answer.said, answer.is_passing) == expected


def test_mail_names_its_row_and_that_a_machine_wrote_it(row: MailingRow, mail_server: MailServer) -> None:
    handed_over(row)
    [mail] = mail_server.taken
    assert (str(mail["To"]), str(mail["Subject"]), mail.get_content()) == (
        "firm@example.org", "Please answer", "Dear firm\r\n",
    )  # fmt: skip
    assert (row_of_message(str(mail["Message-ID"])), mail["Auto-Submitted"]) == (row.pk, "auto-generated")


@pytest.mark.usefixtures("english")
def test_server_that_is_not_there_is_said(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ServerAwayError):
        opened()


@pytest.mark.parametrize(
    ("sender", "domain"), [("Office <survey@example.org>", "example.org"), ("survey@example.org", "example.org")]
)
def test_name_of_a_mail_ends_in_the_domain_of_the_office(
    row: MailingRow, settings: Settings, sender: str, domain: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    assert message_id(row).endswith(f"@{domain}>")
    assert EmailMessage(headers={"Message-ID": message_id(row)}).message()["Message-ID"] == message_id(row)


def test_row_is_found_by_its_own_seal_alone(row: MailingRow) -> None:
    own = message_id(row)
    forged = own.replace(f"tongdian.{row.pk}.", f"tongdian.{row.pk + 1}.")
    assert [row_of_message(f"In reply to {own}:"), row_of_message(forged), row_of_message("")] == [row.pk, None, None]


def test_addresses_are_not_kept_a_second_time() -> None:
    said = "<firm@example.org>: user unknown,\n see <a@b> " + "n" * 400
    assert without_addresses(said)[:40] == "<…>: user unknown, see <…> " + "n" * 13
    assert len(without_addresses(said)) == 300
