"""The table that may leave the office: rounded at its source, decided once, with one status for all that is withheld.

Pages, files, workbooks, releases and the programming interface take `ClearedTable`. It is written as codes and numbers;
labels come from the vocabulary of the language in which it is read again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, fields, replace
from typing import Any, Self

from survey.methods.errors import UnknownColumn
from survey.methods.tables.beside import Levels, Whole
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import Base, Cell, Dimension, Grid, TableSpec
from survey.terms import CellStatus

# Known to this module alone, so that whoever builds a table by hand is refused instead of trusted.
_SEAL: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedTable(Grid):
    """Figures that anybody may see. Only clearing makes one, or what clearing wrote; a withheld cell holds its status
    and the nearest coarser group that is shown, and nothing else."""

    seal: InitVar[Any] = None

    def __post_init__(self, seal: Any) -> None:
        if seal is not _SEAL:
            raise TypeError("A cleared table is made by clearing, not by hand.")
        self._check_shape()

    @classmethod
    def _of(cls, spec: TableSpec, cells: Sequence[Sequence[Cell]], base: Base, notes: Sequence[str] = ()) -> Self:
        """For clearing alone: cells that are rounded already."""
        return cls(spec=spec, cells=tuple(map(tuple, cells)), base=base, notes=tuple(notes), seal=_SEAL)


def withheld_cell(coarser: Domain | None = None) -> Cell:
    """What is left of a figure that may not be shown: one status, whatever the reason."""
    return Cell(n=None, status=CellStatus.WITHHELD, coarser=coarser)


def cleared_to_dict(table: ClearedTable) -> dict[str, Any]:
    """The table as JSON values: codes of its headings, its cells row by row, what it is of."""
    return {
        "rows": list(table.rows.codes),
        "columns": list(table.columns.codes),
        "domain": [list(pair) for pair in table.base.domain],
        "n": table.base.n,
        "cells": [[_cell_to_dict(cell) for cell in line] for line in table.cells],
    }


def cleared_from_dict(content: Mapping[str, Any], spec: TableSpec) -> ClearedTable:
    """The table that `cleared_to_dict` wrote, under the headings of `spec` that it has, in its own order.

    Raises `UnknownColumn` for a heading that `spec` lacks.
    """
    own = replace(spec, rows=_reading(spec.rows, content["rows"]), columns=_reading(spec.columns, content["columns"]))
    cells = [[_cell_from_dict(cell) for cell in line] for line in content["cells"]]
    return ClearedTable._of(own, cells, Base(domain=domain_from_list(content["domain"]), n=content["n"]))


def domain_from_list(pairs: Sequence[Sequence[str]]) -> Domain:
    """The domain that stands in JSON as a list of pairs."""
    return tuple((variable, value) for variable, value in pairs)


def _reading(dimension: Dimension, codes: Sequence[str]) -> Dimension:
    headings = {heading.code: heading for heading in dimension.headings}
    unknown = [code for code in codes if code not in headings]
    if unknown:
        raise UnknownColumn(unknown[0], f"The plan has no '{unknown[0]}' in '{dimension.code}'.")
    return replace(dimension, headings=tuple(headings[code] for code in codes))


_PLAIN = {field.name: field.default for field in fields(Cell) if field.name != "n"}
"""What a cell has where nothing is written of it."""
_NEVER = {"contributions", "enumerated", "unanimous"}
"""What serves protection alone, and has no place in anything that leaves."""


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    # Only what differs from a plain cell: a cut holds every group of a wave, and most fields of most cells are empty.
    said = {name: getattr(cell, name) for name, plain in _PLAIN.items() if getattr(cell, name) != plain}
    # The last door before a figure leaves: what served protection alone must not be written along.
    assert not said.keys() & _NEVER
    return {"n": cell.n} | {name: WRITTEN.get(name, _as_it_is)(value) for name, value in said.items()}


def _cell_from_dict(content: Mapping[str, Any]) -> Cell:
    return Cell(**{name: READ.get(name, _as_it_is)(value) for name, value in content.items()})


def _as_it_is(value: Any) -> Any:
    return value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


WRITTEN: Mapping[str, Any] = {
    "status": lambda status: status.value,
    "of_all": _fields,
    "levels": _fields,
    "coarser": lambda domain: [list(pair) for pair in domain],
    "band": list,
    "second": list,
}
READ: Mapping[str, Any] = {
    "status": CellStatus,
    "of_all": lambda content: Whole(**{**content, "band": content["band"] and tuple(content["band"])}),
    "levels": lambda content: Levels(**content),
    "coarser": domain_from_list,
    "band": tuple,
    "second": tuple,
}
