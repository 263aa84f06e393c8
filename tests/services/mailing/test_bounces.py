"""Reports of mails that came back."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from survey.mailing_terms import MailingPurpose
from survey.models import Case, MailingRow, Wave
from survey.services.mailing.bounces import take_report
from survey.services.mailing.marking import mark_sent
from survey.services.mailing.post import message_id
from tests.services.mailing.runs import prepared

REPORT = """From: MAILER-DAEMON@mail.example.org
To: survey@office.example.org
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; clerk@firm.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 <clerk@firm.example> is not here

--b
Content-Type: text/rfc822-headers

Message-ID: {name}
Subject: Please fill in
--b--
"""


@pytest.fixture
def row(wave: Wave, cases: list[Case]) -> MailingRow:
    """A row that was sent."""
    made = prepared(wave, MailingPurpose.INVITATION)
    mark_sent(mailing=made, keys=list(made.rows.values_list("pk", flat=True)), actor=None)
    return made.rows.get(case=cases[0])


def report(status: str, name: str) -> bytes:
    return REPORT.format(status=status, name=name).encode()


def test_report_marks_its_row_and_takes_back_the_issue_of_the_code(row: MailingRow) -> None:
    assert take_report(report("5.1.1", message_id(row)))
    row.refresh_from_db()
    assert (row.state, row.said) == ("bounced", "5.1.1 550 <…> is not here")
    assert list(Case.objects.filter(code_sent_at=None)) == [row.case]


def test_report_is_taken_once(row: MailingRow) -> None:
    content = report("5.1.1", message_id(row))
    assert take_report(content)
    Case.objects.filter(pk=row.case_id).update(code_sent_at=timezone.now())
    assert not take_report(content)
    assert Case.objects.get(pk=row.case_id).code_sent_at is not None


def test_report_may_have_the_whole_mail_with_it(row: MailingRow) -> None:
    whole = report("5.1.1", message_id(row)).replace(b"text/rfc822-headers", b"message/rfc822")
    assert take_report(whole)
    assert MailingRow.objects.get(pk=row.pk).state == "bounced"


@pytest.mark.parametrize("status", ["4.2.2", "2.0.0"])
def test_report_of_a_delay_or_of_success_changes_nothing(row: MailingRow, status: str) -> None:
    assert not take_report(report(status, message_id(row)))
    assert MailingRow.objects.get(pk=row.pk).state == "sent"


@pytest.mark.parametrize("content", [b"", b"Subject: Hello\n\nHi", b"\xff\xfe", b"Content-Type: message/rfc822\n\n"])
def test_what_is_no_report_changes_nothing(row: MailingRow, content: bytes) -> None:
    assert not take_report(content)


def test_report_with_a_forged_name_changes_nothing(row: MailingRow) -> None:
    forged = f"<tongdian.{row.pk}.{'0' * 16}@office.example.org>"
    assert not take_report(report("5.1.1", forged))


def test_command_reads_a_folder_and_says_what_it_found(
    row: MailingRow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.eml").write_bytes(report("5.1.1", message_id(row)))
    (tmp_path / "note.txt").write_text("no report")
    call_command("read_bounces", str(tmp_path))
    assert capsys.readouterr().out == "2 files read, 1 mails had come back.\n"
