"""A table of a release: codes and figures kept once, words by language, read again exactly as they were frozen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.methods.clearing.cleared import ClearedTable, domain_from_list
from survey.methods.tables.table import Axis, Cell, Dimension, Heading, Statistic, TableKind, TableSpec

Frozen = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable:
    """A table of a release in one language. `title` is its finding or what it measures, `measure` what it measures,
    `firms` whom it is of in a sentence; `is_adverse` says that high steps of its scale are bad."""

    table: ClearedTable
    title: str
    measure: str
    firms: str
    notes: tuple[str, ...] = ()
    is_adverse: bool = True

    @property
    def spec(self) -> TableSpec:
        return self.table.spec

    @property
    def code(self) -> str:
        return self.spec.code

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        return self.table.cells

    @property
    def rows(self) -> Dimension:
        return self.spec.rows

    @property
    def columns(self) -> Dimension:
        return self.spec.columns

    def walk(self) -> Iterator[tuple[Heading, Heading, Cell]]:
        """Every cell with its row and column heading, row by row."""
        return self.table.walk()


def frozen_spec(specs: Sequence[TableSpec]) -> Frozen:
    """The specification of a table as JSON values without words, with the headings that it has of any group of firms;
    in which order they stand, each table says itself."""
    first = specs[0]
    return {
        "kind": first.kind.value,
        "statistic": first.statistic.value,
        "measured": first.measured.value if first.measured else None,
        "item": first.item,
        "option": first.option,
        "rows": _frozen_dimension([one.rows for one in specs]),
        "columns": _frozen_dimension([one.columns for one in specs]),
    }


def _frozen_dimension(alike: Sequence[Dimension]) -> Frozen:
    headings = {
        each.code: {
            "domain": [list(pair) for pair in each.domain],
            "parts": list(each.parts),
            "item": each.item,
            "decimals": each.decimals,
            "times": each.times,
        }
        for each in _headings(alike)
    }
    return {"code": alike[0].code, "axis": alike[0].axis.value, "exclusive": alike[0].exclusive, "headings": headings}


def _headings(alike: Iterable[Dimension]) -> list[Heading]:
    """The headings of dimensions of one table, each once."""
    # A group may lack rows that another has: all of them are kept once, and each table names its own.
    return list({each.code: each for one in alike for each in one.headings}.values())


def frozen_words(specs: Sequence[TableSpec]) -> Frozen:
    """The words of the specification in the language that it was made in: label, base and unit by heading."""
    alike = {"rows": [one.rows for one in specs], "columns": [one.columns for one in specs]}
    labels = {name: {each.code: [each.label, each.base, each.unit] for each in _headings(several)}
              for name, several in alike.items()}  # fmt: skip
    return {"title": specs[0].title, "counted": specs[0].counted, **labels}


def spec_of(code: str, frozen: Mapping[str, Any], words: Mapping[str, Any]) -> TableSpec:
    """The specification with its words in one language and all headings."""
    return TableSpec(
        code=code,
        title=words["title"],
        kind=TableKind(frozen["kind"]),
        rows=_dimension(frozen["rows"], words["rows"]),
        columns=_dimension(frozen["columns"], words["columns"]),
        statistic=Statistic(frozen["statistic"]),
        item=frozen["item"],
        option=frozen["option"],
        # A sentence in one language, unlike the rest of the specification.
        counted=words["counted"],
        measured=Statistic(frozen["measured"]) if frozen["measured"] else None,
    )


def _dimension(frozen: Mapping[str, Any], labels: Mapping[str, Sequence[str]]) -> Dimension:
    headings = tuple(_heading(code, one, labels[code]) for code, one in frozen["headings"].items())
    axis, exclusive = Axis(frozen["axis"]), frozen["exclusive"]
    return Dimension(code=frozen["code"], axis=axis, headings=headings, exclusive=exclusive)


def _heading(code: str, frozen: Mapping[str, Any], said: Sequence[str]) -> Heading:
    label, base, unit = said
    return Heading(
        code=code,
        label=label,
        domain=domain_from_list(frozen["domain"]),
        parts=tuple(frozen["parts"]),
        item=frozen["item"],
        decimals=frozen["decimals"],
        times=frozen["times"],
        base=base,
        unit=unit,
    )
