"""What happened on a case, in one list, from the histories that are kept anyway."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from survey.models import Case, Paradata, StaffAction
from survey.terms import CaseStatus, Disposition, Labelled

CODED: dict[str, type[Labelled]] = {"status": CaseStatus, "disposition": Disposition}
ON_THE_CASE = {
    "begin_keying": _("Keying of a return begun"),
    "download_file": _("Attached file downloaded"),
    "download_offline_form": _("Offline form downloaded"),
    "key_answers": _("Page keyed for the firm"),
    "print_code": _("Access code printed again"),
    "return_response": _("Response returned for correction"),
    "revoke_code": _("Access code revoked"),
    "submit_keyed": _("Keyed return submitted"),
    "take_offline_form": _("Offline form uploaded for the firm"),
}
FILLING_EVENTS = {"form_taken": _("Offline form taken"), "saved": _("Page saved"), "submitted": _("Submitted")}
FILLING_EVENTS |= {
    "taken_back": _("Submission taken back by the firm"),
    "put_back": _("Submission put back unchanged"),
    "receipt_mailed": _("Receipt sent by e-mail"),
    "feedback": _("Feedback on the filling-in given"),
}
TRACED_BY_STAFF_ACTION = {"code_generation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """Something that happened: when, who did it (empty for the firm), and what in words."""

    at: datetime
    who: str
    what: str


def timeline(case: Case) -> list[CaseEvent]:
    """Changes of the case by staff, actions on it, and what the firm handed in; the latest first."""
    events = [*_changes(case), *_staff_actions(case), *_responses(case)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _changes(case: Case) -> list[CaseEvent]:
    rows = list(case.history.select_related("history_user").order_by("history_date", "history_id"))
    return [
        CaseEvent(at=new.history_date, who=str(new.history_user or ""), what=words)
        for old, new in pairwise([_as_drawn(case), *rows])
        if (words := _difference(old, new))
    ]


def _as_drawn(case: Case) -> Any:
    """The state in which drawing left the case; it has no entry in the history of its own."""
    return Case.history.model(id=case.pk, key=case.key, wave_id=case.wave_id, sample_unit_id=case.sample_unit_id)


def _difference(old: Any, new: Any) -> str:
    changes = new.diff_against(old).changes
    return "; ".join(
        f"{_name(change.field)}: {_shown(change.field, change.old)} → {_shown(change.field, change.new)}"
        for change in changes
        if change.field not in TRACED_BY_STAFF_ACTION
    )


def _name(field: str) -> str:
    return str(getattr(Case._meta.get_field(field), "verbose_name", field))


def _shown(field: str, value: Any) -> str:
    if field in CODED:
        return gettext(CODED[field](value).label)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "–" if value is None else {True: gettext("Yes"), False: gettext("No")}.get(value, str(value))


def _staff_actions(case: Case) -> list[CaseEvent]:
    actions = StaffAction.objects.filter(subject=str(case), verb__in=ON_THE_CASE).select_related("actor")
    return [
        CaseEvent(at=action.at, who=str(action.actor or ""), what=gettext(ON_THE_CASE[action.verb]))
        for action in actions
    ]


def _responses(case: Case) -> list[CaseEvent]:
    events = []
    for response in case.responses.all():
        if not response.return_note and response.corrects_id is None:
            events.append(CaseEvent(at=response.started_at, who="", what=gettext("The firm began to fill in")))
        if response.submitted_at:
            words = gettext("The firm submitted, receipt %(number)s") % {"number": response.receipt_number}
            events.append(CaseEvent(at=response.submitted_at, who="", what=words))
    return events


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEvent:
    """One event of filling in: when, what in words, on which page."""

    at: datetime
    what: str
    page: str


@dataclass(frozen=True, slots=True)
class FillingTrace:
    """How the filling-in went: how often each event happened, and the latest events."""

    counts: list[tuple[str, int]]
    latest: list[TraceEvent]


def filling_trace(case: Case, latest: int = 20) -> FillingTrace:
    rows = Paradata.objects.filter(case=case).order_by("-id").values_list("at", "event", "page")
    events = [TraceEvent(at=at, what=gettext(FILLING_EVENTS.get(event, event)), page=page) for at, event, page in rows]
    return FillingTrace(Counter(event.what for event in events).most_common(), events[:latest])
