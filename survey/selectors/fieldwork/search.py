"""Finding the case of a firm by whatever the caller or the letter gives."""

import re
import unicodedata
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from survey.models import Firm, FirmChange, FirmContact, FrameUnit, Response

FIRM = "sample_unit__unit"
LEAST_DIGITS = 4
"""Digits from which on a number is looked for among telephones; fewer are found in nearly every one."""
LAST_CODE_POINT = chr(0x10FFFF)


def found_by(text: str) -> Q:
    """Cases of which the text is part of the firm's name now or before, in a list or in the register, of its credit
    code, the number of the local unit, a person of it, the digits of a telephone, or a receipt; full-width letters and
    digits are read as the others.
    """
    wanted = unicodedata.normalize("NFKC", text).strip()
    found = Q(**{f"{FIRM}__name__icontains": wanted}) | Q(**{f"{FIRM}__contact__name__icontains": wanted})
    # Lists of keys that are made once, not a look for each case: 50,000 of them would take minutes.
    named = _named_so(wanted)
    found |= Q(**{f"{FIRM}__credit_code__in": named.filter(unit_key="").values("credit_code")})
    found |= Q(**{f"{FIRM}__local_unit__in": named.exclude(local_unit=None).values("local_unit")})
    # Credit codes are copied with blanks between their groups.
    code = re.sub(r"[\s-]", "", wanted)
    if code.isascii() and code.isalnum():
        found |= Q(**{f"{FIRM}__credit_code__icontains": code}) | Q(**{f"{FIRM}__unit_key__icontains": code})
    digits = re.sub(r"\D", "", wanted)
    persons = Q(name__icontains=wanted)
    if len(digits) >= LEAST_DIGITS and not re.search(r"[^\d\s()+\-./]", wanted):
        # Telephones are kept as they were written: anything may stand between two digits.
        phone = f"{FIRM}__contact__phone"
        found |= _holds_in_turn(phone, digits) & Q(**{f"{phone}__regex": "[^0-9]*".join(digits)})
        # By the beginning: receipts are read out from the front, and their first digits are the day.
        found |= Q(pk__in=Response.objects.filter(_begins_with(wanted)).order_by().values("case"))
        persons |= Q(phone_digits__contains=digits)
    # What was learned since the list was made stands in the register alone.
    registered = Q(name__icontains=wanted) | Q(pk__in=FirmContact.objects.filter(persons).order_by().values("firm"))
    registered |= Q(pk__in=FirmChange.objects.filter(field="name", old__icontains=wanted).order_by().values("firm"))
    return found | Q(**{f"{FIRM}__firm__in": Firm.objects.filter(registered).order_by().values("pk")})


def _holds_in_turn(path: str, digits: str) -> Q:
    """Rows in which these digits stand one behind the other, whatever stands between them.

    What the regular expression finds is among them, and it is asked of few: SQLite leaves it to Python for each row.
    """
    pattern = f"%{'%'.join(digits)}%"
    alike: Any = Func(
        F(path), Value(pattern), template="%(expressions)s", arg_joiner=" LIKE ", output_field=BooleanField()
    )
    return Q(alike)


def _begins_with(receipt: str) -> Q:
    """Responses whose receipt begins so, which is of digits and what stands between them."""
    begins = Q(receipt_number__startswith=receipt)
    # SQLite uses no index for the beginning of a text, and reads all answers instead; it orders texts by their code
    # points, which PostgreSQL does in few of its locales.
    between = Q(receipt_number__gte=receipt, receipt_number__lt=receipt + LAST_CODE_POINT)
    return begins & between if connection.vendor == "sqlite" else begins


def _named_so(wanted: str) -> QuerySet[FrameUnit]:
    """Firms of any list with such a name: what a firm was called before, or is called since."""
    return FrameUnit.objects.filter(name__icontains=wanted).order_by()
