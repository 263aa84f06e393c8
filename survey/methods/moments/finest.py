"""A wave added up once into its finest cells, from which the moments of any filter follow without reading its firms.

A finest cell is what firms share in stratum, calibration pattern and every group that a filter or a split may choose.
Sums of cells are sums over their firms, so a filter costs what its cells cost, however many firms there are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from scipy import sparse

from survey.methods.arrays import Floats, Ints, Rows, taken_together
from survey.methods.calibrated.calibration import Calibration
from survey.methods.extract import Extract
from survey.methods.moments.by_cell import (
    SPREAD,
    Pair,
    PairByCell,
    WeightsSummed,
    coded_by_cell,
    firms_by_cell,
    pair_rows,
    skipping,
)
from survey.methods.moments.cells import observed
from survey.methods.moments.projection import Projection, projection_of
from survey.methods.moments.sums import Source, skipped_name
from survey.methods.remembered import column_digest, digest_of, survey_digest
from survey.threads import of_each

FEWEST_FIRMS = 20_000
"""Rows below which reading all of them takes no longer than adding up cells."""
FIRMS_IN_A_CELL = 8
"""Rows in a cell, on average, from which on cells are worth making."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Finest:
    """Sums by finest cell of some items and pairs, with a row of each cell that tells its stratum and groups.

    first    (M,) a row of each cell
    count    (M,) rows
    columns  by weight column ("n" = answers) all items side by side (M, K); `places` tells where each is
    pairs    by pair its sums and the centre of its numbers
    skipped  (M,) by the items of a figure the rows that skipped one of them
    survey   digest of the survey and its groups; `sources` those of the columns of each item and pair
    """

    variables: frozenset[str]
    first: Ints
    count: Floats
    columns: Mapping[str, Floats]
    places: Mapping[str, slice]
    pairs: Mapping[Pair, tuple[PairByCell, float]]
    skipped: Mapping[str, Floats]
    projection: Projection | None
    survey: bytes = b""
    sources: Mapping[str | Pair, bytes] = field(default_factory=dict)

    def has(self, items: Collection[str], pairs: Collection[Pair]) -> bool:
        """Whether all of these were added up."""
        return all(item in self.places for item in items) and all(pair in self.pairs for pair in pairs)

    def coded(
        self, items: Sequence[str], columns: Sequence[str], cell: Ints, cells: int
    ) -> dict[str, dict[str, Floats]]:
        """Sums of these weight columns by coarser cell, given that of each finest cell; as `coded_by_cell` gives
        them."""
        # A sparse product: numpy has no sum by group over many columns at once.
        to = indicator(cell, cells)
        added = {name: to @ self.columns[name] for name in columns}
        return {item: {name: table[:, self.places[item]] for name, table in added.items()} for item in items}

    def pair(self, pair: Pair, columns: Sequence[str], cell: Ints, cells: int) -> PairByCell:
        """The same of a pair."""
        to, (found, _centre) = indicator(cell, cells), self.pairs[pair]
        return PairByCell(
            linear={name: to @ found.linear[name] for name in columns if name in found.linear},
            square={name: to @ table for name, table in found.square.items()},
            count=to @ found.count,
        )

    def item(self, name: str) -> dict[str, Floats]:
        """Sums by finest cell and code of one item, by weight column."""
        return {column: table[:, self.places[name]] for column, table in self.columns.items()}

    def spread(self, source: Source) -> Floats:
        """(M, K) sums of the weights of residuals times each code of an item, or times the basis of a pair."""
        if isinstance(source, str):
            return self.columns.get(SPREAD, self.columns["w"])[:, self.places[source]]
        linear = self.pairs[source][0].linear
        return linear.get(SPREAD, linear["w"])

    def answers(self, name: str) -> Floats:
        """(M, K) how many firms of each cell gave each code of an item."""
        return self.columns["n"][:, self.places[name]]

    def part(self, cells: Rows) -> "Finest":
        """Some of the cells alone."""
        return replace(
            self,
            first=self.first[cells],
            count=self.count[cells],
            columns={name: table[cells] for name, table in self.columns.items()},
            pairs={pair: (sums.part(cells), centre) for pair, (sums, centre) in self.pairs.items()},
            skipped={name: count[cells] for name, count in self.skipped.items()},
        )

    @cached_property
    def rows(self) -> int:
        """How many firms, in and out of scope, stand behind the cells."""
        return int(self.count.sum())


def indicator(cell: Ints, cells: int) -> sparse.csr_array:
    """(cells, M) with a 1 where a finest cell belongs to a coarser one."""
    return sparse.csr_array((np.ones(len(cell)), (cell, np.arange(len(cell)))), shape=(cells, len(cell)))


