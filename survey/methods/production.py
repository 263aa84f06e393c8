"""The process, from what a wave brought in to tables that may be shown.

collected answers -> weights -> tables of estimates -> ranks -> quality -> protection
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from survey.instrument.plan.plan import Threshold
from survey.methods.arrays import Bools
from survey.methods.collected import Collected, Weighted, weigh
from survey.methods.extract import Extract
from survey.methods.moments.finest import Finest
from survey.methods.outliers.decisions import with_decisions
from survey.methods.outliers.winsorising import Effect
from survey.methods.protection.company import company_of, counted_tables, is_counted
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection, protect
from survey.methods.protection.of_all import without_telling_filters
from survey.methods.protection.wave import ALL_ITEMS, protect_items
from survey.methods.remembered import know_digests, known_digests
from survey.methods.replication.replicates import ReplicateDesign
from survey.methods.tables.absent_firms import with_absent_firms
from survey.methods.tables.derived import with_derived
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.filtering import Filter, finest_for, firms_within
from survey.methods.tables.making import make_tables
from survey.methods.tables.missing_values import with_missing_values
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.quality import grade_table
from survey.methods.tables.ranked import rank_tables, with_leaders, withheld_rows
from survey.methods.tables.response import response_table
from survey.methods.tables.second_interval import Limits, with_second_intervals
from survey.methods.tables.skipped import with_skips
from survey.methods.tables.table import ProtectedTable, Table
from survey.methods.tables.taken_over import Origin, TakenOver, made_by
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a production depends on besides the data; a release stores it."""

    # Working pages show in grey what is too unreliable to publish, since whoever edits the data has to see it.
    protection: DisclosureRule = field(default_factory=lambda: DisclosureRule(show_unreliable=True))

    @classmethod
    def of_plan(cls, threshold: Threshold) -> "Parameters":
        """Those of the rule of protection that a plan sets."""
        return cls(
            DisclosureRule(
                threshold=threshold.firms,
                dominant=threshold.dominant,
                dominance=threshold.dominance,
                p=threshold.p,
                show_unreliable=True,
            )
        )

    def for_publication(self) -> "Parameters":
        """The same, but figures that are too unreliable to publish are left blank."""
        return replace(self, protection=replace(self.protection, show_unreliable=False))

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        rule = asdict(self.protection)
        return {"protection": {**rule, "exempt": sorted(kind.value for kind in self.protection.exempt)}}


@dataclass(frozen=True, eq=False, kw_only=True)
class Prepared:
    """A wave ready for any table: weighted respondents, and what may be shown of each item under which filter.

    `finest` is the wave in its finest cells, where it has many firms. `effects` are, by item, what analysts' decisions
    about influential values did to its figures; `second` are bootstrap intervals, where they are wanted. `digests` are
    those of this extract, as far as they were made with it.
    """

    collected: Collected
    weighted: Weighted
    extract: Extract
    known: Mapping[str, DomainProtection]
    parameters: Parameters
    finest: Finest | None = None
    effects: Mapping[str, Effect] = field(default_factory=dict)
    second: Limits = field(default_factory=dict)
    digests: Mapping[str, bytes] = field(default_factory=dict)
    filters: dict[Domain, Filter] = field(default_factory=dict, repr=False)

    def under(self, domain: Domain) -> Filter:
        """The wave under a filter. The last one is kept: what its tables were made from serves its changes too."""
        found = self.filters.get(domain)
        if found is None:
            found = Filter(extract=self.extract, domain=domain, finest=self.finest)
            self.filters.clear()
            self.filters[domain] = found
        return found

    def __getstate__(self) -> dict[str, Any]:
        # What was made of it under a filter is not packed with it.
        return {**self.__dict__, "filters": {}}

    @property
    def filled(self) -> Mapping[str, Bools]:
        """By item the rows of respondents whose value was filled in."""
        return {item: one.filled for item, one in self.weighted.filled.items()}

    @property
    def replicate_design(self) -> ReplicateDesign:
        """What replicate weights are drawn from."""
        return self.weighted.weights.replicate_design

    def hides(self, domain: Domain) -> bool:
        """Whether nothing at all may be shown of a domain: too few firms, or they follow from others that are shown."""
        return domain in self.known[ALL_ITEMS] or not firms_within(self.extract, domain).any()


