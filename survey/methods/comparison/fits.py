"""What calibration explains of scores that are a number for each code, from sums by cell alone.

The fit of score i is level_i + x'slope_i, one level for each pattern of categories (`Projection`). Products of fits,
and of fits with scores, are sums over the cells of each domain: no pass over the firms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.moments.cells import DomainCells
from survey.methods.moments.projection import Projection
from survey.methods.moments.sums import Moments, Tables


class Scored(Protocol):
    """A score by code of an item (the last entry for no answer) in a row of the domain axis."""

    @property
    def item(self) -> str: ...

    @property
    def table(self) -> Floats: ...

    @property
    def row(self) -> int: ...


@dataclass(frozen=True, eq=False, kw_only=True)
class Fits:
    """Of k scores with their fits: `sums` (H, k) of w fit by stratum, `crossed` (k, k) of a w^2 z_i fit_j, `squared`
    (k, k) of a w^2 fit_i fit_j, a the factor of the stratum."""

    sums: Floats
    crossed: Floats
    squared: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class _Sums:
    """Of k scores: X'W0 z (p, k); a w^2 z by pattern (C, k) and with each numeric auxiliary (J, k)."""

    fitted: Floats
    spread: Floats
    numeric: Floats


def fits_of(found: Moments, scores: Sequence[Scored], factor: Floats) -> Fits | None:
    """None where the weights are not calibrated."""
    projection = found.projection
    if projection is None:
        return None
    patterns, numeric = projection.patterns, projection.wx.shape[2]
    sums = _Sums(
        fitted=np.zeros((patterns.shape[1] + numeric, len(scores))),
        spread=np.zeros((len(patterns), len(scores))),
        numeric=np.zeros((numeric, len(scores))),
    )
    # By domain, since a score is 0 outside its own and reads no other cells.
    for row in dict.fromkeys(one.row for one in scores):
        places = [k for k, one in enumerate(scores) if one.row == row]
        _add(sums, found, [scores[k] for k in places], places, factor)
    beta = np.asarray(projection.inverse @ sums.fitted, float)
    level, slope = patterns @ beta[: patterns.shape[1]], beta[patterns.shape[1] :]
    return Fits(
        # A fit is linear in x, so that its sums follow from those of x: no pass over the firms.
        sums=projection.w @ level + projection.wx.sum(axis=1) @ slope,
        # z_i fit_j, the fit written out as level + x'slope.
        crossed=sums.spread.T @ level + sums.numeric.T @ slope,
        squared=_squared(projection, factor, level, slope),
    )


def _squared(projection: Projection, factor: Floats, level: Floats, slope: Floats) -> Floats:
    by_pattern = factor @ projection.w2
    found = np.asarray(level.T @ (by_pattern[:, None] * level), float)
    if not len(slope):
        return found
    mixed = level.T @ (np.tensordot(factor, projection.w2x, 1) @ slope)
    inner = np.tensordot(factor, projection.w2xx.sum(axis=1), 1)
    # The square of level + x'slope, term by term.
    return np.asarray(found + mixed + mixed.T + slope.T @ (inner @ slope), float)


def _add(sums: _Sums, found: Moments, scores: Sequence[Scored], places: Sequence[int], factor: Floats) -> None:
    """The sums of scores of one domain row, from its cells."""
    position, block = _block_of(found, scores[0].row)
    span = block.spans[scores[0].row - block.rows.start]
    cells, pattern, a = block.cells[span], block.pattern[span], factor[block.stratum[span]]
    items = list(dict.fromkeys(one.item for one in scores))
    coefficient, order = _coefficients(items, scores, places)
    tables = [found.items[item].cells[position] for item in items]

    assert found.projection is not None
    patterns = found.projection.patterns
    split = patterns.shape[1]

    def of(column: str) -> Floats:
        return np.asarray(_table(tables, column)[cells] @ coefficient, float)

    def by_pattern(values: Floats) -> Floats:
        return np.stack([np.bincount(pattern, one, len(patterns)) for one in values.T], -1)

    sums.fitted[:split, order] = patterns.T @ by_pattern(of("b"))
    sums.spread[:, order] = by_pattern(of("w2") * a[:, None])
    for j in range(len(sums.numeric)):
        sums.fitted[split + j, order] = of(f"bx{j}").sum(axis=0)
        sums.numeric[j, order] = a @ of(f"w2x{j}")


def _coefficients(items: Sequence[str], scores: Sequence[Scored], places: Sequence[int]) -> tuple[Floats, list[int]]:
    """The scores item by item, as columns of coefficients on the codes of all items, and the place of each. A score
    reads its own item alone, so that one product serves all scores of a domain."""
    by_item: dict[str, list[tuple[int, Floats]]] = {item: [] for item in items}
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


def _table(tables: Sequence[Tables], column: str) -> Floats:
    return np.concatenate([one[column] for one in tables], axis=1)


def _block_of(found: Moments, row: int) -> tuple[int, DomainCells]:
    """The crossing that carries a row of the domain axis, by its number, and the block of it."""
    for position, crossing in enumerate(found.crossings):
        for block in crossing.blocks:
            if block.rows.start <= row < block.rows.stop:
                return position, block
    raise IndexError(row)