def finest_of(
    extract: Extract,
    items: Sequence[str],
    pairs: Sequence[Pair],
    variables: Sequence[str],
    before: Finest | None = None,
) -> Finest | None:
    """The wave in its finest cells; None where it has few firms, or few in a cell. Sums of items that were the same
    `before` are taken from there."""
    if extract.rows < FEWEST_FIRMS:
        return None
    cell, first = finest_cells(extract, variables)
    if len(first) * FIRMS_IN_A_CELL > extract.rows:
        return None
    weights, cells = WeightsSummed.of(extract, spread=True), len(first)
    survey = digest_of(survey_digest(extract), tuple(variables))
    read = dict.fromkeys([*items, *(name for pair in pairs for name in pair)])
    of_each(lambda name: column_digest(extract, name), read, extract.rows)
    columns = {name: extract.item(name) for name in items}
    widths = {name: len(one.labels) + 1 for name, one in columns.items()}
    groups = taken_together(widths, cells, extract.rows, len(weights.names) + 1)
    # Items that are added up in one pass are added up again together: with others the last digit may be another.
    sources: dict[str | Pair, bytes] = {
        name: digest_of(*(column_digest(extract, one) for one in group)) for group in groups for name in group
    }
    sources |= {pair: digest_of(*(column_digest(extract, name) for name in pair)) for pair in pairs}
    known = before.sources if before is not None and before.survey == survey else {}
    same = {name for name, source in sources.items() if known.get(name) == source}
    changed = [group for group in groups if not same.issuperset(group)]
    tables = coded_by_cell(columns, weights, cell, cells, changed) if changed else {}
    ends = np.cumsum([0, *(len(extract.items[name].labels) for name in items)]).tolist()

    def added(pair: Pair) -> tuple[PairByCell, float]:
        answers = pair_rows(extract, pair)
        return answers.by_cell(weights, cell, cells), answers.centre

    new = [pair for pair in pairs if pair not in same]
    sums = dict(zip(new, of_each(added, new, extract.rows), strict=True))
    if before is not None:
        tables |= {item: before.item(item) for item in items if item in same}
        sums |= {pair: before.pairs[pair] for pair in pairs if pair in same}
    return Finest(
        variables=frozenset(variables),
        first=first,
        count=np.bincount(cell, minlength=cells).astype(float),
        columns={name: _side_by_side([tables[item][name] for item in items], cells) for name in ("n", *weights.names)},
        places={name: slice(start, end) for name, start, end in zip(items, ends, ends[1:], strict=False)},
        pairs={pair: sums[pair] for pair in pairs},
        skipped={
            skipped_name(figure): firms_by_cell(cell[some], cells)[:, 0]
            for figure in (*((item,) for item in items), *pairs)
            if (some := skipping(extract, figure)) is not None
        },
        projection=projection_of_survey(extract),
        survey=survey,
        sources=sources,
    )


def projection_of_survey(extract: Extract) -> Projection | None:
    """What residuals need of the whole survey; None where the weights are not calibrated. Every table asks for it."""
    if extract.calibration is None:
        return None
    # Kept with the calibration itself and gone with it: every filter of a wave asks for the same sums.
    known = _projections.get(extract.calibration)
    # The sums are of these strata and weights; a calibration may be met again with others.
    if known is None or known[0] is not extract.stratum or known[1] is not extract.weight:
        found = projection_of(extract.calibration, extract.weight, extract.stratum, len(extract.strata))
        known = _projections[extract.calibration] = extract.stratum, extract.weight, found
    return known[2]


_projections: WeakKeyDictionary[Calibration, tuple[Ints, Floats, Projection]] = WeakKeyDictionary()


def _side_by_side(tables: Sequence[Floats], cells: int) -> Floats:
    return np.concatenate([np.zeros((cells, 0)), *tables], axis=1)


def finest_cells(extract: Extract, variables: Sequence[str]) -> tuple[Ints, Ints]:
    """The finest cell of every row, and a row of every cell."""
    number: Ints = extract.stratum.astype(np.int64)
    possible = len(extract.strata)
    columns = [(extract.domains[name].codes, len(extract.domains[name].labels) + 1) for name in variables]
    if extract.calibration is not None:
        x = extract.calibration.auxiliaries
        columns.append((x.pattern - 1, len(x.patterns)))
    for codes, size in columns:
        # Numbered anew after each, so that the numbers stay small whatever groups there are.
        keys, number = observed(number * size + codes + 1, possible * size)
        possible = len(keys)
    first = np.zeros(int(number.max(initial=-1)) + 1, np.intp)
    # Backwards, so that of the rows of a cell the first is written last.
    first[number[::-1]] = np.arange(len(number))[::-1]
    return number, first
