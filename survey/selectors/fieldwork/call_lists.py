"""The lists of calls of a wave as pages show them: the newest one's firms, and what became of all of them.

A fixed number of queries, whatever the number of cases: a list is made beforehand and only read here.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from survey.casework_terms import CALLED, WHY, CallReason
from survey.models import CallingPlan, CallList, CaseEntry, ListedCall, Wave
from survey.selectors.fieldwork.cases import FIRM
from survey.selectors.fieldwork.territory import Somebody, own_cases
from survey.terms import CaseStatus

SHOWN_LISTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ByReason:
    """Over all lists of a wave: firms listed for a reason, those called since, and those of them that answered."""

    reason: CallReason
    listed: int
    called: int
    answered: int

    @property
    def share(self) -> float | None:
        """Answers in per cent of the firms called; None without any."""
        return 100 * self.answered / self.called if self.called else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigureError:
    """A key figure with its error in targets when a list was made and as expected after it."""

    label: str
    error: float
    expected: float


def newest_list(wave: Wave) -> CallList | None:
    """The newest list of a wave with its rule; None before the first."""
    return wave.call_lists.select_related("wave__calling_plan", "made_by").order_by("-number").first()


def plan_of_calls(wave: Wave) -> CallingPlan | None:
    """The rule of a wave; None before it was set."""
    return CallingPlan.objects.filter(wave=wave).select_related("fixed_by").first()


def listed_calls(made: CallList, user: Somebody) -> QuerySet[Any, Any]:
    """The firms on a list that the user works on, those still to be called first.

    Rows are `ListedCall` with ``last_at`` and ``last_result`` of the last call, and ``is_done``: whether the firm
    answered or was called since the list was made.
    """
    # By number and not by time: two entries of one second have one order.
    entries = CaseEntry.objects.filter(case=OuterRef("case"), kind__in=CALLED).order_by("-id")
    rows = made.calls.filter(own_cases(user, "case__")).select_related(
        f"case__{FIRM}__district", f"case__{FIRM}__contact", "case__sample_unit__stratum"
    )
    rows = rows.annotate(
        # Read now and not when the list was made: it is worked off over days, and by several.
        last_at=Subquery(entries.values("at")[:1]),
        last_result=Subquery(entries.values("result")[:1]),
        was_called=Exists(entries.filter(at__gt=made.made_at)),
        is_done=Q(case__status=CaseStatus.SUBMITTED.value) | Q(case__is_closed=True) | Q(was_called=True),
    )
    # What is done goes to the end and stays to be seen: two officers work on one list.
    return rows.order_by("is_done", "place")


def lists_of(wave: Wave) -> list[CallList]:
    """The newest lists, the newest first."""
    return list(wave.call_lists.order_by("-number").defer("classes")[:SHOWN_LISTS])


def by_reason(wave: Wave) -> list[ByReason]:
    """What calling for each reason brought; one query. Firms are counted once for each list that they were on."""
    # Only calls after the list was made: an earlier one was not made for its reason.
    called = CaseEntry.objects.filter(case=OuterRef("case"), kind__in=CALLED, at__gt=OuterRef("call_list__made_at"))
    counts = (
        ListedCall.objects.filter(call_list__wave=wave)
        .annotate(was_called=Exists(called))
        .values("reason")
        .annotate(
            listed=Count("pk"),
            called=Count("pk", filter=Q(was_called=True)),
            answered=Count("pk", filter=Q(was_called=True, case__status=CaseStatus.SUBMITTED.value)),
        )
        .order_by("reason")
    )
    return [
        ByReason(reason=CallReason(row["reason"]), listed=row["listed"], called=row["called"], answered=row["answered"])
        for row in counts
    ]


def figures_of_list(made: CallList) -> list[KeyFigureError]:
    """The key figures, those that are farthest from their target first, in the language of the page."""
    chinese = (get_language() or "zh").startswith("zh")
    rows = [
        KeyFigureError(label=labels["zh" if chinese else "en"], error=error, expected=expected)
        for _code, labels, error, expected in made.figures
    ]
    return sorted(rows, key=lambda row: -row.error)


def why(reason: str) -> str:
    """The sentence of a reason (a message identifier)."""
    return WHY[CallReason(reason)]
