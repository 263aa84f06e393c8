"""A batch of coded answers as a file: three numbers, then three tables as they lie in memory.

A file is whole or not there: it is written beside its place, brought to the disk and then moved. What it holds follows
from the answers at any time, so every file may be removed. It is mapped into memory; a reader who has it open keeps it
when it is removed.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Floats

HEAD = np.dtype("<i8")
PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """The coded answers of some cases.

    cases   (n,) the case that each row is of
    codes   (columns of codes, n)
    values  (columns of numbers, n), nan where there is no answer
    """

    cases: NDArray[np.int64]
    codes: NDArray[np.int16]
    values: Floats


def read_batch(path: Path) -> Batch | None:
    """The batch, mapped into memory; None where there is no such file, or one that is not as long as it says."""
    try:
        # Mapped and not read: what all workers hold of a wave is in memory once, as pages of the file.
        # Of it a plain array is taken, whose parts cost a third: there is one for each column of each batch.
        content = np.asarray(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError):
        return None
    start = 3 * HEAD.itemsize
    if content.size < start:
        return None
    rows, codes, values = content[:start].view(HEAD).tolist()
    ends = np.cumsum([start, 8 * rows, 8 * rows * values, 2 * rows * codes]).tolist()
    # A file cut short by a full disk is as good as none: it is made again.
    if content.size != ends[-1]:
        return None
    return Batch(
        # Eight bytes first, two last, so that every table begins where its numbers may.
        cases=content[ends[0] : ends[1]].view("<i8"),
        values=content[ends[1] : ends[2]].view("<f8").reshape(values, rows),
        codes=content[ends[2] : ends[3]].view("<i2").reshape(codes, rows),
    )


def write_batch(path: Path, batch: Batch) -> None:
    """Only the owner of the process may read it. Raises OSError where nothing can be written."""
    # Answers of firms lie here: no other user of the machine may read them (0025).
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # In the same folder: a move within a file system is one step, and one across is a copy.
    handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            shape = [len(batch.cases), len(batch.codes), len(batch.values)]
            file.write(np.array(shape, HEAD).tobytes() + batch.cases.astype("<i8").tobytes())
            file.write(batch.values.astype("<f8").tobytes() + batch.codes.astype("<i2").tobytes())
            file.flush()
            # A name that reached the disk before the content would be a file of the right length, full of zeros.
            os.fsync(file.fileno())
        Path(name).replace(path)
    # A worker that is told to stop (SystemExit) leaves no half file either.
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
