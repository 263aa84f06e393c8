"""From a prepared wave to everything that may leave the office: decided once, rounded at the source, sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.clearing.behind import units_of
from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.cube import Cube, cube_of, domains_with_firms, frame_groups
from survey.methods.clearing.decisions import Decision, decide
from survey.methods.clearing.differences import EarlierCut, staying
from survey.methods.clearing.estimates import CUBE, CubeEstimates, cube_estimates
from survey.methods.clearing.ranks import with_ranks
from survey.methods.clearing.response import RATES, cleared_response, rate_domain, staying_rates
from survey.methods.clearing.rounding import Rounder
from survey.methods.clearing.spread import RoundedShares, spread_of_answers
from survey.methods.clearing.states import FirmStates, firm_states
from survey.methods.clearing.steps import band_edge, decimals_of, firms_to_base
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, subject_of, subjects_of
from survey.methods.estimates.statistics import CodedStatistic, Key
from survey.methods.extract import Extract
from survey.methods.production import Prepared
from survey.methods.tables.domain import ALL_FIRMS, Domain, within
from survey.methods.tables.making import reach_of
from survey.methods.tables.narrowed import items_in, narrowed_by
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.response import response_table
from survey.methods.tables.table import Base, Cell, Heading, Table
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus, GroupSource

NOBODY = Cell(n=0, status=CellStatus.EMPTY)
"""A figure that cannot be: an answer that is not offered, a group without a firm."""


def clear(prepared: Prepared, words: Vocabulary, *, before: Sequence[EarlierCut] = ()) -> ClearedCube:
    """Everything that a wave may show, for every group of the cube; ``before`` are all its earlier cuts, the oldest
    first."""
    return cleared_cube(clearing_of(prepared, words, before))


def cleared_cube(clearing: "Clearing") -> ClearedCube:
    """The figures of a wave by decisions that were taken."""
    # The rest of a group is decided on with the others, since it follows by subtraction, but has no table.
    tables = {domain: clearing.tables(domain) for domain in clearing.cube.shown}
    kept = {code: frozenset(clearing.cube.domains[one] for one in kept) for code, kept in clearing.kept.items()}
    return ClearedCube(
        tables=tables,
        n={domain: clearing.firms(domain) for domain in tables},
        kept={**kept, RATES: clearing.rates_kept} if clearing.rates_kept else kept,
    )


def states_of(prepared: Prepared, words: Vocabulary) -> FirmStates:
    """What a cut has to keep of its firms, for the cuts after it."""
    reported = as_reported(prepared)
    subjects = subjects_of(reported, clearable_tables(words), words.is_quantity)
    collected = prepared.collected
    # By credit code a firm is known again in the next cut; rows serve where there are none.
    key = tuple(collected.firms or map(str, collected.respondents.tolist()))
    found = firm_states(reported, subjects, frame_groups(reported, words), key[: collected.answered])
    known = collected.enterprise
    return found if known is None else replace(found, enterprise=known[collected.respondents])


def as_reported(prepared: Prepared) -> Extract:
    """The extract with numbers as the firms gave them: a filled value is nobody's answer."""
    return replace(prepared.extract, values={**prepared.extract.values, **prepared.weighted.reported})


def clearing_of(prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut] = ()) -> "Clearing":
    """The decisions and the exact estimates of a wave."""
    planned = clearable_tables(words)
    cube = cube_of(prepared.extract, words)
    reported = as_reported(prepared)
    subjects = subjects_of(reported, planned, words.is_quantity)
    units, rule = units_of(prepared.collected, reported.rows), prepared.parameters.protection
    return Clearing(
        words=words,
        planned=planned,
        cube=cube,
        decisions=decide(reported, subjects, cube, units, rule),
        # Without an earlier cut there is nothing that a new figure could be subtracted from.
        kept=staying(cube, states_of(prepared, words), before, subjects, rule) if before else {},
        rates_kept=staying_rates(prepared.collected, before, rule),
        latest=before[-1].cube if before else None,
        estimates=cube_estimates(prepared, cube, planned),
        peopled=domains_with_firms(prepared.collected, cube, words),
    )


def clearable_tables(words: Vocabulary) -> list[PlannedTable]:
    """The planned tables that may be cleared: those by an answer are working figures."""
    frame = {group.code for group in words.plan.groups if group.source is GroupSource.FRAME}
    return [plan for plan in planned_tables(words) if frame.issuperset(plan.splits)]


