"""What this process has in hand from the pages that it made last, to take over what has not changed since.

Results in it are known by all that they follow from, so that none is ever stale; every worker has its own, and one that
has none makes a page whole. Nothing of it outlives the emptying of the cache: answers were erased then.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from django.db import connection

from survey.selectors.results.postponed import word

MOST = 40
"""Values that a process has in hand: those of ten pages, about five megabytes each."""
_in_hand: "OrderedDict[str, Any]" = OrderedDict()
_lock = Lock()
_word = ""


def in_hand(parts: Sequence[object]) -> Any:
    """What was taken in hand last under this name; None where there is nothing."""
    _forget_what_was_emptied()
    with _lock:
        return _in_hand.get(_name(parts))


def take_in_hand(parts: Sequence[object], value: object) -> None:
    """Have this under the name from now on, in the place of what has not been asked for longest."""
    _forget_what_was_emptied()
    with _lock:
        _in_hand[_name(parts)] = value
        _in_hand.move_to_end(_name(parts))
        while len(_in_hand) > MOST:
            _in_hand.popitem(last=False)


def _name(parts: Sequence[object]) -> str:
    return repr((connection.settings_dict["NAME"], *parts))


def _forget_what_was_emptied() -> None:
    global _word
    now = word()
    with _lock:
        if now != _word:
            _in_hand.clear()
            _word = now
