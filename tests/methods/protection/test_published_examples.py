"""Linked suppression against published results of GaussSuppression, the R package of Statistics Norway.

Numbers alone, from its vignettes "Small count frequency table suppression" (table 4) and "Linked table suppression"
(table 3, super-consistent), statisticsnorway.github.io/ssb-gausssuppression: the counts, which cells are too small, and
which it withholds in all. Which companions are chosen is a matter of taste; that they are enough is not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from survey.methods.protection.suppression import Relation, complete_suppression, determined

TOTAL = "Total"
Record = tuple[str, str, str, str]
"""Age, place, part of the world, year."""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Cells as sets of records, common to all tables that show them, with their counts and sums."""

    cells: list[frozenset[int]]
    counts: list[int]
    relations: list[Relation]
    names: dict[tuple[str, ...], int]

    def numbers(self, *names: tuple[str, ...]) -> set[int]:
        """The cells under these names, a common one once."""
        return {self.names[name] for name in names}

    def small(self, most: int) -> set[int]:
        """Those of 1 to so many; zeros are known to be empty."""
        return {number for number, count in enumerate(self.counts) if 0 < count <= most}


def linked(records: Sequence[Record], counts: Sequence[int], tables: Sequence[tuple[int, ...]]) -> Linked:
    """Tables by some of the four variables; a part of the world is the sum of its places as well."""
    named: dict[tuple[str, ...], frozenset[int]] = {}
    sums: list[tuple[frozenset[int], list[frozenset[int]]]] = []
    for table in tables:
        values = [[*dict.fromkeys(record[k] for record in records), TOTAL] for k in table]
        for chosen in product(*values):
            named[_name(table, chosen)] = _records(records, table, chosen)
            for k, value in enumerate(chosen):
                if value == TOTAL:
                    parts = [(*chosen[:k], part, *chosen[k + 1 :]) for part in values[k][:-1]]
                    sums.append((_records(records, table, chosen), [_records(records, table, one) for one in parts]))
    sums += list(_worlds(records, named))
    cells = list(dict.fromkeys(cell for cell in named.values() if cell))
    place = {cell: number for number, cell in enumerate(cells)}
    relations = [
        Relation(whole=place[whole], parts=tuple(place[part] for part in parts if part), of_firms=False)
        for whole, parts in sums
        if whole and len([part for part in parts if part]) > 1
    ]
    size = [sum(counts[row] for row in cell) for cell in cells]
    return Linked(cells=cells, counts=size, relations=relations,
                  names={name: place[cell] for name, cell in named.items() if cell})  # fmt: skip


def _name(table: tuple[int, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if k not in table else chosen[table.index(k)] for k in range(4))


def _records(records: Sequence[Record], table: tuple[int, ...], chosen: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        row
        for row, record in enumerate(records)
        if all(v in (TOTAL, record[k]) for k, v in zip(table, chosen, strict=True))
    )


def _worlds(
    records: Sequence[Record], named: dict[tuple[str, ...], frozenset[int]]
) -> Iterator[tuple[frozenset[int], list[frozenset[int]]]]:
    """Where a cell of a part of the world is made of shown cells of places."""
    cells = set(named.values())
    for name, cell in named.items():
        if name[2] not in ("", TOTAL):
            parts = {one for place, one in named.items() if place[1] not in ("", TOTAL) and one and one < cell}
            if parts <= cells and sorted(row for one in parts for row in one) == sorted(cell):
                yield cell, sorted(parts, key=sorted)


EXAMPLE = linked(
    [(age, geo, eu, "2014") for age in ("young", "old")
     for geo, eu in (("Spain", "EU"), ("Iceland", "nonEU"), ("Portugal", "EU"))],
    [5, 2, 0, 6, 3, 4],
    [(0, 1), (0, 2)],
)  # fmt: skip
WITHHELD = EXAMPLE.numbers(
    *((age, geo, "", "") for age, geo in (("Total", "Portugal"), ("Total", "Spain"), ("old", "Iceland"),
                                          ("old", "Portugal"), ("young", "Iceland"), ("young", "Spain"))),
    ("old", "", "EU", ""), ("young", "", "EU", ""),
)  # fmt: skip
YEARS = linked(
    [("young", "Spain", "EU", "2014"), ("young", "Iceland", "nonEU", "2014"), ("old", "Spain", "EU", "2014"),
     ("old", "Portugal", "EU", "2014"), ("young", "Iceland", "nonEU", "2015"), ("old", "Spain", "EU", "2015"),
     ("old", "Portugal", "EU", "2015"), ("young", "Spain", "EU", "2016"), ("young", "Iceland", "nonEU", "2016"),
     ("young", "Portugal", "EU", "2016")],
    [6, 8, 9, 1, 2, 4, 3, 7, 2, 2],
    [(0, 2, 3), (1, 3)],
)  # fmt: skip
WITHHELD_YEARS = YEARS.numbers(
    *(("", geo, "", year) for geo, year in (("Total", "2015"), ("Total", "2016"), ("Iceland", "2015"),
                                            ("Iceland", "2016"), ("Portugal", "2014"), ("Portugal", "2016"),
                                            ("Spain", "2014"), ("Spain", "2016"))),
    ("young", "", "Total", "2016"),
)  # fmt: skip
PUBLISHED = [pytest.param(EXAMPLE, 4, WITHHELD, id="small counts"), pytest.param(YEARS, 2, WITHHELD_YEARS, id="linked")]


def companions(tables: Linked, most: int) -> set[int]:
    return complete_suppression(tables.counts, tables.small(most), tables.relations, lambda _relation, _parts: True)


@pytest.mark.parametrize(("tables", "most", "withheld"), PUBLISHED)
def test_what_is_published_as_withheld_is_enough(tables: Linked, most: int, withheld: set[int]) -> None:
    assert tables.small(most) <= withheld
    assert determined(tables.relations, withheld) == []


@pytest.mark.parametrize(("tables", "most", "withheld"), PUBLISHED)
def test_any_one_companion_less_would_give_something_away(tables: Linked, most: int, withheld: set[int]) -> None:
    for companion in withheld - tables.small(most):
        assert determined(tables.relations, withheld - {companion})


@pytest.mark.parametrize(("tables", "most", "number"), [(EXAMPLE, 4, 10), (YEARS, 2, 16)])
def test_our_companions_are_enough(tables: Linked, most: int, number: int) -> None:
    """They are more than the 8 that are published in either: a withheld whole takes its smallest part along, so that no
    shown part bounds it, and each sum is put in order by itself before all are looked at together."""
    withheld = tables.small(most) | companions(tables, most)
    assert determined(tables.relations, withheld) == []
    assert len(withheld) == number


def test_tables_protected_each_by_itself_give_a_common_cell_away() -> None:
    """The vignette's table 1: what one table withholds another shows, so that it is determined."""
    alone = complete_suppression(
        YEARS.counts,
        YEARS.small(2),
        [one for one in YEARS.relations if len(one.parts) == 3],
        lambda _relation, _parts: True,
    )
    assert determined(YEARS.relations, YEARS.small(2) | alone)
