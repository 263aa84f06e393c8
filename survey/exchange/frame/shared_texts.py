"""The texts of a workbook, which its cells name by number: in a file without a name, since they may be millions."""

import os
import re
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Sequence

# An element with a text, and one without, from which some parsers would count on wrongly.
TEXT = re.compile(rb"<((?:\w+:)?si)\b[^>]*?(?:/>|>(.*?)</\1\s*>)", re.DOTALL)
EMPTY = b"<si><t></t></si>"
LONGEST = 8_000_000
"""Bytes of one element, and of what stands before the first."""


class CannotBeCutError(ValueError):
    """The workbook is written in a way that does not show where its parts begin and end; it has to be read whole."""


class SharedTexts:
    """Elements of ``sharedStrings.xml``, as they stand there, by their number."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """``pieces``: the part of the workbook, some bytes at a time. Raises `CannotBeCutError`."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  -- closed with the last reference
        weakref.finalize(self, self._file.close)
        # Where each ends. Four bytes: the guard lets no workbook unpack to so much.
        self._ends = array("I", [0])
        rest = b""
        for piece in pieces:
            content, end, elements = rest + piece, 0, []
            refuse_the_unusual(content)
            for match in TEXT.finditer(content):
                elements.append(match[0] if match[2] else EMPTY)
                self._ends.append(self._ends[-1] + len(elements[-1]))
                end = match.end()
            self._file.write(b"".join(elements))
            rest = content[end:]
            if len(rest) > LONGEST:
                raise CannotBeCutError("texts")
        self._file.flush()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def elements(self, numbers: Sequence[int]) -> bytes:
        """The elements with these ascending numbers, one after the other. Raises IndexError where there is none."""
        runs: list[list[int]] = []
        for number in numbers:
            # Cells that follow each other mostly name texts that do: those are read at once.
            if runs and number == runs[-1][1]:
                runs[-1][1] += 1
            else:
                runs.append([number, number + 1])
        starts = [(self._ends[first], self._ends[end]) for first, end in runs]
        return b"".join(os.pread(self._file.fileno(), end - start, start) for start, end in starts)


def refuse_the_unusual(content: bytes) -> None:
    """Raises `CannotBeCutError` for what could be taken for markup: a comment, characters that are none."""
    if b"<!" in content:
        raise CannotBeCutError("markup")
