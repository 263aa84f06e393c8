"""A partitioned extract on disc: `part-00000.parquet` and so on, and `extract.json`, which is written last.

A folder whose writing broke off has no description, and is not taken for a whole one.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from survey.exchange.partitions.columns import arrow_table, names_of, narrowed, with_columns
from survey.exchange.partitions.description import (
    NO_ROWS,
    shell_document,
    shell_of,
    statistic_document,
    statistic_of,
)
from survey.methods.errors import EmptyDomain, MissingValue, UnknownColumn, UnknownStatus, WrongShape
from survey.methods.extract import Extract
from survey.methods.moments.parts import Wanted, usual_statistics
from survey.methods.moments.sums import Moments
from survey.methods.moments.tabulation import Summed

DESCRIPTION = "extract.json"
# Raised when the columns change: an older program then refuses a folder that it would read wrongly.
FORMAT = "partitioned-extract/2"
OWNER_ONLY = 0o600


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A partitioned extract: what its parts share, their files with the number of rows, and what is asked of it."""

    path: Path
    shell: Extract
    files: tuple[tuple[str, int], ...]
    statistics: tuple[Summed, ...]

    @cached_property
    def wanted(self) -> Wanted:
        """All statistics, overall and by every domain variable."""
        return Wanted(statistics=self.statistics, domains=tuple(self.shell.domains))

    @property
    def rows(self) -> int:
        """Respondents in all parts."""
        return sum(rows for _, rows in self.files)

    def asked(self, items: Sequence[str] = (), domains: Sequence[str] | None = None) -> Wanted:
        """The statistics of some items by some domain variables (none named = all). Raises `UnknownColumn`."""
        unknown = [name for name in domains or () if name not in self.shell.domains]
        if unknown:
            raise UnknownColumn(unknown[0], f"There is no domain variable '{unknown[0]}'.",
                                f"Name some of these: {', '.join(self.shell.domains)}.")  # fmt: skip
        chosen = Wanted(statistics=self.statistics, domains=self.wanted.domains if domains is None else tuple(domains))
        return chosen.of_items(items) if items else chosen

    def tasks(self, wanted: Wanted) -> list["PartTask"]:
        """The moments of every part, each to be made anywhere."""
        shell = narrowed(self.shell, wanted.items, wanted.values, wanted.domains)
        return [PartTask(path=self.path / name, shell=shell, rows=rows, wanted=wanted) for name, rows in self.files]


@dataclass(frozen=True, kw_only=True)
class PartTask:
    """One part to be read, of its file only the columns that are wanted, and summed up."""

    path: Path
    shell: Extract
    rows: int
    wanted: Wanted

    def extract(self) -> Extract:
        """The part in memory. Raises `MissingValue` without its file, `WrongShape` for one that is not what the
        description tells."""
        if not self.path.is_file():
            raise MissingValue(self.path.name, f"The file {self.path} is missing.", "Write the extract again.")
        try:
            # Parts are read by processes side by side; threads within each would only contend for the cores.
            table = pq.read_table(self.path, columns=names_of(self.shell), use_threads=False)
            if table.num_rows != self.rows or set(table.column_names) != set(names_of(self.shell)):
                raise WrongShape(self.path.name, f"{self.path} is not the part that {DESCRIPTION} tells of.",
                                 "Write the extract again.")  # fmt: skip
        except pa.ArrowInvalid as error:
            raise WrongShape(
                self.path.name, f"{self.path} cannot be read: {error}.", "Write the extract again."
            ) from error
        return with_columns(self.shell, table)

    def moments(self) -> Moments:
        """Those of the part."""
        return self.wanted.moments(self.extract())


def read_folder(path: Path) -> Folder:
    """Read the description. Raises `MissingValue` without one, `UnknownStatus` for one of another kind."""
    file = path / DESCRIPTION
    if not file.is_file():
        raise MissingValue(str(path), f"There is no {DESCRIPTION} in {path}.",
                           "Name a folder that write_partitions has written to its end.")  # fmt: skip
    try:
        document = json.loads(file.read_text("utf-8"))
        if document["format"] != FORMAT:
            raise UnknownStatus(document["format"], f"{file} is of the format '{document['format']}', not {FORMAT}.",
                                "Write the extract again with this version.")  # fmt: skip
        return Folder(
            path=path,
            shell=shell_of(document["shell"]),
            files=tuple((name, int(rows)) for name, rows in document["files"]),
            statistics=tuple(statistic_of(each) for each in document["statistics"]),
        )
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UnknownStatus(file.name, f"{file} is damaged: {error!r}.", "Write the extract again.") from error


def write_folder(path: Path, parts: Iterable[Extract], statistics: Sequence[Summed] | None = None) -> Folder:
    """Write the parts as they come, one in memory at a time; `statistics` None = the usual ones.

    Raises `WrongShape` where parts are not of one survey, `EmptyDomain` without any, `UnknownStatus` for a folder with
    something in it.
    """
    path.mkdir(parents=True, exist_ok=True)
    # Parts of an earlier extract would lie among the new ones, and a count of files would not show it.
    if any(path.iterdir()):
        raise UnknownStatus(str(path), f"The folder {path} is not empty.", "Name a new or an empty folder.")
    shell, files = None, []
    for number, part in enumerate(parts):
        # Compared without rows: what the parts must share is all that the description holds.
        own = part.part(NO_ROWS)
        shell = own if shell is None else shell
        if shell_document(own) != shell_document(shell):
            raise WrongShape(number, f"Part {number} differs from the first in strata, labels or rules.",
                             "Take all parts from one extract.")  # fmt: skip
        files.append((f"part-{number:05d}.parquet", part.rows))
        _write_part(path / files[-1][0], part)
    if shell is None:
        raise EmptyDomain(str(path), "There is no part to write.", "Give at least one.")
    asked = usual_statistics(shell.items, shell.values) if statistics is None else tuple(statistics)
    folder = Folder(path=path, shell=shell, files=tuple(files), statistics=asked)
    _describe(folder)
    return folder


def extract_parts(extract: Extract, number: int) -> Iterator[Extract]:
    """The extract in `number` parts of about equally many rows, in their order."""
    for k in range(number):
        # From the whole each time: steps of a rounded length would leave the last part over or empty.
        yield extract.part(slice(extract.rows * k // number, extract.rows * (k + 1) // number))


def _write_part(file: Path, part: Extract) -> None:
    """Microdata: nobody but the owner of the folder reads them."""
    # Made with its mode before anything is in it: a change afterwards would leave a moment in which others can open
    # it.
    file.touch(OWNER_ONLY)
    # zstd unpacks faster than gzip at a like size, and every estimate reads its columns anew.
    pq.write_table(arrow_table(part), file, compression="zstd")


def _describe(folder: Folder) -> None:
    document = {
        "format": FORMAT,
        "files": folder.files,
        "shell": shell_document(folder.shell),
        "statistics": [statistic_document(each) for each in folder.statistics],
    }
    unfinished = folder.path / f"{DESCRIPTION}.unfinished"
    unfinished.touch(OWNER_ONLY)
    unfinished.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    # The description appears in one step, and last: a folder that has it is whole.
    unfinished.replace(folder.path / DESCRIPTION)