def prepare(
    collected: Collected, words: Vocabulary, parameters: Parameters | None = None, before: Finest | None = None
) -> Prepared:
    """Weigh the respondents and decide what may be shown of what they said, by the plan's rule where no other is given.
    Sums of items that are the same as `before` are not made again.

    Raises `EmptyDomain` below two respondents.
    """
    chosen = parameters or Parameters.of_plan(words.plan.threshold)
    weighted = weigh(collected, words.plan.weighting)
    planned = planned_tables(words)
    # Decisions on influential values come first: shares, ratios and indices are made of what they leave.
    decided, effects = with_decisions(weighted.extract)
    extract = with_skips(with_shares_of_all(with_derived(decided, words), planned, words), words)
    # Protection counts what firms reported: a filled-in value is nobody's secret, and would thicken a cell that is
    # thin.
    reported = extract.but(values={**extract.values, **weighted.reported}).responding
    finest = finest_for(extract, planned, words, before)
    known = protect_items(reported, planned, chosen.protection, words, finest)
    return Prepared(
        collected=collected,
        weighted=weighted,
        extract=extract,
        known=known,
        parameters=chosen,
        finest=finest,
        effects=effects,
        digests=known_digests(extract),
    )


def produce(
    prepared: Prepared,
    words: Vocabulary,
    planned: Sequence[PlannedTable],
    domain: Domain = ALL_FIRMS,
    taken: TakenOver | None = None,
    page: Sequence[PlannedTable] = (),
) -> dict[str, ProtectedTable]:
    """The planned tables of the firms in `domain` by their codes, protected together, and the table of response.

    A withheld row is left out of the ranking, since its place between the others would give it away. What follows from
    the same answers as in an earlier making is `taken` over from there; what may be told is decided anew each time.
    Where these are some of the tables of a `page`, they are protected as together with all of them.
    """
    rule, filter_ = prepared.parameters.protection, prepared.under(domain)
    asked_for, company = {plan.code for plan in planned}, company_of(page, planned)
    counted = counted_tables(filter_, filter(is_counted, company), planned, words.is_quantity)
    planned = [*planned, *(plan for plan in company if not is_counted(plan))]
    # What follows from what is asked about only where there may be something to take over.
    names = [plan.code.encode() for plan in planned]
    if taken is not None:
        names = _origin(prepared, words, domain).digests(planned)
    taken = taken or TakenOver()

    def made(new: list[PlannedTable]) -> list[Table]:
        return [grade_table(table) for table in measured_tables(prepared, words, new, domain)]

    graded = made_by(taken.graded, names, planned, made)
    graded = without_telling_filters(graded, planned, words, prepared.extract, prepared.known, rule, domain)
    response = response_table(prepared.collected, words)
    leave_out: set[tuple[str, str]] = set()
    # A row that is withheld leaves the ranking, which may uncover another one by its place. It ends: rows are only
    # added.
    while True:
        ranked = rank_tables(graded, planned, filter_, leave_out, taken, names)
        protected = protect([*ranked, *counted, response], rule, known=prepared.known, nesting=words.nesting)
        withheld = withheld_rows(protected, planned)
        if withheld <= leave_out:
            led = with_leaders(protected, planned, filter_, taken, names)
            return {table.spec.code: table for table in led if table.spec.code in {*asked_for, response.spec.code}}
        leave_out |= withheld


def estimated_tables(
    prepared: Prepared,
    words: Vocabulary,
    planned: Sequence[PlannedTable],
    domain: Domain = ALL_FIRMS,
    without_errors: Collection[str] = (),
) -> list[Table]:
    """The planned tables of the firms in `domain` with all that their figures say, before they are graded, ranked and
    protected; of those with codes in `without_errors` only what protection asks for."""
    made = measured_tables(prepared, words, planned, domain, without_errors)
    shown = [plan for plan in planned if plan.code not in without_errors]
    told = [table for table in made if table.spec.code not in without_errors]
    rule = prepared.parameters.protection
    told = without_telling_filters(told, shown, words, prepared.extract, prepared.known, rule, domain)
    by_code = {table.spec.code: table for table in (*made, *told)}
    return [by_code[plan.code] for plan in planned]


def measured_tables(
    prepared: Prepared,
    words: Vocabulary,
    planned: Sequence[PlannedTable],
    domain: Domain = ALL_FIRMS,
    without_errors: Collection[str] = (),
) -> list[Table]:
    """The same with shares of all firms that may tell too much of a filter question."""
    made = make_tables(
        prepared.under(domain),
        planned,
        is_quantity=words.is_quantity,
        filled=prepared.weighted.filled,
        without_errors=without_errors,
    )
    shown = [plan for plan in planned if plan.code not in without_errors]
    told = [table for table in made if table.spec.code not in without_errors]
    told = with_missing_values(told, shown, prepared.extract, prepared.filled)
    told = with_absent_firms(told, shown, prepared.collected, prepared.weighted)
    if domain == ALL_FIRMS:
        told = with_second_intervals(told, shown, prepared.second)
    by_code = {table.spec.code: table for table in (*made, *told)}
    return [by_code[plan.code] for plan in planned]


def _origin(prepared: Prepared, words: Vocabulary, domain: Domain) -> Origin:
    know_digests(prepared.extract, prepared.digests)
    return Origin(
        extract=prepared.extract,
        collected=prepared.collected,
        weighted=prepared.weighted,
        second=prepared.second,
        words=words,
        domain=domain,
    )
