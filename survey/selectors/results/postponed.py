"""What a request made is written into the cache when its answer has been sent: only the next request reads it there.

Writing a dozen values takes a tenth of a page of figures. Outside a request, as in a job, there is no answer to wait
for, and everything is written at once.
"""

import logging
import secrets
from collections.abc import Sequence
from threading import local
from typing import Any

from django.core.cache import cache
from django.core.signals import request_finished, request_started

MARK = "written-since"
"""Names a word in the cache that goes when it is emptied."""
MARKED_SECONDS = 7 * 24 * 3600
logger = logging.getLogger(__name__)


class _Waiting(local):
    """Of one thread, which answers one request at a time: what waits for the end of its answer, by its key; None
    outside a request. `mark` is the word that the cache had before anything was read for it."""

    values: dict[str, tuple[Any, int]] | None = None
    mark: str | None = None


_waiting = _Waiting()


def making() -> None:
    """A value is about to be made of what is stored: where the cache is emptied from now on, it does not get it."""
    if _waiting.values is not None and _waiting.mark is None:
        _waiting.mark = _mark()


def word() -> str:
    """The word that the cache had before anything was read for what this request makes; another one since it was
    emptied. Empty where there is no cache to be read."""
    try:
        making()
        # Outside a request there is none, though the thread may have one left of the last request that it answered.
        begun = _waiting.mark if _waiting.values is not None else None
        return begun or _mark()
    except Exception:
        logger.exception("The cache cannot be read")
        return ""


def is_emptied_since(begun: str) -> bool:
    """Whether the cache was emptied since it had this word."""
    try:
        return begun != _mark()
    except Exception:
        logger.exception("The cache cannot be read")
        return False


def write(key: str, value: object, seconds: int) -> None:
    """Keep a value for so many seconds: at once, or as soon as the answer to the request has been sent."""
    if _waiting.values is None:
        cache.set(key, value, seconds)
        return
    making()
    _waiting.values[key] = value, seconds


def write_now(key: str, value: object, seconds: int) -> None:
    """Keep a value that is read as a file from now on."""
    if _waiting.values:
        _waiting.values.pop(key, None)
    making()
    cache.set(key, value, seconds)
    written([key])


def written(keys: Sequence[str]) -> None:
    """Values of these keys were written, by whatever thread: where the cache was emptied since this request began to
    make them, they go."""
    if _waiting.values is not None and not _is_marked():
        cache.delete_many(keys)


def waiting(key: str) -> Any:
    """The value of this key that this request has made; None where there is none."""
    found = _waiting.values.get(key) if _waiting.values else None
    return found[0] if found else None


def _mark() -> str:
    word = cache.get(MARK)
    if word is None:
        word = secrets.token_hex(8)
        cache.set(MARK, word, MARKED_SECONDS)
    return str(word)


def begin(**_request: object) -> None:
    """A request has begun: from now on values wait."""
    _waiting.values, _waiting.mark = {}, None


def finish(**_request: object) -> None:
    """The answer has been sent: write what waits."""
    values, _waiting.values = _waiting.values, None
    if not values:
        return
    try:
        if _is_marked():
            for key, (value, seconds) in values.items():
                cache.set(key, value, seconds)
        # Emptied meanwhile, because answers were erased: what was made of them must not come back.
        if not _is_marked():
            for key in values:
                cache.delete(key)
    except Exception:
        logger.exception("The cache cannot be written")


def _is_marked() -> bool:
    return bool(cache.get(MARK) == _waiting.mark)


def empty() -> None:
    """Empty the cache: nothing that was made before is in it any more, also of requests that end just now."""
    # The word goes first: whatever is written after it takes itself away, and whatever was written before is removed.
    cache.delete(MARK)
    cache.clear()


request_started.connect(begin)
request_finished.connect(finish)
