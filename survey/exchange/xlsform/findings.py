"""What is found in an XLSForm: a coded catalogue with message and repair, and where it was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from survey.exchange.xlsform.finding_catalogue import CATALOGUE

MOST_ROWS_SHOWN = 8


class Weight(StrEnum):
    """An error keeps the form from being loaded; what is left out has no counterpart; a note loses nothing."""

    ERROR = "error"
    MEND = "mend"
    LEFT_OUT = "left_out"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet, a row as Excel counts it (None: the sheet as a whole) and the header of a column."""

    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        row = gettext("row %(row)s") % {"row": self.row} if self.row else ""
        return ", ".join(part for part in (self.sheet, row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``code`` is a key of the catalogue; ``rows`` are further rows with the same finding."""

    code: str
    place: Place = Place()
    value: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    rows: tuple[int, ...] = ()

    @property
    def weight(self) -> Weight:
        """What it means for loading the form."""
        return Weight(CATALOGUE[self.code][0])

    @property
    def where(self) -> str:
        """The place, with the further rows."""
        if not self.rows:
            return str(self.place)
        shown = ", ".join(map(str, self.rows[:MOST_ROWS_SHOWN])) + (" …" if len(self.rows) > MOST_ROWS_SHOWN else "")
        return gettext("%(place)s (also in %(rows)s)") % {"place": self.place, "rows": shown}

    def message(self) -> str:
        """What was found, in a sentence in the active language."""
        return self._worded(1)

    def repair(self) -> str:
        """What to do about it, in a sentence; "" where nothing needs to be done."""
        return self._worded(2)

    def _worded(self, part: int) -> str:
        template = CATALOGUE[self.code][part]
        words = {
            name: gettext(word) if isinstance(word, str) and word else word for name, word in self.parameters.items()
        }
        return gettext(template) % {"value": self.value, **words} if template else ""


@dataclass
class Findings:
    """Collects findings while a form is read."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, value: str = "", **parameters: Any) -> None:
        """Write one down."""
        self.found.append(Finding(code, place, value, parameters))

    def in_order(self) -> tuple[Finding, ...]:
        """Every finding once, the heavier ones first, then by place; equal ones of one column are gathered."""
        gathered: dict[tuple[Any, ...], Finding] = {}
        for finding in self.found:
            key = (finding.code, finding.place.sheet, finding.place.column, finding.value, str(finding.parameters))
            first = gathered.setdefault(key, finding)
            row = finding.place.row
            if first is not finding and row and row != first.place.row and row not in first.rows:
                gathered[key] = replace(first, rows=(*first.rows, row))
        weights = list(Weight)
        return tuple(sorted(gathered.values(), key=lambda found: (weights.index(found.weight), found.place.row or 0)))
