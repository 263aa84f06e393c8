"""Work on the columns of many firms in several threads: numpy lets go of the interpreter while it reads a column.

What is made of each column is the same in any number of threads, digit for digit: a sum is never split between two.
"""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import TypeVar

MANY_ROWS = 50_000
"""Rows from which on a pass over a column takes far longer than handing it to a thread."""
MOSTLY_COLUMNS = 200_000
"""Rows from which on a whole wave spends its time on columns, and not on single figures, where threads wait for one
another."""
One = TypeVar("One")
Value = TypeVar("Value")


def of_each(make: Callable[[One], Value], each: Iterable[One], rows: int) -> list[Value]:
    """What is made of each, in their order; side by side where columns have so many `rows` that it pays.

    What is made must not follow from what was made of another. The first error in that order is raised.
    """
    few = list(each)
    # Within a thread of the pool nothing waits for others of it: all of them could be waiting.
    if rows < MANY_ROWS or len(few) < 2 or processors() < 2 or getattr(_here, "is_one_of_many", False):
        return [make(one) for one in few]
    return _side_by_side(make, few)


def pays(number: int, rows: int) -> bool:
    """Whether so many large pieces of work are better done side by side than one after another: not where there are
    more processors, since what each does with its columns takes them all."""
    return rows >= MOSTLY_COLUMNS and 1 < processors() <= number


def together(make: Sequence[Callable[[], Value]]) -> list[Value]:
    """What is made by each, side by side. What they do with columns stays in the thread of each."""
    return _side_by_side(lambda one: one(), make)


@cache
def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _side_by_side(make: Callable[[One], Value], few: Sequence[One]) -> list[Value]:
    # Each in a copy of the context of its caller, which has what numpy does about a division by nothing.
    jobs = [_pool().submit(copy_context().run, make, one) for one in few]
    return [job.result() for job in jobs]


_here = threading.local()


def _begin() -> None:
    _here.is_one_of_many = True


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(processors(), "columns", initializer=_begin)


# The threads of a process do not come with a copy of it.
os.register_at_fork(after_in_child=_pool.cache_clear)
