"""What the register knows of the firms of a list that is about to be drawn from."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from survey.models import Case, FrameUnit, SamplingFrame
from survey.register_terms import GONE, INDEPENDENT, FirmStatus
from survey.selectors.said import said as gettext
from survey.terms import AskedUnit, Disposition
from survey.terms import gettext_noop as _

IS_GONE = Q(firm__status__in=[status.value for status in GONE])
FROM_OUTSIDE = Q(firm__status_source__in=[source.value for source in INDEPENDENT])
# Where the register knows nothing the list is not told to be wrong.
DIFFERS = (
    ~Q(name=F("firm__name"))
    | (Q(firm__district__isnull=False) & ~Q(district=F("firm__district")))
    | (Q(firm__industry__isnull=False) & ~Q(industry=F("firm__industry")))
    | (~Q(firm__size_class="") & ~Q(size_class=F("firm__size_class")))
)

UNIT_DIFFERS = ~Q(name=F("local_unit__name")) | (
    Q(local_unit__district__isnull=False) & ~Q(district=F("local_unit__district"))
)
UNIT_IS_GONE = Q(local_unit__is_active=False) | (
    Q(firm__status__in=[FirmStatus.CLOSED.value, FirmStatus.DUPLICATE.value]) & FROM_OUTSIDE
)
"""Units of a firm that was merged go on under another code; those of one that closed do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """How many firms of a list the register knows to be gone (from a source outside the surveys, or from fieldwork
    alone), moved, to have refused before, or to differ from what the list says."""

    gone: int
    gone_by_fieldwork: int
    moved: int
    refused: int
    differing: int

    @property
    def is_empty(self) -> bool:
        return not (self.gone or self.gone_by_fieldwork or self.moved or self.refused or self.differing)


def knowledge_of(frame: SamplingFrame) -> Knowledge:
    """Five counts, five queries."""
    return Knowledge(
        gone=gone_units(frame).count(),
        # Told and not taken out: fieldwork knows of sampled firms alone (``services/register/next_frame.py``).
        gone_by_fieldwork=_units(frame).filter(IS_GONE & ~FROM_OUTSIDE).count(),
        moved=_units(frame).filter(firm__status=FirmStatus.MOVED.value).count(),
        refused=_units(frame).filter(Exists(refusals(frame))).count(),
        differing=differing_units(frame).count(),
    )


def of_units(frame: SamplingFrame) -> bool:
    """Whether the list has a row for each local unit."""
    return frame.lists == AskedUnit.LOCAL_UNIT.value


def _units(frame: SamplingFrame) -> QuerySet[FrameUnit]:
    return FrameUnit.objects.filter(frame=frame, firm__isnull=False)


def gone_units(frame: SamplingFrame) -> QuerySet[FrameUnit]:
    """Firms that a source outside the surveys says are gone; of a list of local units those that are marked as closed,
    and those of firms that are."""
    return _units(frame).filter(UNIT_IS_GONE if of_units(frame) else IS_GONE & FROM_OUTSIDE)


def refusals(frame: SamplingFrame) -> QuerySet[Case]:
    """Cases of the same firm, or local unit, in any wave, that ended in a refusal."""
    refused = Case.objects.filter(disposition=Disposition.REFUSAL.value)
    if of_units(frame):
        return refused.filter(sample_unit__unit__local_unit=OuterRef("local_unit"))
    return refused.filter(sample_unit__unit__firm=OuterRef("firm"), sample_unit__unit__unit_key="")


def differing_units(frame: SamplingFrame) -> QuerySet[FrameUnit]:
    """Firms or local units of which the register knows otherwise than the list says, by code."""
    related = ("district", "industry", "firm__district", "firm__industry", "local_unit__district")
    differ = Q(local_unit__isnull=False) & UNIT_DIFFERS if of_units(frame) else DIFFERS
    return _units(frame).filter(differ).select_related(*related).order_by("credit_code", "unit_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifference:
    """One value that the list and the register give differently."""

    field: str
    listed: str
    known: str


def differences_of(unit: FrameUnit) -> list[ListDifference]:
    """Where the list and the register disagree about a firm."""
    firm = unit.firm
    assert firm is not None, "only firms of the register are compared"
    if unit.local_unit is not None:
        return _shown(
            [
                (_("name of the local unit"), unit.name, unit.local_unit.name),
                (_("district"), unit.district, unit.local_unit.district),
            ]
        )
    size = firm.get_size_class_display() if firm.size_class else None
    pairs: list[tuple[str, object, object]] = [
        (_("name of the firm"), unit.name, firm.name),
        (_("district"), unit.district, firm.district),
        (_("industry division"), unit.industry, firm.industry),
        (_("size class"), unit.get_size_class_display(), size),
    ]
    return _shown(pairs)


def _shown(pairs: list[tuple[str, object, object]]) -> list[ListDifference]:
    return [
        ListDifference(field=gettext(field), listed=str(listed), known=str(known))
        for field, listed, known in pairs
        # Compared as they are shown: two codes with one name are no difference that an officer could see.
        if known is not None and str(listed) != str(known)
    ]
