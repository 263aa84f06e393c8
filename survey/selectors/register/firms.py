"""The list of firms of the register: found by what an officer has at hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from survey.models import Case, Firm, FirmChange, FirmContact, LocalUnit
from survey.models.register.contact import digits_of
from survey.selectors.fieldwork.territory import Somebody, own_districts

A_YEAR = timedelta(days=365)
LEAST_DIGITS = 4
"""Fewer digits are in too many telephone numbers to find a firm by."""
# A telephone number as people write it; a credit code of digits alone looks the same and is looked for as well.
NUMBER = re.compile(r"[\d\s()+\-./]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFilter:
    """Which firms to list; an empty field does not restrict."""

    text: str = ""
    status: str = ""
    district: str = ""
    group: str = ""


def visible_firms(user: Somebody) -> QuerySet[Firm]:
    """The firms of the districts that the user works on; every list and page of the register begins here."""
    return Firm.objects.filter(own_districts(user, "district_id"))


def found_firms(chosen: FirmFilter, *, among: QuerySet[Firm], by_contact: bool) -> QuerySet[Firm]:
    """The firms that meet the filter, by name. ``by_contact``: whether persons may be looked for."""
    firms = among.select_related("district", "industry", "group").order_by("name", "pk")
    for field, value in (("status", chosen.status), ("district__code", chosen.district), ("group", chosen.group)):
        firms = firms.filter(**{field: value}) if value else firms
    return firms.filter(_holds(chosen.text.strip(), by_contact)) if chosen.text.strip() else firms


def _holds(text: str, by_contact: bool) -> Q:
    """Name now or before, any part of the code, a local unit, a contact, digits of a telephone number."""
    earlier = FirmChange.objects.filter(firm=OuterRef("pk"), field="name", old__icontains=text)
    found = Q(name__icontains=text) | Q(credit_code__icontains=re.sub(r"\s", "", text)) | Q(Exists(earlier))
    # Who may not see persons must not find out by trial whether one is there.
    # By a place of it, too: lists of local units name these.
    places = LocalUnit.objects.filter(Q(name__icontains=text) | Q(key__iexact=text), firm=OuterRef("pk"))
    found |= Q(Exists(places))
    if not by_contact:
        return found
    persons = Q(name__icontains=text) | Q(email__icontains=text)
    if NUMBER.fullmatch(text) and len(digits_of(text)) >= LEAST_DIGITS:
        persons |= Q(phone_digits__contains=digits_of(text))
    return found | Q(Exists(FirmContact.objects.filter(persons, firm=OuterRef("pk"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesAsked:
    """How often a firm was asked within a year, and when a wave last asked it."""

    times: int = 0
    last: datetime | None = None


def asked_within_a_year(firms: Iterable[Firm], now: datetime) -> dict[int, TimesAsked]:
    """By firm, of those that were asked at all. One query."""
    of_firm = "sample_unit__unit__firm"
    rows = (
        Case.objects.filter(**{f"{of_firm}__in": [firm.pk for firm in firms]})
        .order_by()
        .values_list(of_firm)
        # The last wave is told however long ago it was; only the number is of a year.
        .annotate(times=Count("pk", filter=Q(wave__opens_at__gt=now - A_YEAR)), last=Max("wave__opens_at"))
    )
    return {firm: TimesAsked(times=times, last=last) for firm, times, last in rows}
