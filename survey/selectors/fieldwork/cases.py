"""What fieldwork reads: the cases of a wave, filtered, sorted and counted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from survey.models import Case, District, SampleUnit, Stratum, Wave
from survey.selectors.fieldwork.search import found_by
from survey.selectors.fieldwork.territory import Somebody, own_waves, visible_cases
from survey.terms import CaseStatus, WaveStatus

FIRM = "sample_unit__unit"
STRATUM = "sample_unit__stratum"
NO_CONTACT = Q(**{f"{FIRM}__contact__isnull": True}) | Q(
    **{f"{FIRM}__contact__email": "", f"{FIRM}__contact__phone": ""}
)
"""Nobody can be written to or called."""

SORTS: dict[str, tuple[str, ...]] = {
    "firm": (f"{FIRM}__name",),
    "district": (f"{FIRM}__district__position", f"{FIRM}__district__code"),
    "stratum": (f"{STRATUM}__industry_section", f"{STRATUM}__size_class"),
    "status": ("status",),
    "disposition": ("disposition",),
    "sent": ("code_sent_at",),
    "reminders": ("reminders",),
    "saved": ("saved_at",),
    "due": ("work__due_on",),
}


def _stratum(code: str) -> Q:
    section, _, size = code.partition("-")
    return Q(**{f"{STRATUM}__industry_section": section, f"{STRATUM}__size_class": size})


CONDITIONS: dict[str, Callable[[str], Q]] = {
    "status": lambda value: Q(status=value),
    "disposition": lambda value: Q(disposition=value),
    "stratum": _stratum,
    "district": lambda value: Q(**{f"{FIRM}__district__code": value}),
    "size": lambda value: Q(**{f"{FIRM}__size_class": value}),
    "code": lambda value: Q(code_sent_at__isnull=value == "unsent"),
    "contact": lambda value: NO_CONTACT if value == "missing" else ~NO_CONTACT,
    "text": found_by,
    "owner": lambda value: Q(work__owner=None) if value == "nobody" else Q(work__owner_id=value),
    "mark": lambda value: Q(work__mark=value),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases of a wave to list; an empty field does not restrict."""

    status: str = ""
    disposition: str = ""
    stratum: str = ""
    district: str = ""
    size: str = ""
    code: str = ""
    contact: str = ""
    text: str = ""
    owner: str = ""
    mark: str = ""

    def condition(self) -> Q:
        """The condition on cases that the filled fields make together."""
        condition = Q()
        for name, build in CONDITIONS.items():
            value = getattr(self, name)
            condition &= build(value) if value else Q()
        return condition


def filtered_cases(wave: Wave, case_filter: CaseFilter, user: Somebody) -> QuerySet[Case]:
    """The cases of the wave that the filter finds, of those that the user works on."""
    return visible_cases(user).filter(case_filter.condition(), wave=wave)


def ordered(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """The cases in a total order, so that pages are stable: ``sort`` is a key of ``SORTS``, with ``-`` in front for
    descending; empty values come last."""
    columns = SORTS[sort.removeprefix("-")]
    if "saved_at" in columns:
        cases = _with_saved(cases)
    if sort.startswith("-"):
        # The two databases put empty values at different ends unless they are told.
        return cases.order_by(*(F(column).desc(nulls_last=True) for column in columns), "-pk")
    return cases.order_by(*(F(column).asc(nulls_last=True) for column in columns), "pk")


def listed(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """The cases as rows of the list, in this order: with firm, stratum, plan and ``saved_at``."""
    return ordered(_with_saved(cases.select_related(f"{FIRM}__district", STRATUM, "work__owner")), sort)


def _with_saved(cases: QuerySet[Case]) -> QuerySet[Case]:
    # A case has one current response at most. Joined, they are read once; looked up, once for each of 50,000 cases.
    current = FilteredRelation("responses", condition=Q(responses__is_current=True))
    return cases.annotate(current_response=current, saved_at=F("current_response__saved_at"))


def status_counts(wave: Wave, user: Somebody | None = None) -> dict[CaseStatus, int]:
    """How many cases of the wave stand where, of those that the user works on; every status is there."""
    rows = (
        (Case.objects.all() if user is None else visible_cases(user))
        .filter(wave=wave)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"))
    )
    return {status: dict(rows).get(status.value, 0) for status in CaseStatus}


def waves_with_cases(user: Somebody) -> QuerySet[Wave]:
    return own_waves(user).filter(sample__isnull=False).select_related("survey", "sample")


def present_wave(code: str, user: Somebody) -> Wave | None:
    """The wave of this code, else the open one that opened last, else the latest; None where none has cases."""
    waves = waves_with_cases(user)
    if code:
        return waves.filter(code=code).first()
    return waves.filter(status=WaveStatus.OPEN.value).first() or waves.first()


def strata_of(wave: Wave) -> list[tuple[str, str]]:
    """Code, ``C-large`` and the like, and label of the strata that the wave's sample has."""
    # Strata in which nothing was drawn have no case to be found by them.
    return [(str(stratum), stratum.label) for stratum in Stratum.objects.filter(sample__wave=wave, sample_size__gt=0)]


def districts_of(wave: Wave) -> QuerySet[District]:
    """Districts in which the wave has sampled firms."""
    used = SampleUnit.objects.filter(sample__wave=wave).order_by().values("unit__district").distinct()
    return District.objects.filter(pk__in=used)