@dataclass(frozen=True, eq=False, kw_only=True)
class Clearing:
    """A wave on its way to its cleared figures.

    ``peopled`` are the domains that have a firm in the sample; ``kept`` by subject the numbers of those that show what
    they showed in the ``latest`` cut, ``rates_kept`` the same of response rates, which have groups of their own.
    """

    words: Vocabulary
    planned: Sequence[PlannedTable]
    cube: Cube
    decisions: dict[str, Decision]
    estimates: CubeEstimates
    peopled: frozenset[Domain]
    kept: Mapping[str, frozenset[int]] = field(default_factory=dict)
    rates_kept: frozenset[Domain] = frozenset()
    latest: ClearedCube | None = None

    @property
    def _threshold(self) -> int:
        return self.estimates.prepared.parameters.protection.threshold

    def firms(self, domain: Domain) -> int | None:
        """The respondents of a domain to base 5; None where they may not be told."""
        if self._hides(FIRMS_THEMSELVES, domain):
            return None
        latest = self._latest(FIRMS_THEMSELVES, domain)
        # The old number, not the new one to its base: both together would narrow down who came in between.
        return latest.n.get(domain) if latest else firms_to_base(self.estimates.firms(domain))

    def _latest(self, subject: str, domain: Domain) -> ClearedCube | None:
        """The cut before, where its figure stays."""
        return self.latest if self.cube.number[domain] in self.kept.get(subject, ()) else None

    def tables(self, domain: Domain) -> dict[str, ClearedTable]:
        """The cleared tables of one domain by their codes; those of all firms with the table of response."""
        made = self.estimates.tables(domain, self.planned)
        plans = [plan for plan, _table in made]
        rounded = [(table.spec, self._cells(plan, table)) for plan, table in made]
        base = Base(domain=domain, n=self.firms(domain))
        # Ranked after rounding: a rank by exact figures would tell which of two equal ones is larger.
        found = {spec.code: ClearedTable._of(spec, cells, base) for spec, cells in with_ranks(plans, rounded)}
        if domain == ALL_FIRMS:
            response = response_table(self.estimates.prepared.collected, self.words)
            found[response.spec.code] = cleared_response(response, self._threshold, self._old_rate)
        return found

    def _old_rate(self, row: Heading, column: Heading) -> Cell | None:
        """The response rate that the cut before showed, where it stays."""
        table = self.latest.tables[ALL_FIRMS].get("response") if self.latest else None
        if table is None or rate_domain(row, column) not in self.rates_kept:
            return None
        # A row that the list of industries or sizes has only since then has no firm of the sample.
        if row.code not in table.rows.codes or column.code not in table.columns.codes:
            return None
        return table.cell(row.code, column.code)

    def _hides(self, subject: str, domain: Domain) -> bool:
        return self.cube.number[domain] in self.decisions[subject].withheld

    def _cells(self, plan: PlannedTable, table: Table) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(
                self._cell(plan, row, column, table.base.domain, cell)
                for column, cell in zip(table.columns.headings, line, strict=True)
            )
            for row, line in zip(table.rows.headings, table.cells, strict=True)
        )

    def _cell(self, plan: PlannedTable, row: Heading, column: Heading, page: Domain, cell: Cell) -> Cell:
        domain = within(page, column.domain)
        asked = plan.asked.get((row.code, column.code))
        if asked is None or domain not in self.peopled:
            return NOBODY
        subject = subject_of(plan.spec, row, asked)
        # Nobody answered: shown as such it would say that a filter question led nobody here.
        if self._hides(subject, domain) or not cell.n:
            return withheld_cell(self._coarser(subject, domain))
        latest = self._latest(subject, domain)
        if latest is not None:
            # Where the cut before had no such place, a new figure beside those that stayed could be subtracted from
            # them.
            return _old_cell(latest, page, plan, row, column) or withheld_cell(self._coarser(subject, domain))
        rounder = self.rounder_of(subject, domain)
        reach = (0.0, 1.0) if plan.spec.statistic.is_fraction else reach_of(asked)
        is_share = isinstance(asked, CodedStatistic) and asked.proportion
        # From shares as they are shown: with exact ones the balance would tell more than they do.
        spread = None if reach is None or is_share else spread_of_answers(asked, self._shares(rounder, domain))
        told = rounder.round(self._without_filters(plan, row, domain, cell), plan.spec.statistic, reach, spread)
        if reach is None:
            return told
        # Written with as many digits as a step has: a zero behind the point would claim a tenth.
        unit = 100 if plan.spec.statistic.is_fraction else reach[1] - reach[0]
        return told.but(decimals=decimals_of(unit * rounder.step))

    def _shares(self, rounder: Rounder, domain: Domain) -> RoundedShares:
        """The shares that a domain shows, rounded as those of an item are."""
        place = str(self.cube.number[domain])

        def shown(key: Key) -> float | None:
            row = self.estimates.found.get((key, CUBE, place))
            return None if row is None or np.isnan(row.estimate) else rounder.part(row.estimate)[0]

        return shown

    def rounder_of(self, subject: str, domain: Domain) -> Rounder:
        """How the figures of a subject in a domain are rounded."""
        decision, number = self.decisions[subject], self.cube.number[domain]
        step = float(decision.steps[number])
        return Rounder(
            step=step,
            edge=band_edge(step, float(decision.heaviest[number])),
            worth=float(decision.worth.answers[number]),
            df=float(decision.worth.df[number]),
            coarser=decision.coarser,
        )

    def _coarser(self, subject: str, domain: Domain) -> Domain | None:
        """The nearest coarser group of which the subject is shown."""
        decision = self.decisions[subject]
        shown = (one for one in self.cube.coarser(domain) if decision.firms[self.cube.number[one]])
        return next((one for one in shown if not self._hides(subject, one)), None)

    def _without_filters(self, plan: PlannedTable, row: Heading, domain: Domain, cell: Cell) -> Cell:
        """The cell without the share of all firms where this would tell of few firms beside a filter question."""
        if cell.of_all is None:
            return cell
        names = [name for name in items_in(narrowed_by(self.words, plan, row)) if name in self.decisions]
        # The share of all firms less that of those asked gives the firms that a filter question led past.
        past = cell.of_all.n - (cell.n or 0)
        hidden = past < self._threshold or any(self._hides(name, domain) for name in names)
        return cell.but(of_all=None) if hidden else cell


def _old_cell(cut: ClearedCube, page: Domain, plan: PlannedTable, row: Heading, column: Heading) -> Cell | None:
    """What a cut showed in this place, without its rank, which is given anew; None where it had no such place."""
    table = cut.tables.get(page, {}).get(plan.code)
    if table is None or row.code not in table.rows.codes or column.code not in table.columns.codes:
        return None
    # A rank is among the rows of now, of which others may be new.
    return table.cell(row.code, column.code).but(rank=None, rank_low=None, rank_high=None, p_next=None, leads=False)
