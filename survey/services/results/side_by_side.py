"""Proofs of items in processes beside one another: the same results whatever their number."""

import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process

from survey.methods.certificate.climbing import Climb, Climbed, SideBySide, Task, one_after_another

_climbs: list[Climb] = []
"""What this process was started for."""


def in_processes(number: int) -> SideBySide:
    """What proves in so many processes; of one or none in this process itself."""
    if number < 2:
        return one_after_another

    def side_by_side(climb: Climb, tasks: Sequence[Task]) -> list[Climbed]:
        # Spawned, not forked: a copy of a worker would hold its connections to the database and the locks of threads.
        context = get_context("spawn")
        most = min(number, max(len(tasks), 1))
        with ProcessPoolExecutor(most, mp_context=context, initializer=_start, initargs=(climb,)) as processes:
            return list(processes.map(_climbed, tasks))

    return side_by_side


def _start(climb: Climb) -> None:
    # What is proved goes over once for each process and not with every task.
    _climbs[:] = [climb]
    # Whoever ends a service asks all its processes to end: the worker lets its job end first, and so do these.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker that is killed cannot end its processes, which would wait for tasks for ever.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _climbed(task: Task) -> Climbed:
    (climb,) = _climbs
    return climb(task)
