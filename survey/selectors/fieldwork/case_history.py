"""What happened on a case, in one list, from the histories that are kept anyway."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.mailing_terms import RowState
from survey.models import Case, MailingRow, Paradata, StaffAction
from survey.selectors.fieldwork.case_log import CaseEvent, log_events
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.terms import CaseStatus, Disposition, Labelled

CODED: dict[str, type[Labelled]] = {"status": CaseStatus, "disposition": Disposition}
ON_THE_CASE = {
    "download_file": _("Attached file downloaded"),
    "download_offline_form": _("Offline form downloaded"),
    "print_code": _("Access code printed again"),
    "return_response": _("Response returned for correction"),
    "revoke_code": _("Access code revoked"),
    "take_offline_form": _("Offline form uploaded for the firm"),
}
FILLING_EVENTS = {"form_taken": _("Offline form taken"), "saved": _("Page saved"), "submitted": _("Submitted")}
FILLING_EVENTS |= {
    "taken_back": _("Submission taken back by the firm"),
    "put_back": _("Submission put back unchanged"),
    "receipt_mailed": _("Receipt sent by e-mail"),
    "feedback": _("Feedback on the filling-in given"),
}
# Revoking a code stands in the list as an action already, with who did it.
TRACED_BY_STAFF_ACTION = {"code_generation"}
KEYING = ("begin_keying", "key_answers", "submit_keyed")


def timeline(case: Case) -> list[CaseEvent]:
    """Changes of the case by staff, actions on it, and what the firm handed in; the latest first."""
    events = [
        *_changes(case),
        *_staff_actions(case),
        *_keyed(case),
        *_responses(case),
        *_saves(case),
        *log_events(case),
        *_mailings(case),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _changes(case: Case) -> list[CaseEvent]:
    rows = list(case.history.select_related("history_user").order_by("history_date", "history_id"))
    return [
        CaseEvent(at=new.history_date, who=str(new.history_user or ""), what=words)
        # With the state before the first entry, or the first change would be compared with nothing.
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
    # By its type: a count of 1 equals True and is no yes.
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return "–" if value is None else str(value)


def _staff_actions(case: Case) -> list[CaseEvent]:
    # By its text, as the log keeps a subject that may be deleted.
    actions = StaffAction.objects.filter(subject=str(case), verb__in=ON_THE_CASE).select_related("actor")
    return [
        CaseEvent(at=action.at, who=str(action.actor or ""), what=gettext(ON_THE_CASE[action.verb]))
        for action in actions
    ]


def _keyed(case: Case) -> Iterator[CaseEvent]:
    """One line for what one officer keyed on one day, however many pages it took."""
    actions = StaffAction.objects.filter(subject=str(case), verb__in=KEYING).select_related("actor").order_by("id")
    sittings: dict[tuple[date, str], list[StaffAction]] = defaultdict(list)
    for action in actions:
        # By day: an officer who keys forty pages would otherwise fill the list of the case.
        sittings[timezone.localdate(action.at), str(action.actor or "")].append(action)
    for (_day, who), sitting in sittings.items():
        pages = len({action.detail.get("page") for action in sitting if action.verb == "key_answers"})
        done = any(action.verb == "submit_keyed" for action in sitting)
        words = ngettext("Return keyed, %(count)s page", "Return keyed, %(count)s pages", pages) % {"count": pages}
        ended = gettext("%(keyed)s, submitted") % {"keyed": words} if done else words
        yield CaseEvent(at=sitting[-1].at, who=who, what=ended)


def _saves(case: Case) -> Iterator[CaseEvent]:
    """One line for the pages that were saved on one day."""
    days: dict[date, list[datetime]] = defaultdict(list)
    for at in Paradata.objects.filter(case=case, event="saved").order_by("id").values_list("at", flat=True):
        days[timezone.localdate(at)].append(at)
    for times in days.values():
        words = ngettext("%(count)s page saved", "%(count)s pages saved", len(times)) % {"count": len(times)}
        yield CaseEvent(at=times[-1], who="", what=words)


def _mailings(case: Case) -> list[CaseEvent]:
    """What the firm was written, and what became of it."""
    rows = MailingRow.objects.filter(case=case).exclude(state=RowState.LEFT_OUT.value)
    return [_written(row) for row in rows.select_related("mailing__created_by").order_by("pk")]


def _written(row: MailingRow) -> CaseEvent:
    run = row.mailing
    shown = {"mailing": str(run), "channel": row.get_channel_display(), "state": row.get_state_display()}
    return CaseEvent(
        # A row that was not sent yet stands where its run began, or was prepared.
        at=row.sent_at or run.began_at or run.created_at,
        who=str(run.created_by or ""),
        what=gettext("%(mailing)s, %(channel)s: %(state)s") % shown,
    )


def _responses(case: Case) -> list[CaseEvent]:
    events = []
    for response in case.responses.all():
        # A draft after a return is no second beginning.
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
