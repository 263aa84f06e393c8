"""A Dask cluster: a worker reads and sums a part, sums are added pairwise, and one set of moments comes back.

Dask is imported where it is used: no other command, and no page, waits for it.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from operator import add
from typing import TYPE_CHECKING, Any

from survey.exchange.partitions.folder import Folder, PartTask
from survey.methods.errors import OutOfRange
from survey.methods.moments.parts import Wanted
from survey.methods.moments.sums import Moments

if TYPE_CHECKING:
    from distributed import Client, Worker

MEMORY = "1GB"
"""What a local worker may take; Dask starts one anew that takes more."""


@contextmanager
def local_cluster(workers: int, memory: str = MEMORY, processes: bool = True) -> Iterator["Client"]:
    """A cluster of single-threaded processes on this machine, which hears nobody outside it and ends with the block."""
    _quiet()
    from distributed import Client, LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            # A thread shares the memory of its process: over the limit by what is not its own, it would pause for ever.
            memory_limit=memory if processes else 0,
            processes=processes,
            dashboard_address="127.0.0.1:0",
            host="127.0.0.1" if processes else None,
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield client
        # A worker whose sign of life meets a scheduler that is closing would log that it lost it.
        client.run(_last_heartbeat)
        # On a busy machine a worker may need longer to end than the four seconds it is given; its work is done by then.
        logging.getLogger("distributed.nanny").setLevel(logging.ERROR)


async def _last_heartbeat(dask_worker: "Worker") -> None:
    """Let the worker give no more signs of life, and wait for a last one, so that none is on its way."""
    dask_worker.periodic_callbacks["heartbeat"].stop()
    await dask_worker.heartbeat()


@contextmanager
def running_cluster(address: str) -> Iterator["Client"]:
    """A cluster that runs already, on as many machines as it has; all see the folder under the same path."""
    _quiet()
    from distributed import Client

    with Client(address) as client:  # type: ignore[no-untyped-call]
        yield client


def _quiet() -> None:
    """Only what goes wrong is said, here and in the workers, which take over this setting."""
    import dask.config

    dask.config.set({"logging.distributed": "warning"})
    # A busy disk takes a second for a folder; nothing goes wrong by it.
    warnings.filterwarnings("ignore", "Creating scratch directories", UserWarning)
    logging.getLogger("distributed").setLevel(logging.WARNING)


def summed(client: "Client", folder: Folder, wanted: Wanted) -> Moments:
    """The moments of the whole. The order of additions is fixed, so the figures are the same in every run.

    Raises `OutOfRange` where a part is too large for the memory of a worker, and whatever the reading of a part raises.
    """
    from dask.delayed import delayed
    from distributed import KilledWorker

    # One graph, not one submission per part: Dask then adds what is ready before it reads further parts.
    level: list[Any] = [delayed(PartTask.moments)(delayed(task)) for task in folder.tasks(wanted)]
    while len(level) > 1:
        level = [delayed(add)(*pair) if len(pair) > 1 else pair[0] for pair in _pairs(level)]
    try:
        whole: Moments = client.compute(level[0]).result()  # type: ignore[no-untyped-call]
    except KilledWorker as error:
        repair = "Write the extract in more parts, so that one fits into the memory of a worker."
        raise OutOfRange(len(folder.files), f"Workers died over the same part: {error}", repair) from error
    return whole


def _pairs(level: list[Any]) -> list[list[Any]]:
    return [level[start : start + 2] for start in range(0, len(level), 2)]
