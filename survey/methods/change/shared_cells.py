"""Firms of two waves added up once into cells, from which changes under any filter follow without reading the firms.

A cell is what firms in common share in stratum, calibration pattern and every group that a filter may choose, in both
waves. A score is linear in the basis of what it is of: the codes of an item, or (a - centre, b, 1) of a pair of
numbers. So sums of products of both bases serve every figure of an item under every filter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from survey.methods.arrays import ROWS_AT_ONCE, ColumnsSummed, Floats, Ints
from survey.methods.change.in_common import Common, Explained, Respondents
from survey.methods.change.wave import Overlap
from survey.methods.extract import Extract
from survey.methods.moments.by_cell import PairRows, pair_rows
from survey.methods.moments.cells import observed
from survey.methods.moments.finest import FEWEST_FIRMS, finest_cells
from survey.methods.moments.sums import Source
from survey.methods.remembered import column_digest, digest_of, survey_digest
from survey.threads import of_each

FIRMS_IN_A_CELL = 200
"""Firms in common in a cell, on average, from which on its sums, a hundred of them for an item, are worth keeping."""
Both = tuple[Source, Source]
"""What a change is of in the later wave and in the earlier one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SharedSums:
    """By cell (M,) the sums over firms in common of a basis (K) of the later and one (K') of the earlier wave; u and u'
    are the weights of scores in both.

    products  (M, K, K') u u' times both
    gave      (M, A, A') firms that gave both: of items by their codes, of pairs in one column
    later     (M, K, 2 + J') u u', u, and u u' times each numeric auxiliary of the earlier wave, times the later basis
    earlier   (M, K', 2 + J) the same the other way round
    """

    products: Floats
    gave: Floats
    later: Floats
    earlier: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class SharedCells:
    """The firms in common by cell.

    groups          by wave, the later first, the groups in which the firms of a cell are alike
    later, earlier  (M,) a row of each cell in both waves
    part            (M,) what a firm of the cell adds of a product of deviations to a covariance
    products        (C + J + H, C' + J' + H') sums of part times all that is taken off in both waves
    explained       what means by stratum of both waves are taken from
    sums            those of what changes are of
    survey          digest of both surveys and their firms in common; `sources` those of the columns
    """

    groups: tuple[frozenset[str], frozenset[str]]
    later: Ints
    earlier: Ints
    part: Floats
    products: sparse.csr_array
    explained: tuple[Explained, Explained]
    sums: Mapping[Both, SharedSums]
    survey: bytes = b""
    sources: Mapping[Both, bytes] = field(default_factory=dict)

    def serve(self, later: Collection[str], earlier: Collection[str]) -> bool:
        """Whether firms of a cell are alike under a filter by these groups of both waves."""
        return self.groups[0] >= set(later) and self.groups[1] >= set(earlier)


def shared_cells(
    later: Extract,
    earlier: Extract,
    overlap: Overlap,
    asked: Sequence[Both],
    groups: tuple[Collection[str], Collection[str]],
    before: SharedCells | None = None,
) -> SharedCells | None:
    """The firms in common by cell, with sums of all that is asked; None where they are few, or few in a cell. Sums of
    columns that were the same `before` are taken from there."""
    if len(overlap) < FEWEST_FIRMS:
        return None
    cell, first = _cells(later, earlier, overlap, groups)
    if len(first) * FIRMS_IN_A_CELL > len(overlap):
        return None
    survey = digest_of(
        *map(survey_digest, (later, earlier)), *map(sorted, groups), overlap.later, overlap.earlier
    )  # fmt: skip
    sources = {pair: digest_of(*_columns(later, pair[0]), *_columns(earlier, pair[1])) for pair in asked}
    is_same = before is not None and before.survey == survey
    known = before.sums if before is not None and is_same else {}
    same = {pair: known[pair] for pair in asked if before and pair in known and before.sources[pair] == sources[pair]}
    new = [pair for pair in dict.fromkeys(asked) if pair not in same]
    one, two = (Respondents(design=wave.design, inside=wave.in_scope) for wave in (later, earlier))
    if before is not None and is_same:
        shared = before.part, before.products, before.explained
    else:
        pairs = overlap.pairs(one, two)
        shared = pairs.part[first], pairs.products, (one.explained, two.explained)
    made: list[SharedSums] = []
    if new:
        firms = _Firms.of((one, two), overlap, cell, len(first))
        made = of_each(lambda pair: _added(later, earlier, firms, pair), new, len(overlap))
    part, products, explained = shared
    return SharedCells(
        groups=(frozenset(groups[0]), frozenset(groups[1])),
        later=overlap.later[first],
        earlier=overlap.earlier[first],
        part=part,
        products=products,
        explained=explained,
        sums={**same, **dict(zip(new, made, strict=True))},
        survey=survey,
        sources=sources,
    )


