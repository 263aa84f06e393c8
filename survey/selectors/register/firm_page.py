"""What the page of one firm shows: its waves, its burden by year, its history in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from survey.models import Case, District, Firm, FirmChange, Industry, Response
from survey.register_terms import FactSource, FirmStatus
from survey.terms import ResponseStatus, SizeClass
from survey.terms import gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveOfFirm:
    """A wave that the firm was drawn for, with what it submitted and how long that took it."""

    case: Case
    submitted_at: datetime | None
    minutes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfBurden:
    """The questionnaires that a firm was sent and those that it submitted in the waves of a year, and its minutes."""

    year: int
    asked: int
    submitted: int
    minutes: float


def waves_of(firm: Firm) -> list[WaveOfFirm]:
    """The waves that the firm was drawn for, the newest first. Two queries."""
    cases = list(
        Case.objects.filter(sample_unit__unit__firm=firm)
        .select_related("wave__survey", "sample_unit__unit", "sample_unit__stratum")
        .order_by("-wave__opens_at", "-pk")
    )
    submitted = Response.objects.filter(case__in=cases, is_current=True, status=ResponseStatus.SUBMITTED.value)
    found = {row[0]: row[1:] for row in submitted.values_list("case", "submitted_at", "seconds_spent")}
    return [
        WaveOfFirm(
            case=case,
            submitted_at=found[case.pk][0] if case.pk in found else None,
            # Paper, telephone and workbooks leave no time.
            minutes=found[case.pk][1] / 60 if case.pk in found and found[case.pk][1] else None,
        )
        for case in cases
    ]


def burden_by_year(waves: list[WaveOfFirm]) -> list[YearOfBurden]:
    """The account of a firm by the year in which its waves opened, the newest first."""
    years = sorted({each.case.wave.opens_at.year for each in waves}, reverse=True)
    return [_year(year, [each for each in waves if each.case.wave.opens_at.year == year]) for year in years]


def _year(year: int, waves: list[WaveOfFirm]) -> YearOfBurden:
    return YearOfBurden(
        year=year,
        asked=len(waves),
        submitted=sum(each.submitted_at is not None for each in waves),
        minutes=sum(each.minutes or 0 for each in waves),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A change of a firm in words."""

    at: datetime
    what: str
    old: str
    new: str
    source: str
    detail: str
    who: str


FIELDS: dict[str, str] = {
    "name": _("name of the firm"),
    "registered_address": _("registered address"),
    "postal_address": _("postal address"),
    "district": _("district"),
    "industry": _("industry division"),
    "size_class": _("size class"),
    "status": _("standing"),
    "successor": _("other firm"),
    "group": _("enterprise group"),
    "holding": _("holding of the group"),
    "consents_to_be_shown": _("consents to be shown"),
    "contact": _("contact"),
    "local_unit": _("local unit"),
    "local_unit_status": _("standing of a local unit"),
    "frame": _("in the list of firms"),
    "delegate": _("person who answers for the firm"),
}


def history_of(firm: Firm) -> list[FactLine]:
    """Every change of the firm, the latest first. Three queries."""
    shown = _readers()
    return [
        FactLine(
            at=row.at,
            what=gettext(FIELDS.get(row.field, row.field)),
            old=shown.get(row.field, str)(row.old),
            new=shown.get(row.field, str)(row.new),
            source=gettext(FactSource(row.source).label),
            detail=row.detail,
            who=str(row.author or ""),
        )
        for row in FirmChange.objects.filter(firm=firm).select_related("author")
    ]


def _readers() -> dict[str, Callable[[str], str]]:
    """How the kept codes of each field are read."""
    districts = {row.code: str(row) for row in District.objects.all()}
    industries = {row.code: str(row) for row in Industry.objects.all()}
    return {
        "district": lambda code: districts.get(code, code),
        "industry": lambda code: industries.get(code, code),
        "size_class": lambda code: gettext(SizeClass(code).label) if code in set(SizeClass) else code,
        # As ``as_kept`` wrote it.
        "consents_to_be_shown": lambda text: gettext("yes") if text == "True" else gettext("no"),
        "local_unit_status": lambda text: gettext(FirmStatus(text).label) if text in set(FirmStatus) else text,
        "status": lambda code: gettext(FirmStatus(code).label) if code in set(FirmStatus) else code,
    }
