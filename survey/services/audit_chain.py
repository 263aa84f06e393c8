"""Entries of the audit chain: what is written, adopted or erased gets its place behind the entry before.

There is a chain for each member of staff and sixteen for cases, so that firms that submit at the same time seldom wait
for each other. One transaction writes to one chain, or to several in the order of their names: nobody deadlocks.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from survey import algorithms
from survey.algorithms import canonical_json
from survey.models import (
    AuditChain,
    AuditEntry,
    Correction,
    Cut,
    OutlierDecision,
    Release,
    ReleaseStep,
    Response,
    StaffAction,
)
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.services.answers.prepared_save import PreparedInsert, PreparedUpdate

CASE_CHAINS = 16
"""With one, all submissions of a wave would wait for the row at its end (0034)."""
Event = AuditEntry.Event
# A context variable: services know no request, and a thread of gunicorn serves one request after the other.
_ADDRESS: ContextVar[str] = ContextVar("client_address", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """A model whose rows are in the chain once ``counts`` holds: the fields of their content, and whose they are."""

    model: type[models.Model]
    fields: tuple[str, ...]
    counts: models.Q = field(default_factory=models.Q)
    case: Callable[[Any], int | None] = lambda row: None
    actor: Callable[[Any], int | None] = lambda row: None
    related: tuple[str, ...] = ()


CHAINED: dict[str, Chained] = {
    "response": Chained(
        model=Response,
        fields=(
            *("case_id", "version_id", "answers", "reasons", "taken_over", "revision", "channel", "language"),
            *("receipt_number", "submission_key", "seconds_spent", "submitted_at"),
        ),
        # A draft changes with every key; only what was submitted once is proved.
        counts=~models.Q(status="draft"),
        case=lambda row: row.case_id,
    ),
    "correction": Chained(
        model=Correction,
        fields=("response_id", "item", "old", "new", "rule", "state", "reason", "author_id", "at"),
        case=lambda row: row.response.case_id,
        actor=lambda row: row.author_id,
        related=("response",),
    ),
    "outlierdecision": Chained(
        model=OutlierDecision,
        fields=("case_id", "item", "choice", "cutoff", "reason", "author_id", "at"),
        case=lambda row: row.case_id,
        actor=lambda row: row.author_id,
    ),
    "cut": Chained(
        model=Cut,
        # By digest and not by content: it has megabytes, and its own digest stands for it.
        fields=("wave_id", "number", "as_of", "digest", "source_digest", "made_by_id"),
        actor=lambda row: row.made_by_id,
    ),
    "release": Chained(
        model=Release,
        fields=("wave_id", "number", "digest", "created_at", "created_by_id"),
        actor=lambda row: row.created_by_id,
    ),
    "releasestep": Chained(
        model=ReleaseStep,
        fields=("release_id", "act", "by_id", "at", "note", "until", "detail"),
        actor=lambda row: row.by_id,
    ),
    "staffaction": Chained(
        model=StaffAction,
        fields=("actor_id", "verb", "subject", "detail", "at"),
        actor=lambda row: row.actor_id,
    ),
}


@contextmanager
def client_at(address: str) -> Iterator[None]:
    """Whatever is written within bears this address of the client."""
    token = _ADDRESS.set(address)
    try:
        yield
    finally:
        _ADDRESS.reset(token)


def content_of(row: models.Model) -> str:
    """The content of a row in one spelling, the same before it was stored and after it was read from any database."""
    fields = CHAINED[kind_of_row(row)].fields
    return canonical_json({name: _plain(getattr(row, name)) for name in fields})


def kind_of_row(row: models.Model) -> str:
    return str(row._meta.model_name)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, float) and value.is_integer():
        # PostgreSQL gives a whole number of a JSON document back as an int, SQLite as it was.
        return int(value)
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    # Texts that are translated when shown, and enums, are stored as what they say.
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def salted(content: str, salt: str, algorithm: str = "") -> str:
    """The digest that the chain holds of a content."""
    return algorithms.digest(f"{salt}:{content}".encode(), algorithm)


def hash_of(entry: AuditEntry) -> str:
    """The hash of an entry over the one before and all that must not change."""
    # The algorithm is within the hash: whoever weakened it later would break the link.
    names = ("previous", "scope", "position", "kind", "object_id", "case_id", "actor_id", "event", "algorithm")
    parts = [*(getattr(entry, name) for name in names), entry.digest, entry.address_digest, _plain(entry.at)]
    # JSON and not joined texts: no content can be shifted from one part into its neighbour.
    return algorithms.digest(json.dumps(parts, ensure_ascii=False).encode(), entry.algorithm)


def scope_of(case: int | None, actor: int | None) -> str:
    """The name of the chain for what is about a case, or done by a member of staff (0: by a command)."""
    # By number, so that neighbours in time, who submit together, fall into different chains.
    return f"case-{case % CASE_CHAINS:02d}" if case is not None else f"staff-{actor or 0}"


def chain(row: models.Model, *, event: str = Event.WRITTEN, case: int | None = None, scope: str = "") -> AuditEntry:
    """Add the entry of a stored row. Call it last in the transaction of the row, which holds the chain to its end."""
    chained, kind = CHAINED[kind_of_row(row)], kind_of_row(row)
    case, actor, address = chained.case(row) if case is None else case, chained.actor(row), _ADDRESS.get()
    salt, address_salt = secrets.token_hex(16), secrets.token_hex(16) if address else ""
    entry = AuditEntry(
        scope=scope or scope_of(case, actor),
        kind=kind,
        object_id=row.pk,
        case_id=case,
        actor_id=actor,
        event=event,
        algorithm=algorithms.chosen(),
        salt=salt,
        digest=salted(content_of(row), salt),
        address=address,
        address_salt=address_salt,
        address_digest=salted(address, address_salt) if address else "",
        at=timezone.now(),
    )
    # Without a savepoint: it would be two further statements of every submission.
    with transaction.atomic(savepoint=False):
        _append(entry)
    return entry


def _append(entry: AuditEntry) -> None:
    end = _held_end(entry.scope)
    entry.position, entry.previous = end.length + 1, end.last
    entry.hash = hash_of(entry)
    _ENTRY.save(entry)
    end.length, end.last = entry.position, entry.hash
    _END.save(end)


def _held_end(scope: str) -> AuditChain:
    """The end of a chain, held until the transaction ends; a chain begins with its first entry."""
    found = _LOCKED_END.first(scope=scope)
    if found is None:
        # Two first entries at once: the second one's row is ignored and the first one's is locked below.
        AuditChain.objects.bulk_create([AuditChain(scope=scope)], ignore_conflicts=True)
        found = _LOCKED_END.first(scope=scope)
    assert found is not None, "the end of a chain is never deleted"
    return found


_LOCKED_END = PreparedQuery(
    lambda: AuditChain.objects.select_for_update().filter(scope=Parameter("scope", models.CharField())).order_by()
)
_ENTRY = PreparedInsert(AuditEntry)
_END = PreparedUpdate(AuditChain, ("length", "last"))


def adopt(*, limit: int) -> int:
    """Take rows into the chain that are in none, at most so many: those of earlier versions and of bulk loading."""
    count = 0
    for kind, chained in CHAINED.items():
        entries = AuditEntry.objects.filter(kind=kind, object_id=models.OuterRef("pk"))
        rows = chained.model._default_manager.filter(chained.counts, ~models.Exists(entries)).order_by("pk")
        if chained.model is Release:
            # Its content is proved by its digest and would be read for nothing.
            rows = rows.defer("content")
        for row in list(rows.select_related(*chained.related)[: limit - count]):
            # One by one: a transaction over several chains would hold them against submissions.
            with transaction.atomic():
                # Asked again: another worker may be adopting the same row.
                if not AuditEntry.objects.filter(kind=kind, object_id=row.pk).exists():
                    chain(row, event=Event.ADOPTED)
            count += 1
    return count


def seal() -> bool:
    """Write the ends of all chains into a chain of its own; False where nothing was added since the last time."""
    with transaction.atomic():
        mine = _held_end("seal")
        # Its own end is left out: an entry cannot hold the hash of itself.
        ends = {row.scope: [row.length, row.last] for row in AuditChain.objects.exclude(pk=mine.pk)}
        last = StaffAction.objects.filter(verb="seal_audit").first()
        if last is not None and last.detail == ends:
            return False
        action = StaffAction.objects.create(actor=None, verb="seal_audit", subject="", detail=ends)
        chain(action, event=Event.SEALED, scope="seal")
    return True
