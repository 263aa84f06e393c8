"""Work that makes many objects and leaves none behind, without the search for unreachable ones."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Search for no unreachable objects meanwhile. What is made must hold no circle of objects.

    Python searches after every 700th new one, and in time through all that the process holds: of answers that are read
    and coded that takes a sixth of the time, and finds nothing.
    """
    # Another thread may be within it too: who finds the search off leaves it so, who turned it off turns it on.
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
