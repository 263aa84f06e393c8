"""Work on the columns of many firms in several threads: numpy lets go of the interpreter while it reads a column.

What is made of each column is the same in any number of threads, digit for digit: a sum is never split between two.
"""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Generic, TypeVar

MANY_ROWS = 50_000
"""Rows from which on a pass over a column takes far longer than handing it to a thread."""
MOSTLY_COLUMNS = 200_000
"""Rows from which on tables spend their time on columns, and not on single figures, where threads wait for one
another."""
One = TypeVar("One")
Value = TypeVar("Value")


def of_each(make: Callable[[One], Value], each: Iterable[One], rows: int) -> list[Value]:
    """What is made of each, in their order; side by side where columns have so many `rows` that it pays.

    What is made must not follow from what was made of another. The first error in that order is raised.
    """
    few = list(each)
    if rows < MANY_ROWS or len(few) < 2 or processors() < 2:
        return [make(one) for one in few]
    return _side_by_side(make, few)


def pays(number: int, rows: int, least: int = MOSTLY_COLUMNS) -> bool:
    """Whether so many large pieces of work are better done side by side than one after another, each with columns of
    so many rows, `least` or more: what is no column of each is done beside the columns of another."""
    return rows >= least and number > 1 and processors() > 1


def together(make: Sequence[Callable[[], Value]]) -> list[Value]:
    """What is made by each, side by side; a thread that has nothing left to do helps the others with their columns."""
    return _side_by_side(lambda one: one(), make)


@cache
def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _side_by_side(make: Callable[[One], Value], few: Sequence[One]) -> list[Value]:
    """Who asks works as well, and waits for nobody but those who have begun: so work within work never waits for a
    thread that waits for it."""
    work = _Work(make, few)
    # Each in a copy of the context of its caller, which has what numpy does about a division by nothing.
    others = [_pool().submit(copy_context().run, work.go_on) for _one in range(min(processors(), len(few)) - 1)]
    work.go_on()
    for one in others:
        if not one.cancel():
            one.result()
    return work.results()


class _Work(Generic[One, Value]):
    """Pieces that several threads take one after the other."""

    def __init__(self, make: Callable[[One], Value], few: Sequence[One]) -> None:
        self.make, self.few = make, few
        self.made: dict[int, Value] = {}
        self.failed: dict[int, BaseException] = {}
        self.next = iter(range(len(few)))
        self.lock = threading.Lock()

    def go_on(self) -> None:
        """Take pieces until none is left, or one could not be made."""
        while not self.failed:
            with self.lock:
                place = next(self.next, None)
            if place is None:
                return
            try:
                self.made[place] = self.make(self.few[place])
            except BaseException as problem:
                self.failed[place] = problem

    def results(self) -> list[Value]:
        # Those before it were all taken, and have ended: of several errors this is the first in their order.
        if self.failed:
            raise self.failed[min(self.failed)]
        return [self.made[place] for place in range(len(self.few))]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(processors() - 1, 1), "columns")


# The threads of a process do not come with a copy of it.
os.register_at_fork(after_in_child=_pool.cache_clear)
