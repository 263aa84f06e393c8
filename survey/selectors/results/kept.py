"""What was made from a wave is kept until something of it changes; every figure comes from here or is made anew."""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial, reduce
from operator import or_
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Subquery

from survey.methods.remembered import Remembered
from survey.models import Change, Wave
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.selectors.results.packed import Kept, LightKept, Packed
from survey.selectors.results.postponed import making, waiting, write, write_now, written
from survey.threads import MANY_ROWS as MANY_TO_READ
from survey.threads import MOSTLY_COLUMNS, pays, together

# Staleness is told by the revision alone; the day only bounds what nobody asks for any more.
KEPT_SECONDS = 24 * 3600
State = tuple[int, int, float | None]
NOTHING: State = (0, 0, None)
MANY_ROWS = 20_000
"""Rows from which on reading a value back, which takes some milliseconds, costs less than holding what was made."""
AT_HAND = 64
"""Values that a process holds as it last read them."""
Value = TypeVar("Value")
logger = logging.getLogger(__name__)


def at_revision(waves: list[Wave]) -> list[Wave]:
    """The waves, which from now on stand for their results as they are at this moment; one query for all of them.

    A request reads its waves once and hands them on, so that all that it shows is of one revision. Who writes reads
    the wave again.
    """
    revisions = _revisions(waves)
    for wave in waves:
        wave.revision = revisions[wave.pk]
    return waves


def revision_of(wave: Wave) -> str:
    """What differs as soon as anything differs that results of the wave are made from."""
    return wave.revision or _revisions([wave])[wave.pk]


def kept(
    revision: str,
    parts: Sequence[object],
    make: Callable[[], Value],
    *,
    is_light: bool = False,
    renew: Callable[[Value], Value] | None = None,
    rows: Callable[[Value], int] | None = None,
) -> Value:
    """The value of this name, made anew unless it was made at this revision.

    ``parts`` name the value: what it is, the wave, and all that it depends on beside the wave, such as the digest of
    the analysis plan, the language and the filter. The revision is read before the data that the value is made of, so
    that a value can be newer than its revision says, never older. One name holds one value: what has been superseded
    takes no room. What ``is_light`` has no arrays, so that the process may hold it as it made it. ``renew`` makes
    the value from the one that it supersedes, where that is at hand. A value of many ``rows`` is read as a file as soon
    as it is kept: the arrays that it was made with would take their room twice until the page is done.
    """
    key = _key(parts)
    found = _at_hand(key, revision) or _get(key)
    # Two processes may make the same value at once; the later one writes an equal value over it.
    if found is not None and found.revision == revision:
        # What waits to be written has arrays of its own still.
        if waiting(key) is None:
            found = Kept(revision=revision, value=found.value) if isinstance(found, Packed) else found
            _hold(key, found)
    else:
        _making()
        value = make() if found is None or renew is None else renew(found.value)
        found = _stored(key, revision, value, is_light, 0 if rows is None else rows(value))
    kept_value: Value = found.value
    return kept_value


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMake(Generic[Value]):
    """A value by its name: `read` asks the database for all that it is made from, given the value that it supersedes
    where one is at hand, and gives what makes it without asking for anything more. `rows` is how many firms that
    reads."""

    revision: str
    parts: Sequence[object]
    read: Callable[[Value | None], Callable[[], Value]]
    rows: int


def make_together(wanted: Sequence[ToMake[Any]], *, is_light: bool = False) -> None:
    """Make those that are not kept at their revision side by side, where that pays, so that `kept` finds them."""
    # Tables, which are light, are made of single figures more than of columns; a wave is prepared from columns.
    if not pays(len(wanted), min(one.rows for one in wanted), MOSTLY_COLUMNS if is_light else MANY_TO_READ):
        return
    keys = [_key(one.parts) for one in wanted]
    found = [_at_hand(key, one.revision) or _get(key) for key, one in zip(keys, wanted, strict=True)]
    new = [k for k, one in enumerate(found) if one is None or one.revision != wanted[k].revision]
    # One alone is made where it is asked for.
    if len(new) > 1:
        _making()
        make = [wanted[k].read(before.value if (before := found[k]) else None) for k in new]
        # What is light is written when the answer has been sent, as only the thread of the request can see to.
        stored = [partial(_made, keys[k], one, wanted[k], is_light) for k, one in zip(new, make, strict=True)]
        for k, value in zip(new, together(stored), strict=True):
            if is_light:
                _stored(keys[k], wanted[k].revision, value, is_light, wanted[k].rows)
        if not is_light:
            _written([keys[k] for k in new])


def _made(key: str, make: Callable[[], Value], wanted: ToMake[Value], is_light: bool) -> Value | None:
    """What is light; of other things nothing, which are stored."""
    value = make()
    if is_light:
        return value
    _stored(key, wanted.revision, value, is_light, wanted.rows)
    return None


def _stored(key: str, revision: str, value: object, is_light: bool, rows: int) -> Kept | Packed:
    """What was made, or what was read back of it."""
    made = LightKept(revision=revision, value=value) if is_light else Kept(revision=revision, value=value)
    _set(key, made, write if is_light or rows < MANY_ROWS else write_now)
    # What the process holds of this name was made before the cache lost it, and would answer for it from now on.
    _let_go(key)
    if is_light:
        _hold(key, made)
    elif rows >= MANY_ROWS:
        mapped = _get(key)
        # Another process may have kept one of another revision since.
        if mapped is not None and mapped.revision == made.revision:
            _hold(key, mapped)
            return mapped
    return made


