"""Tables put in the order of their ranks, with the rank interval of each row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.comparison.joint import JointEstimates, joint_estimates, joint_estimates_apart
from survey.methods.comparison.ranking import leading, rank_items
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.remembered import digest_of
from survey.methods.tables.filtering import FILTERED, INSIDE, Filter
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Dimension, ProtectedTable, Table, TableKind
from survey.methods.tables.taken_over import Code, Ranks, TakenOver


def rank_tables(
    tables: Sequence[Table],
    planned: Sequence[PlannedTable],
    filter_: Filter,
    leave_out: Collection[tuple[str, str]],
    taken: TakenOver | None = None,
    names: Sequence[bytes] = (),
) -> list[Table]:
    """The tables in the order that their plans ask for, the ranked ones with ranks among the firms under the filter.

    `leave_out` are (table code, row code) of rows that get no rank and stand last. `names` are digests of the tables;
    ranks that are `taken` over are not made again.
    """
    taken, names = taken or TakenOver(), names or [plan.code.encode() for plan in planned]
    several = [k for k, plan in enumerate(planned) if is_ranked(plan)]
    asked = [_ranked_rows(tables[k], planned[k], leave_out) for k in several]
    rows = [digest_of(names[k], list(one)) for k, one in zip(several, asked, strict=True)]
    ranks = taken.ranks.each(rows, lambda new: _ranks([asked[place] for place in new], filter_))
    ranked = {planned[k].code: _by_rank(tables[k], found) for k, found in zip(several, ranks, strict=True)}
    return [_in_order(plan, ranked.get(plan.code, table), ranked) for plan, table in zip(planned, tables, strict=True)]


def is_ranked(plan: PlannedTable) -> bool:
    """Whether the rows get ranks: a list of comparable figures whose errors are known together."""
    comparable = all(isinstance(one, CodedStatistic) and not one.total for one in plan.asked.values())
    return plan.ordered_by == plan.code or (
        plan.spec.kind in RANKED and len(plan.spec.columns.headings) == 1 and comparable
    )


RANKED = frozenset({TableKind.HEADLINE, TableKind.RANKING, TableKind.CHOICES})


def _in_order(plan: PlannedTable, table: Table, ranked: Mapping[str, Table]) -> Table:
    """The rows as the plan orders them: by the ranks of a table, or as they stand in the plan."""
    if plan.ordered_by in ranked:
        return reordered(table, ranked[plan.ordered_by].rows.codes)
    return reordered(table, plan.spec.rows.codes)


def with_leaders(
    tables: Iterable[ProtectedTable],
    planned: Sequence[PlannedTable],
    filter_: Filter,
    taken: TakenOver | None = None,
    names: Sequence[bytes] = (),
) -> list[ProtectedTable]:
    """The tables, of those by group each with the mark on the figures that none is significantly above.

    Of figures that are shown or too unreliable for it: a withheld one takes no part, so that the mark tells nothing of
    it. `names` are digests of the planned tables; what is `taken` over is not compared again.
    """
    taken, names = taken or TakenOver(), names or [plan.code.encode() for plan in planned]
    plans = {plan.code: (plan, name) for plan, name in zip(planned, names, strict=True) if _is_by_group(plan)}
    return [
        _led(table, *plans[table.spec.code], filter_, taken) if table.spec.code in plans else table for table in tables
    ]


def _led(table: ProtectedTable, plan: PlannedTable, name: bytes, filter_: Filter, taken: TakenOver) -> ProtectedTable:
    compared = _compared(table, plan)
    if len(compared) < 2:
        return table
    codes = digest_of(name, [code for code, _asked, _domain in compared])
    [leading] = taken.leading.each([codes], lambda _new: [_leading(compared, plan, filter_)])
    return table.led_by(leading)


def _is_by_group(plan: PlannedTable) -> bool:
    return plan.spec.kind is TableKind.HEAT_MAP


Compared = Sequence[tuple[Code, CodedStatistic, tuple[str, str]]]
"""Figures by the codes of their row and column, with what is asked and of which firms."""


def _compared(table: ProtectedTable, plan: PlannedTable) -> Compared:
    return [
        ((row.code, column.code), one, column.domain[0])
        for row, column, cell in table.walk()
        if column.domain and not cell.is_withheld and cell.n
        if isinstance(one := plan.asked.get((row.code, column.code)), CodedStatistic)
    ]


def _leading(compared: Compared, plan: PlannedTable, filter_: Filter) -> list[Code]:
    codes, asked, domains = zip(*compared, strict=True)
    moments = filter_.moments(list(plan.asked.values()), plan.splits)
    joint = joint_estimates(filter_.within(plan.splits), asked, domains=domains, found=moments)
    # Figures of one table are of the same firms, so their differences need the covariances as well.
    leads = leading(joint.estimates, joint.covariance, df=joint.df if joint.df > 0 else np.inf)
    return [code for code, is_leading in zip(codes, leads.tolist(), strict=True) if is_leading]


def withheld_rows(tables: Iterable[ProtectedTable], planned: Sequence[PlannedTable]) -> set[tuple[str, str]]:
    """(table code, row code) of the withheld cells in the tables that are ranked."""
    ranked = {plan.code for plan in planned if is_ranked(plan)}
    return {
        (table.spec.code, row.code)
        for table in tables
        if table.spec.code in ranked
        for row, _, cell in table.walk()
        if cell.is_withheld
    }


def _ranked_rows(table: Table, plan: PlannedTable, leave_out: Collection[tuple[str, str]]) -> dict[str, CodedStatistic]:
    """What is asked in the rows (of one column) that get a rank, by their codes.

    Only shares and means of points have ranks, since these have joint errors. Rows without an estimate and those to
    `leave_out` (withheld ones, whose place would give them away) get none.
    """
    (column,) = table.columns.codes
    return {
        heading.code: one
        for heading, (cell,) in zip(table.rows.headings, table.cells, strict=True)
        if cell.estimate is not None and (plan.code, heading.code) not in leave_out
        if isinstance(one := plan.asked[heading.code, column], CodedStatistic)
    }


def _by_rank(table: Table, ranks: Ranks) -> Table:
    """The table by rank, largest first; rows without one stand last, in their own order."""
    # A withheld row at its true place would lie between its neighbours' figures; at the end it tells nothing.
    order = [*ranks, *(code for code in table.rows.codes if code not in ranks)]
    return reordered(_with_ranks(table, ranks), order)


def reordered(table: Table, order: Sequence[str]) -> Table:
    """The table with its rows in the order of these codes; other rows stand behind, in their own order."""
    place = {code: position for position, code in enumerate(order)}
    # Rows that the order does not name stay behind it: their places begin where its own end.
    rows = sorted(range(len(table.cells)), key=lambda k: place.get(table.rows.headings[k].code, len(place) + k))
    headings = tuple(table.rows.headings[k] for k in rows)
    dimension: Dimension = replace(table.rows, headings=headings)
    return replace(table, spec=replace(table.spec, rows=dimension), cells=tuple(table.cells[k] for k in rows))


def _ranks(asked: Sequence[Mapping[str, CodedStatistic]], filter_: Filter) -> list[Ranks]:
    """Of the rows of each table by code, in order of rank among the firms under the filter. Items of which the variance
    is unknown have none."""
    statistics = [list(rows.values()) for rows in asked]
    every = [one for few in statistics for one in few]
    if not every:
        return [{} for _rows in asked]
    joint = iter(
        joint_estimates_apart(
            filter_.within(), [few for few in statistics if few], (FILTERED, INSIDE), filter_.moments(every)
        )
    )
    return [_ranks_of(list(rows), next(joint)) if rows else {} for rows in asked]


def _ranks_of(codes: Sequence[str], joint: JointEstimates) -> Ranks:
    # An unknown variance (one firm in a stratum) would leave every comparison with it undecided.
    known = np.flatnonzero(np.isfinite(np.diag(joint.covariance)))
    found = rank_items(
        [codes[k] for k in known.tolist()],
        joint.estimates[known],
        joint.covariance[np.ix_(known, known)],
        df=joint.df if joint.df > 0 else np.inf,
    )
    return {one.code: one for one in found}


def _with_ranks(table: Table, ranks: Ranks) -> Table:
    def ranked(code: str, cell: Cell) -> Cell:
        one = ranks.get(code)
        if one is None:
            return cell
        return cell.but(
            rank=one.rank,
            rank_low=one.low,
            rank_high=one.high,
            p_next=None if np.isnan(one.p_next) else one.p_next,
            leads=one.leads,
        )

    cells = tuple(
        tuple(ranked(heading.code, cell) for cell in row)
        for heading, row in zip(table.rows.headings, table.cells, strict=True)
    )
    return replace(table, cells=cells)
