"""Counts and parameters of an entry of the audit history, in words."""

from typing import Any

from survey.casework_terms import CallResult, EntryKind, FirmOutcome
from survey.mailing_terms import MailingPurpose
from survey.selectors.said import said
from survey.terms import AllocationMethod, Disposition, Labelled, SampleRelation
from survey.terms import gettext_noop as _

NAMES: dict[str, str] = {
    "accepted_at": _("accepted at"),
    "accepted_by": _("accepted by"),
    "action": _("action"),
    "answered": _("answers"),
    "attempt": _("attempt"),
    "bytes": _("bytes"),
    "calls": _("calls"),
    "cases": _("cases"),
    "change": _("change"),
    "changed": _("changed"),
    "channel": _("channel"),
    "checked": _("checked"),
    "choice": _("decision"),
    "contacts": _("contacts"),
    "count": _("rows"),
    "crossing": _("crossing"),
    "cut": _("cut"),
    "days": _("days"),
    "decision": _("decision"),
    "digest": _("digest"),
    "disposition": _("disposition"),
    "district": _("district"),
    "errors": _("errors"),
    "fields": _("fields"),
    "file": _("file"),
    "firms": _("firms"),
    "first": _("first group"),
    "frame": _("sampling frame"),
    "frame_import": _("import"),
    "generation": _("generation"),
    "granted": _("time until"),
    "item": _("question"),
    "items": _("questions"),
    "job": _("job"),
    "key": _("row"),
    "kind": _("kind"),
    "language": _("language"),
    "leaves": _("leaves"),
    "left_out": _("left out"),
    "mailing": _("mailing"),
    "method": _("allocation"),
    "model": _("table"),
    "new": _("new"),
    "notes": _("notes"),
    "number": _("number"),
    "open": _("still open"),
    "outcome": _("outcome"),
    "page": _("page"),
    "pairs": _("pairs of codes"),
    "plan": _("plan"),
    "purpose": _("purpose"),
    "questionnaire": _("questionnaire"),
    "reason": _("reason"),
    "receipt": _("receipt"),
    "relation": _("earlier samples"),
    "removed": _("removed"),
    "replicates": _("replicates"),
    "response": _("response"),
    "result": _("how it ended"),
    "revision": _("revision"),
    "rows": _("rows"),
    "second": _("second group"),
    "seed": _("seed"),
    "set_aside": _("set aside"),
    "size": _("sample size"),
    "state": _("state"),
    "table": _("table"),
    "until": _("until"),
    "update": _("update"),
    "wave": _("wave"),
    "with_words": _("with words"),
}
"""What an entry counts or names; a test collects them from the code."""
LABELLED: dict[str, type[Labelled]] = {
    "disposition": Disposition,
    "kind": EntryKind,
    "method": AllocationMethod,
    "outcome": FirmOutcome,
    "purpose": MailingPurpose,
    "relation": SampleRelation,
    "result": CallResult,
}
"""Values that are words of the field; others of these names stand as they are."""


def detail_in_words(detail: dict[str, Any]) -> str:
    """Counts and parameters in one line; what an earlier version wrote under another name stands as it is."""
    parts = (
        f"{_name(name)} ({detail_in_words(value)})"
        if isinstance(value, dict)
        else f"{_name(name)} {_value(name, value)}"
        for name, value in detail.items()
    )
    return ", ".join(parts)


def _name(name: str) -> str:
    return said(NAMES[name]) if name in NAMES else name


def _value(name: str, value: Any) -> str:
    words = LABELLED.get(name)
    # By value: a kind may be that of an entry, and of a rule of retention elsewhere.
    if words is not None and value in [word.value for word in words]:
        return said(words(value).label)
    return str(value)