@contextmanager
def remembering(parts: Sequence[object]) -> Iterator[Remembered[Any]]:
    """What was found under this name at any revision, each result known by the digest of what it follows from; what is
    asked for meanwhile is kept in its place."""
    key = _key(parts)
    found = _get(key)
    remembered = Remembered[Any](before=found.value if found else {})
    yield remembered
    if remembered.asked.keys() != remembered.before.keys():
        _set(key, Kept(revision="", value=remembered.asked))


def _key(parts: Sequence[object]) -> str:
    # With the fingerprint of the program: after an upgrade the same data may give another value.
    return hashlib.sha256(repr((settings.FINGERPRINT, connection.settings_dict["NAME"], *parts)).encode()).hexdigest()


_held: "OrderedDict[str, Kept | Packed]" = OrderedDict()
_lock = Lock()


def _at_hand(key: str, revision: str) -> Kept | Packed | None:
    """What this process has read before at this revision, while the cache has it too."""
    with _lock:
        found = _held.get(key)
    # Asked of the cache too: erasing answers empties it, and no process may go on showing what it holds.
    return found if found is not None and found.revision == revision and _is_there(key) else None


def _hold(key: str, found: Kept | Packed) -> None:
    """Hold what was read; not what was made, whose arrays are the process's own until they are read as a file."""
    with _lock:
        _held[key] = found
        _held.move_to_end(key)
        # Two waves side by side are two dozen values. Not many more: each worker holds its own.
        while len(_held) > AT_HAND:
            _held.popitem(last=False)


def _let_go(key: str) -> None:
    with _lock:
        _held.pop(key, None)


def _revisions(waves: Sequence[Wave]) -> dict[int, str]:
    """By wave the state of its changes, and of the changes that touch every wave; one query.

    Rows of the log are only ever added. On SQLite they appear in the order of their ids, since one transaction writes
    at a time, so the newest row tells; the id of a row that was undone is given again, its time is not. PostgreSQL
    gives ids when a row is written and shows rows when their transaction commits, so a row with a lower id can appear
    after one with a higher id: there the number of rows belongs to the state, which grows with every row that becomes
    visible. The time tells a database that was restored from a backup from the one that it was before.
    """
    state = _newest(waves) if connection.vendor == "sqlite" else _counted(waves)
    shared = state.get(None, NOTHING)
    return {wave.pk: repr((state.get(wave.pk, NOTHING), shared)) for wave in waves}


def _newest(waves: Sequence[Wave]) -> dict[int | None, State]:
    """By wave the newest row of its changes, found in the index however many there are."""
    rows = _newest_rows(len(waves)).all(**{_named(place): wave.pk for place, wave in enumerate(waves)})
    return {wave: (0, number, at.timestamp()) for wave, number, at in rows}


@lru_cache(maxsize=64)
def _newest_rows(waves: int) -> PreparedQuery[tuple[int | None, int, datetime]]:
    """The newest row of so many waves and of what touches all; every page asks for some."""

    def written() -> QuerySet[Change, tuple[int | None, int, datetime]]:
        places = [*(Q(wave=Parameter(_named(place))) for place in range(waves)), Q(wave=None)]
        newest = [Change.objects.filter(place).order_by("-wave_id", "-id").values("id")[:1] for place in places]
        chosen = reduce(or_, (Q(pk=Subquery(one)) for one in newest))
        return Change.objects.filter(chosen).values_list("wave", "id", "at")

    return PreparedQuery(written)


def _named(place: int) -> str:
    return f"wave{place}"


def _counted(waves: Sequence[Wave]) -> dict[int | None, State]:
    """By wave the number of its changes with the newest one."""
    rows = (
        Change.objects.filter(Q(wave__in=waves) | Q(wave=None))
        .order_by()
        .values_list("wave")
        .annotate(Count("id"), Max("id"), Max("at"))
    )
    return {wave: (count, newest, at and at.timestamp()) for wave, count, newest, at in rows}


def _get(key: str) -> Kept | Packed | None:
    """What is kept; None also where the cache cannot be read, which costs time and hides no figure."""
    try:
        found = waiting(key) or cache.get(key)
    except Exception:
        logger.exception("The cache cannot be read")
        return None
    return found if isinstance(found, Kept | Packed) else None


def _making() -> None:
    try:
        making()
    except Exception:
        logger.exception("The cache cannot be read")


def _written(keys: Sequence[str]) -> None:
    try:
        written(keys)
    except Exception:
        logger.exception("The cache cannot be written")


def _is_there(key: str) -> bool:
    try:
        return waiting(key) is not None or cache.has_key(key)
    except Exception:
        logger.exception("The cache cannot be read")
        return False


def _set(key: str, value: Kept, store: Callable[[str, Kept, int], None] = write) -> None:
    try:
        store(key, value, KEPT_SECONDS)
    except Exception:
        logger.exception("The cache cannot be written")
