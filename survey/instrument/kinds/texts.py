"""Texts, free and of a known form."""

import re

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from survey.instrument.expressions.values import MISSING_CODES
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, clean_text, one_value, short_text
from survey.instrument.schema import Item

LONGEST_TEXT = 255
LONGEST_LONG_TEXT = 4000
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"\+?[0-9 ()\-]+(?:(?:转|ext\.?|x) ?[0-9]{1,6})?")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,127}")


def text_answer(item: Item, raw: RawInput) -> str | None:
    """The text on one line."""
    return free_text(raw, item.code, item.max_length or LONGEST_TEXT)


def long_text_answer(item: Item, raw: RawInput) -> str | None:
    """The text with its line breaks."""
    return free_text(raw, item.code, item.max_length or LONGEST_LONG_TEXT, lines=True)


def free_text(raw: RawInput, name: str, limit: int, *, lines: bool = False) -> str | None:
    """A text in the respondent's own words; the Missing codes are no words."""
    text = clean_text(one_value(raw, name), name, limit, lines=lines)
    if text in MISSING_CODES:
        raise RefusedInput("reserved_word", field=name, value=text)
    return text or None


def email_answer(item: Item, raw: RawInput) -> str | None:
    """The address with its domain in small letters."""
    text = short_text(raw, item.code)
    if not text:
        return None
    if not _EMAIL.fullmatch(text):
        raise RefusedInput("email_form", field=item.code, value=text)
    mailbox, _, domain = text.rpartition("@")
    return f"{mailbox}@{domain.lower()}"


def phone_answer(item: Item, raw: RawInput) -> str | None:
    """The number as typed, in narrow characters and single spaces."""
    text = " ".join(short_text(raw, item.code).split())
    if not text:
        return None
    if not _PHONE.fullmatch(text) or not 5 <= sum(character.isdigit() for character in text) <= 20:
        raise RefusedInput("phone_form", field=item.code, value=text)
    return text


def credit_code_answer(item: Item, raw: RawInput) -> str | None:
    """The unified social credit code in capitals without spaces; its check character is verified."""
    text = short_text(raw, item.code)
    if not text:
        return None
    try:
        return str(uscc.validate(text))
    except InvalidChecksum:
        raise RefusedInput("credit_code_check", field=item.code, value=text) from None
    except ValidationError:
        raise RefusedInput("credit_code_form", field=item.code, value=text) from None


def file_answer(item: Item, raw: RawInput) -> str | None:
    """The reference of an upload that the server stored before; its shape is all that is judged here."""
    text = one_value(raw, item.code)
    if not text:
        return None
    if not _FILE.fullmatch(text) or ".." in text:
        raise RefusedInput("file_reference", field=item.code, value=clean_text(text, item.code, 500))
    return text
