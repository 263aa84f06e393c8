"""The receipt by e-mail, to an address that the firm gives for this once."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Case, Paradata
from survey.services.answers.responses import lock
from survey.services.refusals import RefusedError

MAILED = "receipt_mailed"
LONGEST_ADDRESS = 254
"""Characters that a mail server takes (RFC 5321, 4.5.3.1, by way of its path)."""
MOST_MAILS = 5
"""Receipts that are sent for one case: whoever holds a code must not make a mailing machine of the office."""
logger = logging.getLogger(__name__)


class MailRefusedError(RefusedError):
    """Why a receipt is not sent."""

    catalogue = Catalogue(
        entries={
            "mail_off": Entry(_("This office sends no e-mail."), _("Print the receipt or note its number.")),
            "address": Entry(_("“%(value)s” is no e-mail address."), _("Enter an address such as name@example.com.")),
            "too_many": Entry(
                _("The receipt has been sent %(limit)s times, which is the most."),
                _("Print the receipt or note its number."),
            ),
            "not_sent": Entry(
                _("The e-mail could not be sent."),
                _("Try again later, or print the receipt. Your answers are submitted."),
            ),
        }
    )


def mail_receipt(*, case: Case, address: str, subject: str, text: str) -> None:
    """Send the text of a receipt; the address is not kept. Raises MailRefusedError."""
    address = address.strip()
    if not settings.SENDS_MAIL:
        raise MailRefusedError("mail_off")
    try:
        validate_email(address)
        # Refused and not cut: what is left of it would be the address of somebody else.
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError("too long")
    except ValidationError:
        raise MailRefusedError("address", address[:LONGEST_ADDRESS]) from None
    with transaction.atomic():
        # Held while they are counted, or presses at the same moment would each find room for one more.
        case = lock(case)
        if case.paradata.filter(event=MAILED).count() >= MOST_MAILS:
            raise MailRefusedError("too_many", limit=MOST_MAILS)
        # Before it is sent: whatever becomes of it, it was one of those that the case may ask for.
        Paradata.objects.create(case=case, event=MAILED)
    try:
        # Line breaks of a translated subject would be refused as an attempt to add headers.
        EmailMessage(subject=" ".join(subject.split()), body=text, to=[address]).send()
    except (OSError, SMTPException):
        logger.exception("A receipt could not be sent.")
        raise MailRefusedError("not_sent") from None
