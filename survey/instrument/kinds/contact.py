"""How to reach somebody: e-mail address and telephone number."""

import re

from survey.complaints import Entry
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _

# The pattern that HTML prescribes for type=email (WHATWG), with a domain of two labels at least and RFC 5321's 64
# characters before the @: what a browser lets pass and a mail server may refuse is told at once.
EMAIL_FORM = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_EXTENSION = r"(?:(?:转|ext\.?|x|#) ?[0-9]{1,6})?"
PHONE_FORM = rf"(?=(?:[^0-9,;/、]*[0-9]){{5,20}}(?![^,;/、]*[0-9]))(?:\(?\+)?[0-9 ()\-]+{_EXTENSION}"
"""One number: 5 to 20 digits with those of its extension, which 转, ext, x or # may introduce."""
PHONES_FORM = rf"{PHONE_FORM}(?: ?[/,;、] ?[+0-9 ()\-]+{_EXTENSION})*"
"""What a list of firms holds in one cell: a number, and others behind it, of which the last digits may be enough."""


def one_address(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The address with its domain in small letters."""
    text = _of_form(kind, item, short_text(raw, item.code), "email_form")
    # Only the domain is the same in small letters; what stands before it is the mail server's own (RFC 5321, 2.4).
    mailbox, _at, domain = text.rpartition("@")
    return f"{mailbox}@{domain.lower()}" if text else None


def one_phone(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The number as typed, in narrow characters and single spaces."""
    return _of_form(kind, item, " ".join(short_text(raw, item.code).split()), "phone_form") or None


def _of_form(kind: Kind, item: Item, text: str, code: str) -> str:
    if text and kind.form and not kind.form.fullmatch(text):
        raise RefusedInput(code, field=item.code, value=text, refusals=kind.refusals)
    return text


EMAIL = Kind(
    type=ItemType.EMAIL,
    read=one_address,
    variables=holding(ValueKind.TEXT),
    seconds=10,
    names_firm=True,
    form=re.compile(EMAIL_FORM),
    refusals={"email_form": Entry(_("%(label)s: enter an e-mail address such as name@example.com."))},
)
PHONE = Kind(
    type=ItemType.PHONE,
    read=one_phone,
    variables=holding(ValueKind.TEXT),
    seconds=8,
    names_firm=True,
    form=re.compile(PHONE_FORM),
    refusals={
        "phone_form": Entry(_("%(label)s: enter a telephone number with 5 to 20 digits, such as 0755-12345678."))
    },
)
