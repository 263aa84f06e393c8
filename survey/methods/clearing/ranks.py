"""Ranks as far as rounded figures bear them: whoever has the page could work them out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.comparison.ranking import leading, rank_items
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.ranked import is_ranked
from survey.methods.tables.table import Cell, TableKind, TableSpec

Cells = tuple[tuple[Cell, ...], ...]
Rounded = tuple[TableSpec, Cells]
"""A table that is rounded and not sealed yet."""
# The normal quantile, by which a reader would take the error back out of a shown interval.
Z = 1.96


def with_ranks(plans: Sequence[PlannedTable], tables: Sequence[Rounded]) -> list[Rounded]:
    """The tables with ranks and leaders, in the order that their plans ask for; what is withheld stands last."""
    ranked = {
        plan.code: _ranked(spec, cells) for plan, (spec, cells) in zip(plans, tables, strict=True) if is_ranked(plan)
    }
    orders = {code: spec.rows.codes for code, (spec, _cells) in ranked.items()}
    return [_finished(plan, ranked.get(plan.code, table), orders) for plan, table in zip(plans, tables, strict=True)]


def _finished(plan: PlannedTable, table: Rounded, orders: Mapping[str, Sequence[str]]) -> Rounded:
    spec, cells = _in_order(*table, orders[plan.ordered_by]) if plan.ordered_by in orders else table
    if plan.ordered_by not in orders:
        spec, cells = _in_order(spec, cells, plan.spec.rows.codes)
    return spec, _led(spec, cells) if spec.kind is TableKind.HEAT_MAP else cells


def _in_order(spec: TableSpec, cells: Cells, order: Sequence[str]) -> Rounded:
    place = {code: position for position, code in enumerate(order)}
    codes = spec.rows.codes
    # Rows that the ordering table lacks, as what is withheld there, stay behind the others in their own order.
    rows = sorted(range(len(codes)), key=lambda k: place.get(codes[k], len(place) + k))
    headings = tuple(spec.rows.headings[k] for k in rows)
    return replace(spec, rows=replace(spec.rows, headings=headings)), tuple(cells[k] for k in rows)


def _ranked(spec: TableSpec, cells: Cells) -> Rounded:
    """By the rounded figures; what is withheld, or has no error, gets no rank and stands last in its own order."""
    known = {code: cell for code, (cell, *_more) in zip(spec.rows.codes, cells, strict=True) if _is_known(cell)}
    found = rank_items(
        list(known), [cell.estimate or 0.0 for cell in known.values()], _covariance(list(known.values()))
    )
    ranks = {one.code: one for one in found}

    def ranked(code: str, cell: Cell) -> Cell:
        one = ranks.get(code)
        if one is None:
            return cell
        p = None if np.isnan(one.p_next) else one.p_next
        return cell.but(rank=one.rank, rank_low=one.low, rank_high=one.high, p_next=p, leads=one.leads)

    lines = tuple(tuple(ranked(code, cell) for cell in line) for code, line in zip(spec.rows.codes, cells, strict=True))
    return _in_order(spec, lines, list(ranks))


def _led(spec: TableSpec, cells: Cells) -> Cells:
    """Of tables by group the figures that none is significantly above; all firms are compared with nothing."""
    compared = [
        (r, c)
        for r, line in enumerate(cells)
        for c, cell in enumerate(line)
        if spec.columns.headings[c].domain and _is_known(cell)
    ]
    # A figure that is compared with nothing leads nothing.
    if len(compared) < 2:
        return cells
    taken = [cells[r][c] for r, c in compared]
    leads = leading([cell.estimate or 0.0 for cell in taken], _covariance(taken))
    marked = {place for place, is_leading in zip(compared, leads.tolist(), strict=True) if is_leading}
    return tuple(tuple(cell.but(leads=(r, c) in marked) for c, cell in enumerate(line)) for r, line in enumerate(cells))


def _is_known(cell: Cell) -> bool:
    return cell.estimate is not None and _error(cell) is not None


def _error(cell: Cell) -> float | None:
    """The error that is shown, or what the shown interval or band says of it."""
    if cell.se is not None:
        return cell.se
    ends = (cell.ci_low, cell.ci_high) if cell.ci_low is not None and cell.ci_high is not None else cell.band
    return None if ends is None else ((ends[1] or 0.0) - (ends[0] or 0.0)) / (2 * Z)


def _covariance(cells: Sequence[Cell]) -> np.ndarray:
    """The worst that it can be: what two figures share is not published, and the error of a difference is at most the
    sum of both errors (Cauchy and Schwarz)."""
    errors = np.array([_error(cell) or 0.0 for cell in cells])
    return np.where(np.eye(len(errors), dtype=bool), np.outer(errors, errors), -np.outer(errors, errors))