def _cells(
    later: Extract, earlier: Extract, overlap: Overlap, groups: tuple[Collection[str], Collection[str]]
) -> tuple[Ints, Ints]:
    """The cell of each firm in common, and a place of every cell among them."""
    numbers: Ints = np.zeros(len(overlap), np.int64)
    possible = 1
    for extract, rows, names in ((later, overlap.later, groups[0]), (earlier, overlap.earlier, groups[1])):
        finest, first = finest_cells(extract, sorted(names))
        # Firms out of scope stand under no filter, whatever groups they are of.
        number = 2 * finest[rows] + extract.in_scope[rows]
        keys, numbers = observed(numbers * (2 * len(first)) + number, possible * 2 * len(first))
        possible = len(keys)
    places = np.zeros(possible, np.intp)
    places[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return numbers.astype(np.int32), places


def _columns(extract: Extract, source: Source) -> list[bytes]:
    return [column_digest(extract, name) for name in ((source,) if isinstance(source, str) else source)]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Firms:
    """The firms in common: their rows in both waves, their cell, and what sums of all figures are weighted with: u u',
    1, u, u u' times the auxiliaries of the earlier wave (J'), u', and u u' times those of the later one (J)."""

    later: Ints
    earlier: Ints
    cell: Ints
    cells: int
    weights: ColumnsSummed
    auxiliaries: tuple[int, int]

    @classmethod
    def of(cls, waves: tuple[Respondents, Respondents], overlap: Overlap, cell: Ints, cells: int) -> "_Firms":
        one, two = Common.of(waves[0], overlap.later), Common.of(waves[1], overlap.earlier)
        both = one.spread * two.spread
        columns = [
            both, np.ones(len(cell)), one.spread, *(both * each for each in two.numeric.T),
            two.spread, *(both * each for each in one.numeric.T),
        ]  # fmt: skip
        return cls(
            later=overlap.later,
            earlier=overlap.earlier,
            cell=cell,
            cells=cells,
            weights=ColumnsSummed.of(columns, len(cell)),
            auxiliaries=(one.numeric.shape[1], two.numeric.shape[1]),
        )

    @property
    def against(self) -> tuple[list[int], list[int]]:
        """The columns of weights that the basis of the later wave is added up with, and those of the earlier one."""
        one, two = self.auxiliaries
        return [0, 2, *range(3, 3 + two)], [0, 3 + two, *range(4 + two, 4 + two + one)]


def _added(later: Extract, earlier: Extract, firms: _Firms, pair: Both) -> SharedSums:
    one, two = pair
    if isinstance(one, str) and isinstance(two, str):
        return _of_items(later, earlier, firms, one, two)
    assert not isinstance(one, str)
    assert not isinstance(two, str)
    return _of_pairs(pair_rows(later, one), pair_rows(earlier, two), firms)


def _of_items(later: Extract, earlier: Extract, firms: _Firms, item: str, other: str) -> SharedSums:
    codes, others = later.items[item].codes[firms.later], earlier.items[other].codes[firms.earlier]
    rows, columns = len(later.items[item].labels) + 1, len(earlier.items[other].labels) + 1
    # Code -1, no answer, stands in row and column 0.
    crossing = [(firms.cell, rows * columns), (codes, columns), (others, 1)]
    shape = firms.cells, rows, columns, -1
    sums = firms.weights.crossed(crossing, columns + 1, firms.cells * rows * columns).reshape(shape)
    first, second = firms.against
    return SharedSums(
        products=np.ascontiguousarray(sums[:, 1:, 1:, 0]),
        gave=np.ascontiguousarray(sums[:, 1:, 1:, 1]),
        later=sums[:, 1:].sum(axis=2)[..., first],
        earlier=sums[:, :, 1:].sum(axis=1)[..., second],
    )


def _of_pairs(later: PairRows, earlier: PairRows, firms: _Firms) -> SharedSums:
    first, second = firms.against
    found: list[Floats] = []
    # A few rows at a time: products of two bases are two dozen columns.
    for start in range(0, len(firms.cell), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        one, two = later.basis(firms.later[part]), earlier.basis(firms.earlier[part])
        table = firms.weights.table[part]
        products = [table[:, 0] * a * b for a in one for b in two]
        against = [[each * table[:, k] for each in basis for k in ks] for basis, ks in ((one, first), (two, second))]
        columns = [*products, one[-1] * two[-1], *against[0], *against[1]]
        found.append(ColumnsSummed.of(columns, len(table)).by(firms.cell[part], firms.cells))
    sums, ends = np.sum(found, axis=0), np.cumsum([len(products), 1, len(against[0])]).tolist()
    both, gave, later_sums, earlier_sums = np.split(sums, ends, axis=1)
    rows, columns_ = later.places, earlier.places
    return SharedSums(
        products=both.reshape(-1, len(one), len(two))[:, rows][:, :, columns_],
        gave=gave[:, :, None],
        later=later_sums.reshape(-1, len(one), len(first))[:, rows],
        earlier=earlier_sums.reshape(-1, len(two), len(second))[:, columns_],
    )
