"""What differs between the figures of two releases, or of a release and what its answers give again, digit by digit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str, str, str, str, str]
"""Group of firms, table, row, column and which number of the cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """One number that is another, or that only one of the two has: None stands for none."""

    group: str
    table: str
    row: str
    column: str
    figure: str
    before: Any
    after: Any

    def __str__(self) -> str:
        place = " / ".join(filter(None, (self.group or "all firms", self.table, self.row, self.column)))
        return f"{place}, {self.figure}: {self.before} -> {self.after}"


def differing_figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FigureDifference]:
    """Every number that differs between two contents of releases, in the order of the first."""
    old, new = dict(_numbers(before)), dict(_numbers(after))
    # A dict as an ordered set: differences stand in the order of the tables, not in that of hashes.
    places = {place: None for place in (*old, *new) if old.get(place) != new.get(place)}
    return [
        FigureDifference(
            group=group, table=table, row=row, column=column, figure=figure,
            before=old.get(place), after=new.get(place),
        )
        for place in places
        for group, table, row, column, figure in [place]
    ]  # fmt: skip


def _numbers(content: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    for page in content["figures"]:
        group = "&".join(f"{variable}={value}" for variable, value in page["domain"])
        for code, table in page["tables"].items():
            yield from _of_table(group, code, table)


def _of_table(group: str, code: str, table: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    for row, cells in zip(table["rows"], table["cells"], strict=True):
        for column, cell in zip(table["columns"], cells, strict=True):
            for figure, value in cell.items():
                yield (group, code, row, column, figure), value


def differing_parts(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """What differs between two JSON documents, by the path to it; for releases of earlier versions."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in dict.fromkeys((*before, *after)):
            yield from differing_parts(before.get(name), after.get(name), f"{path}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differing_parts(one, other, f"{path}/{place}")
    elif before != after:
        yield f"{path.lstrip('/')}: {before} -> {after}"
