"""Firms of two waves added up once into cells, from which changes under any filter follow without reading the firms.

A cell is what firms in common share in stratum, calibration pattern and every group that a filter may choose, in both
waves. A score is linear in the basis of what it is of: the codes of an item, or (a - centre, b, 1) of a pair of
numbers. So sums of products of both bases serve every figure of an item under every filter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from survey.methods.arrays import ColumnsSummed, Floats, Ints, sums_by, taken_together
from survey.methods.change.in_common import Common, Explained, Respondents
from survey.methods.change.wave import Overlap
from survey.methods.extract import Coded, Extract
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
    one, two = (Respondents(design=wave.design, inside=wave.in_scope) for wave in (later, earlier))
    if before is not None and before.survey == survey:
        part, products, explained = before.part, before.products, before.explained
    else:
        before, pairs = None, overlap.pairs(one, two)
        part, products, explained = pairs.part[first], pairs.products, (one.explained, two.explained)
    firms = _Firms(later=overlap.later, earlier=overlap.earlier, cell=cell, cells=len(first), waves=(one, two))
    passes = _together(later, earlier, firms, asked)
    # What is added up in one pass is added up again together.
    sources = {pair: _source(later, earlier, group) for group in passes for pair in group}
    known = {} if before is None else _unchanged(before, sources)
    new = [group for group in passes if not known.keys() >= set(group)]
    if new:
        # Made here: each thread would make it for itself.
        assert len(firms.sides) == len(firms.waves)
    made = of_each(lambda group: _added(later, earlier, firms, group), new, len(overlap))
    return SharedCells(
        groups=(frozenset(groups[0]), frozenset(groups[1])),
        later=overlap.later[first],
        earlier=overlap.earlier[first],
        part=part,
        products=products,
        explained=explained,
        sums={**known, **{pair: one for sums in made for pair, one in sums.items()}},
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


def _unchanged(before: SharedCells, sources: Mapping[Both, bytes]) -> dict[Both, SharedSums]:
    return {pair: before.sums[pair] for pair, source in before.sources.items() if sources.get(pair) == source}


def _source(later: Extract, earlier: Extract, group: Sequence[Both]) -> bytes:
    """Of all columns that are crossed in one pass."""
    return digest_of(*(each for one, two in group for each in (*_columns(later, one), *_columns(earlier, two))))


def _columns(extract: Extract, source: Source) -> list[bytes]:
    return [column_digest(extract, name) for name in ((source,) if isinstance(source, str) else source)]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Firms:
    """The firms in common: their rows in both waves, and their cell."""

    later: Ints
    earlier: Ints
    cell: Ints
    cells: int
    waves: tuple[Respondents, Respondents]

    @cached_property
    def weights(self) -> ColumnsSummed:
        """What sums of all figures are weighted with: u u', 1, u, u u' times the auxiliaries of the earlier wave (J'),
        u', and u u' times those of the later one (J)."""
        one, two = (
            Common.of(wave, rows) for wave, rows in zip(self.waves, (self.later, self.earlier), strict=True)
        )  # fmt: skip
        both = one.spread * two.spread
        columns = [
            both, np.ones(len(both)), one.spread, *(both * each for each in two.numeric.T),
            two.spread, *(both * each for each in one.numeric.T),
        ]  # fmt: skip
        return ColumnsSummed.of(columns, len(both))

    @cached_property
    def sides(self) -> tuple[ColumnsSummed, ColumnsSummed]:
        """Those that the basis of the later wave alone is added up with, and the basis of the earlier one."""
        table = self.weights.table
        first, second = (ColumnsSummed(np.ascontiguousarray(table[:, columns])) for columns in self.against)
        return first, second

    @property
    def numbers(self) -> int:
        """How many columns of weights there are."""
        return 4 + sum(int(wave.numeric.shape[1]) for wave in self.waves)

    @property
    def against(self) -> tuple[list[int], list[int]]:
        """The columns of weights that the basis of the later wave is added up with, and those of the earlier one."""
        one, two = (wave.numeric.shape[1] for wave in self.waves)
        return [0, 2, *range(3, 3 + two)], [0, 3 + two, *range(4 + two, 4 + two + one)]


def _together(later: Extract, earlier: Extract, firms: _Firms, asked: Sequence[Both]) -> list[list[Both]]:
    """What is asked in groups of items that are crossed in one pass, and each pair of numbers by itself."""
    items = {pair: _width(later, earlier, pair) for pair in asked if isinstance(pair[0], str)}
    others = [[pair] for pair in dict.fromkeys(asked) if pair not in items]
    return [*taken_together(items, firms.cells, len(firms.cell), firms.numbers), *others]


def _added(later: Extract, earlier: Extract, firms: _Firms, group: Sequence[Both]) -> dict[Both, SharedSums]:
    one, two = group[0]
    if isinstance(one, str) or isinstance(two, str):
        return dict(zip(group, _of_items(later, earlier, firms, group), strict=True))
    return {group[0]: _of_pairs(pair_rows(later, one), pair_rows(earlier, two), firms)}


def _of_items(later: Extract, earlier: Extract, firms: _Firms, pairs: Sequence[Both]) -> list[SharedSums]:
    """Of items that are crossed in one pass."""
    first, second = firms.against
    columns = [_crossed(later.items[str(one)], earlier.items[str(two)], firms) for one, two in pairs]
    found = []
    for (one, two), table in zip(pairs, firms.weights.by_codes(columns, firms.cell, firms.cells), strict=True):
        shape = firms.cells, len(later.items[str(one)].labels) + 1, len(earlier.items[str(two)].labels) + 1, -1
        sums = table.reshape(shape)
        # Row and column 0 are of no answer.
        found.append(
            SharedSums(
                products=np.ascontiguousarray(sums[:, 1:, 1:, 0]),
                gave=np.ascontiguousarray(sums[:, 1:, 1:, 1]),
                later=sums[:, 1:].sum(axis=2)[..., first],
                earlier=sums[:, :, 1:].sum(axis=1)[..., second],
            )
        )
    return found


def _width(later: Extract, earlier: Extract, pair: Both) -> int:
    """Codes of an item of each wave, no answer among them, crossed."""
    first, second = later.items[str(pair[0])].labels, earlier.items[str(pair[1])].labels
    return (len(first) + 1) * (len(second) + 1)


def _crossed(later: Coded, earlier: Coded, firms: _Firms) -> tuple[Ints, int]:
    """The codes of two items crossed as one column of codes, with its width; the first is -1."""
    width = len(earlier.labels) + 1
    codes = later.codes[firms.later].astype(np.int32)
    codes *= width
    codes += earlier.codes[firms.earlier]
    # Code -1 of both is -1 - width.
    codes += width
    return codes, (len(later.labels) + 1) * width


def _of_pairs(later: PairRows, earlier: PairRows, firms: _Firms) -> SharedSums:
    one, two = later.basis(firms.later), earlier.basis(firms.earlier)
    both = firms.weights.table[:, 0]

    def added(times: Floats) -> Floats:
        return sums_by(firms.cell, times, firms.cells)

    products = np.stack([np.stack([added(both * a * b) for b in two], -1) for a in one], 1)
    weighted = [
        np.stack([side.by(firms.cell, firms.cells, a) for a in basis], 1)
        for side, basis in zip(firms.sides, (one, two), strict=True)
    ]
    rows, columns = later.places, earlier.places
    return SharedSums(
        products=products[:, rows][:, :, columns],
        gave=added(one[-1] * two[-1])[:, None, None],
        later=weighted[0][:, rows],
        earlier=weighted[1][:, columns],
    )
