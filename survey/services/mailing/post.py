"""Handing one e-mail to the mail server, and reading what the server says to it."""

import re
from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from survey.mailing_terms import RowState
from survey.models import MailingRow
from survey.services.fieldwork.access_codes import keyed
from survey.services.mailing.preparing import MailingError
from survey.services.mailing.wording import Message

ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
MARK = re.compile(r"<tongdian\.(\d{1,18})\.([0-9a-f]{16})@")
AWAY = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPSenderRefused)
"""The server takes no mail of ours at all: the next firm would fare no better."""


class ServerAwayError(MailingError):
    """The mail server cannot be reached or takes no mail of ours; nothing was handed over."""

    def __init__(self, error: Exception) -> None:
        super().__init__("server_away", without_addresses(str(error)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAnswer:
    """What became of one e-mail; ``is_passing`` where the server asks to come again later."""

    state: RowState
    said: str = ""
    is_passing: bool = False


def opened() -> Any:
    """A connection to the mail server. Raises ServerAwayError."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise ServerAwayError(error) from error
    return connection


def give_to_server(connection: Any, row: MailingRow, message: Message, address: str) -> ServerAnswer:
    """Give one e-mail to the server: sent, bounced, failed, to be tried again, or unsure. Raises ServerAwayError."""
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[address],
        connection=connection,
        # Auto-Submitted (RFC 3834) keeps absence notes from answering thousands of letters.
        headers={"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except AWAY as error:
        raise ServerAwayError(error) from error
    # The order of these clauses matters: several of them are subclasses of those below.
    except SMTPRecipientsRefused as error:
        # One mail has one recipient.
        [(code, said), *_others] = error.recipients.values()
        return _refused(RowState.BOUNCED, code, said)
    except SMTPDataError as error:
        return _refused(RowState.FAILED, error.smtp_code, error.smtp_error)
    except SMTPResponseException as error:
        return _refused(RowState.FAILED, error.smtp_code, error.smtp_error)
    except (SMTPServerDisconnected, OSError) as error:
        # Whether the server had taken it when the line broke, nobody here knows: writing again might be twice.
        return ServerAnswer(state=RowState.UNSURE, said=without_addresses(str(error)))
    return ServerAnswer(state=RowState.SENT)


def _refused(state: RowState, code: int, said: bytes | str) -> ServerAnswer:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    # Class 4 asks to come again (RFC 5321, 4.2.1): full boxes and greylisting.
    is_passing = 400 <= code < 500
    return ServerAnswer(state=state, said=without_addresses(f"{code} {words}"), is_passing=is_passing)


def without_addresses(words: str) -> str:
    """What a server said, without the addresses in it, which are not to be kept a second time."""
    return ADDRESS.sub("…", " ".join(words.split()))[:300]


def message_id(row: MailingRow) -> str:
    """Names the row in the head of its e-mail, so that a report of a bounce finds it; nobody else can make one."""
    # The domain of the sender, so that filters find the name plausible.
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<tongdian.{row.pk}.{_seal(row.pk)}@{sender}>"


def row_of_message(text: str) -> int | None:
    """The row whose e-mail a text names; None where it names none of ours."""
    found = MARK.search(text)
    # Without the right seal anybody could send reports and have firms passed over.
    if found is None or found[2] != _seal(int(found[1])):
        return None
    return int(found[1])


def _seal(key: int) -> str:
    return keyed("name an e-mail", str(key)).hex()[:16]
