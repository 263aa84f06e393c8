"""What was made from a wave is kept until something of it changes; every figure comes from here or is made anew."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Q

from survey.models import Change, Wave

KEPT_SECONDS = 24 * 3600
NOTHING = (0, 0, None)
Value = TypeVar("Value")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value and the revision that it was made at."""

    revision: str
    value: Any


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


def kept(revision: str, parts: Sequence[object], make: Callable[[], Value]) -> Value:
    """The value of this name, made anew unless it was made at this revision.

    ``parts`` name the value: what it is, the wave, and all that it depends on beside the wave, such as the digest of
    the analysis plan, the language and the filter. The revision is read before the data that the value is made of, so
    that a value can be newer than its revision says, never older. One name holds one value: what has been superseded
    takes no room.
    """
    key = hashlib.sha256(repr((connection.settings_dict["NAME"], *parts)).encode()).hexdigest()
    found = _get(key)
    if found is None or found.revision != revision:
        found = Kept(revision=revision, value=make())
        _set(key, found)
    value: Value = found.value
    return value


def _revisions(waves: Sequence[Wave]) -> dict[int, str]:
    """By wave the number of its changes with the newest one, and the same of the changes that touch every wave.

    The number is what makes it safe. Rows of the log are only ever added, so the set that a reader sees only grows,
    and with every row that becomes visible its size does too. The newest id alone would not do: PostgreSQL gives ids
    when a row is written and shows rows when their transaction commits, so a row with a lower id can appear after one
    with a higher id. The time tells a database that was restored from a backup from the one that it was before.
    """
    rows = (
        Change.objects.filter(Q(wave__in=waves) | Q(wave=None))
        .order_by()
        .values_list("wave")
        .annotate(Count("id"), Max("id"), Max("at"))
    )
    state = {wave: (count, newest, at and at.timestamp()) for wave, count, newest, at in rows}
    shared = state.get(None, NOTHING)
    return {wave.pk: repr((state.get(wave.pk, NOTHING), shared)) for wave in waves}


def _get(key: str) -> Kept | None:
    """What is kept; None also where the cache cannot be read, which costs time and hides no figure."""
    try:
        found = cache.get(key)
    except Exception:
        logger.exception("The cache cannot be read")
        return None
    return found if isinstance(found, Kept) else None


def _set(key: str, value: Kept) -> None:
    try:
        cache.set(key, value, KEPT_SECONDS)
    except Exception:
        logger.exception("The cache cannot be written")
