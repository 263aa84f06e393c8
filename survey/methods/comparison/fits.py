"""What calibration explains of scores that are a number for each code, from sums by cell alone.

The fit of score i is level_i + x'slope_i, one level for each pattern of categories (`Projection`). Products of fits,
and of fits with scores, are sums over the cells of each domain: no pass over the firms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.moments.cells import DomainCells
from survey.methods.moments.projection import Projection
from survey.methods.moments.sums import Moments, MomentTables, Source


class Scored(Protocol):
    """A score by code of an item, or by the basis of a pair (the last entry for no answer), in a row of the domain
    axis."""

    @property
    def item(self) -> Source: ...

    @property
    def table(self) -> Floats: ...

    @property
    def row(self) -> int: ...


class CodedScored(Scored, Protocol):
    """A score by code of an item."""

    @property
    def item(self) -> str: ...


@dataclass(frozen=True, eq=False, kw_only=True)
class Fits:
    """Of k scores with their fits: `sums` (H, k) of w fit by stratum, `crossed` (k, k) of a w^2 z_i fit_j, `squared`
    (k, k) of a w^2 fit_i fit_j, a the factor of the stratum."""

    sums: Floats
    crossed: Floats
    squared: Floats


def fits_of(found: Moments, scores: Sequence[Scored], factor: Floats) -> Fits | None:
    """None where the weights are not calibrated."""
    projection = found.projection
    if projection is None:
        return None
    domains = _domains(found, scores)
    level, slope = _explained(projection, domains, len(scores))
    spread, numeric = np.zeros((len(level), len(scores))), np.zeros((len(slope), len(scores)))
    for domain in domains:
        a = factor[domain.stratum]
        spread[:, domain.order] = domain.by_pattern(domain.of("w2") * a[:, None], len(spread))
        for j in range(len(numeric)):
            numeric[j, domain.order] = a @ domain.of(f"w2x{j}")
    return Fits(
        # A fit is linear in x, so that its sums follow from those of x: no pass over the firms.
        sums=projection.w @ level + projection.wx.sum(axis=1) @ slope,
        # z_i fit_j, the fit written out as level + x'slope.
        crossed=spread.T @ level + numeric.T @ slope,
        squared=_squared(projection, factor, level, slope),
    )


def explained_of(found: Moments, scores: Sequence[Scored]) -> tuple[Floats, Floats] | None:
    """The level of each of k scores by pattern of categories (C, k), and its slope in each numeric auxiliary (J, k);
    None where the weights are not calibrated."""
    if found.projection is None:
        return None
    return _explained(found.projection, _domains(found, scores), len(scores))


def _explained(projection: Projection, domains: Sequence["_Domain"], scores: int) -> tuple[Floats, Floats]:
    patterns, numeric = projection.patterns, projection.wx.shape[2]
    split = patterns.shape[1]
    # X'W0 z (p, k).
    products = np.zeros((split + numeric, scores))
    for domain in domains:
        products[:split, domain.order] = patterns.T @ domain.by_pattern(domain.of("b"), len(patterns))
        for j in range(numeric):
            products[split + j, domain.order] = domain.of(f"bx{j}").sum(axis=0)
    beta = np.asarray(projection.inverse @ products, float)
    return np.asarray(patterns @ beta[:split], float), beta[split:]


def _squared(projection: Projection, factor: Floats, level: Floats, slope: Floats) -> Floats:
    by_pattern = factor @ projection.w2
    found = np.asarray(level.T @ (by_pattern[:, None] * level), float)
    if not len(slope):
        return found
    mixed = level.T @ (np.tensordot(factor, projection.w2x, 1) @ slope)
    inner = np.tensordot(factor, projection.w2xx.sum(axis=1), 1)
    # The square of level + x'slope, term by term.
    return np.asarray(found + mixed + mixed.T + slope.T @ (inner @ slope), float)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Domain:
    """The scores of one domain row, at the places `order` among all, as columns of coefficients on the codes of their
    items; the pattern and the stratum of its cells, and of each item the sums by all cells."""

    order: Sequence[int]
    coefficient: Floats
    tables: Sequence[MomentTables]
    cells: Ints
    pattern: Ints
    stratum: Ints

    def of(self, column: str) -> Floats:
        """(cells, k) sums of a weight column times each score."""
        return np.asarray(_table(self.tables, column)[self.cells] @ self.coefficient, float)

    def by_pattern(self, values: Floats, patterns: int) -> Floats:
        """(C, k) of those sums by cell."""
        return np.stack([np.bincount(self.pattern, one, patterns) for one in values.T], -1)


def _domains(found: Moments, scores: Sequence[Scored]) -> list[_Domain]:
    """By domain, since a score is 0 outside its own and reads no other cells."""
    rows: dict[int, list[int]] = {}
    for k, one in enumerate(scores):
        rows.setdefault(one.row, []).append(k)
    return [_domain(found, row, [scores[k] for k in places], places) for row, places in rows.items()]


def _domain(found: Moments, row: int, scores: Sequence[Scored], places: Sequence[int]) -> _Domain:
    position, block = _block_of(found, row)
    span = block.spans[row - block.rows.start]
    items = list(dict.fromkeys(one.item for one in scores))
    coefficient, order = _coefficients(items, scores, places)
    return _Domain(
        order=order,
        coefficient=coefficient,
        tables=[found.of(item).cells[position] for item in items],
        cells=block.cells[span],
        pattern=block.pattern[span],
        stratum=block.stratum[span],
    )


def _coefficients(items: Sequence[Source], scores: Sequence[Scored], places: Sequence[int]) -> tuple[Floats, list[int]]:
    """The scores item by item, as columns of coefficients on the codes of all items, and the place of each. A score
    reads its own item alone, so that one product serves all scores of a domain."""
    by_item: dict[Source, list[tuple[int, Floats]]] = {item: [] for item in items}
    for k, one in zip(places, scores, strict=True):
        by_item[one.item].append((k, one.table[:-1]))
    found = np.zeros((sum(len(few[0][1]) for few in by_item.values()), len(scores)))
    start, column = 0, 0
    for few in by_item.values():
        for _k, table in few:
            found[start : start + len(table), column] = table
            column += 1
        start += len(few[0][1])
    return found, [k for few in by_item.values() for k, _table in few]


def _table(tables: Sequence[MomentTables], column: str) -> Floats:
    return np.concatenate([one[column] for one in tables], axis=1)


def _block_of(found: Moments, row: int) -> tuple[int, DomainCells]:
    """The crossing that carries a row of the domain axis, by its number, and the block of it."""
    for position, crossing in enumerate(found.crossings):
        for block in crossing.blocks:
            if block.rows.start <= row < block.rows.stop:
                return position, block
    raise IndexError(row)
