"""Whether the audit chain holds: every link, and that every row has the content that its last entry says."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef

from survey import algorithms
from survey.algorithms import canonical_json
from survey.models import AuditChain, AuditEntry, Cut, Release, StaffAction
from survey.selectors.results.cleared import digest_of_cut
from survey.services.audit_chain import CHAINED, Chained, Event, content_of, hash_of, salted

PORTION = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """A place where the chain does not hold: the chain and the place in it (0: no entry), and what is wrong there."""

    scope: str
    position: int
    what: str

    def __str__(self) -> str:
        return f"Chain {self.scope}, entry {self.position}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Entries and rows that were looked at, and rows that wait to be taken into the chain."""

    entries: int
    waiting: int


def broken_links() -> Iterator[BrokenLink]:
    """Every broken link, those of the chains first, in their order."""
    yield from _broken_chains()
    yield from _broken_seals()
    for kind, chained in CHAINED.items():
        yield from _missing_rows(kind, chained)
        yield from _changed_rows(kind, chained)


def counted() -> Counted:
    """How much there is to look at."""
    waiting = 0
    for kind, chained in CHAINED.items():
        entries = AuditEntry.objects.filter(kind=kind, object_id=OuterRef("pk"))
        waiting += chained.model._default_manager.filter(chained.counts, ~Exists(entries)).count()
    return Counted(entries=AuditEntry.objects.count(), waiting=waiting)


def _broken_chains() -> Iterator[BrokenLink]:
    # The ends are read first: what is added meanwhile lies behind them.
    for end in AuditChain.objects.order_by("scope"):
        position, previous, is_whole = 0, "", True
        # Up to the end that was read: an entry that is being written belongs to the next look.
        entries = AuditEntry.objects.filter(scope=end.scope, position__lte=end.length).order_by("position")
        for entry in entries.iterator(chunk_size=PORTION):
            position += 1
            if wrong := _wrong(entry, position, previous):
                yield BrokenLink(scope=end.scope, position=position, what=wrong)
                # What follows would be wrong only because of this.
                is_whole = False
                break
            previous = entry.hash
        if is_whole and (position, previous) != (end.length, end.last):
            what = f"the chain ends here and should have {end.length} entries."
            yield BrokenLink(scope=end.scope, position=position, what=what)
    # Deleting the row of an end would otherwise hide its whole chain.
    known = AuditChain.objects.values("scope")
    for scope in AuditEntry.objects.exclude(scope__in=known).values_list("scope", flat=True).distinct():
        yield BrokenLink(scope=scope, position=0, what="the chain has entries and no end.")


def _wrong(entry: AuditEntry, position: int, previous: str) -> str:
    # The place first: after a gap the hash before cannot fit either, and the gap is the finding.
    if entry.position != position:
        return f"the entry is missing; the next one is {entry.position}."
    if entry.previous != previous:
        return "the entry does not follow from the one before."
    if entry.hash != hash_of(entry):
        return "the entry was changed."
    # An address that was erased after its days leaves its digest alone, and nothing to compare.
    if entry.address and salted(entry.address, entry.address_salt, entry.algorithm) != entry.address_digest:
        return "the address was changed."
    return ""


def _broken_seals() -> Iterator[BrokenLink]:
    """Ends of chains as they were sealed that are not in the chains any more."""
    for action in StaffAction.objects.filter(verb="seal_audit").order_by("id").iterator(chunk_size=PORTION):
        for scope, (length, last) in sorted(action.detail.items()):
            if length and not AuditEntry.objects.filter(scope=scope, position=length, hash=last).exists():
                what = f"sealed at {action.at:%Y-%m-%d %H:%M} UTC and not there any more."
                yield BrokenLink(scope=scope, position=length, what=what)


def _missing_rows(kind: str, chained: Chained) -> Iterator[BrokenLink]:
    rows = chained.model._default_manager.filter(pk=OuterRef("object_id"))
    for entry in AuditEntry.objects.filter(~Exists(rows), kind=kind).order_by("id").iterator(chunk_size=PORTION):
        yield BrokenLink(
            scope=entry.scope, position=entry.position, what=f"{kind} {entry.object_id} is not there any more."
        )


def _changed_rows(kind: str, chained: Chained) -> Iterator[BrokenLink]:
    rows = chained.model._default_manager.filter(chained.counts).order_by("pk")
    # A release holds all its tables: few at a time.
    size = 10 if chained.model is Release else PORTION
    read = rows.iterator(chunk_size=size)
    while portion := list(islice(read, size)):
        of_rows = AuditEntry.objects.filter(kind=kind, object_id__in=[row.pk for row in portion])
        newest = of_rows.values("object_id").annotate(newest=Max("id"), times=Count("id"))
        times = {row["newest"]: row["times"] for row in newest}
        entries = {entry.object_id: entry for entry in AuditEntry.objects.filter(pk__in=times)}
        for row in portion:
            entry = entries.get(row.pk)
            if entry is not None and (wrong := _differs(row, entry, times[entry.pk])):
                yield BrokenLink(scope=entry.scope, position=entry.position, what=f"{kind} {row.pk} {wrong}")


def _differs(row: Any, entry: AuditEntry, times: int) -> str:
    # A second entry that says "written" is how content changed past the product would be signed as new.
    if times > 1 and entry.event != Event.ERASED:
        return "was entered a second time, as if it were new."
    if not entry.salt:
        return "has lost the salt of its digest, and nothing says that it was erased."
    if salted(content_of(row), entry.salt, entry.algorithm) != entry.digest:
        return "was changed past the product."
    if isinstance(row, Release):
        # The chain holds the digest of a release; that the content has this digest is asked here.
        found = algorithms.digest(canonical_json(row.content).encode(), entry.algorithm)
        return "" if found == row.digest else "holds other figures than it was made with."
    if isinstance(row, Cut):
        pages = dict(row.pages.values_list("domain", "tables"))
        # A digest by another algorithm than today's is that of its time.
        found = digest_of_cut(row.source_digest, row.about, pages, entry.algorithm)
        return "" if found == row.digest else "holds other figures than it was made with."
    if entry.event == Event.ERASED and getattr(row, "erased_at", None) is None:
        return "is said to be erased and is not."
    return ""
