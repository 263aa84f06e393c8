"""Collects what is found in an XLSForm."""

from dataclasses import dataclass, field, replace
from typing import Any

from survey.complaints import Complaint, Place, Weight
from survey.exchange.xlsform.finding_catalogue import CATALOGUE


@dataclass
class Findings:
    """Complaints about a form, written down while it is read."""

    found: list[Complaint] = field(default_factory=list)

    def add(self, code: str, place: Place, value: str = "", **parameters: Any) -> None:
        """Write one down."""
        self.found.append(CATALOGUE.complaint(code, place=place, value=value, **parameters))

    def in_order(self) -> tuple[Complaint, ...]:
        """Every complaint once, the heavier ones first, then by place; equal ones of one column are gathered."""
        gathered: dict[tuple[Any, ...], Complaint] = {}
        for found in self.found:
            # Without the row: one mistake in a hundred rows is one finding with a hundred places.
            place = replace(found.place, row=None)
            key = (found.code, place, found.value, str(found.parameters))
            first = gathered.setdefault(key, found)
            row = found.place.row
            if first is not found and row and row != first.place.row and row not in first.place.rows:
                gathered[key] = replace(first, place=replace(first.place, rows=(*first.place.rows, row)))
        weights = list(Weight)
        # sorted() keeps the order of equal ones, which is that of reading.
        return tuple(sorted(gathered.values(), key=lambda found: (weights.index(found.weight), found.place.row or 0)))
