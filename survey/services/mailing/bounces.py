"""Reports of mails that came back, as mail servers send them to the sender's address (RFC 3464)."""

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from survey.models import MailingRow
from survey.services.mailing.marking import mark_bounced
from survey.services.mailing.post import row_of_message, without_addresses


def take_report(content: bytes) -> bool:
    """Mark the row that a report is about: true where the report says that a mail of ours came back for good.

    What is no report, is about no mail of ours, or speaks of a delay changes nothing.
    """
    # compat32: the newer policies raise on damaged heads, and reports come from any mail server.
    report = BytesParser(policy=compat32).parsebytes(content)
    status, key = _status(report), row_of_message(_of_the_mail(report))
    # Class 5 alone is for good (RFC 3463); 4 is a delay, of which the server itself tells again.
    if key is None or not status.startswith("5."):
        return False
    row = MailingRow.objects.filter(pk=key).first()
    return row is not None and mark_bounced(row=row, said=without_addresses(f"{status} {_diagnosis(report)}"))


def _status(report: Message) -> str:
    return next((part["Status"].strip() for part in _delivery(report) if part["Status"]), "")


def _diagnosis(report: Message) -> str:
    found = (part["Diagnostic-Code"] for part in _delivery(report) if part["Diagnostic-Code"])
    return next(found, "").partition(";")[2].strip()


def _delivery(report: Message) -> list[Message]:
    """The groups of fields of a delivery status, the parser's parts of it."""
    parts = [part for part in report.walk() if part.get_content_type() == "message/delivery-status"]
    return [group for part in parts for group in part.get_payload() if isinstance(group, Message)]


def _of_the_mail(report: Message) -> str:
    """The name of the mail that came back, from its head, which a report has with it."""
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            return str(part.get_payload())
        if part.get_content_type() == "message/rfc822":
            mails = part.get_payload()
            # A part of this kind holds one message; a damaged report may hold none.
            first = mails[0] if isinstance(mails, list) and mails else None
            return str(first["Message-ID"] or "") if isinstance(first, Message) else ""
    return ""
