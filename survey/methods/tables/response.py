"""Response by stratum: how many of the sampled firms answered, by industry and size."""

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.collected import Collected
from survey.methods.errors import EmptyDomain
from survey.methods.extract import Coded
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Statistic, Table, TableKind, TableSpec
from survey.methods.tables.vocabulary import EVERYBODY, Vocabulary
from survey.methods.weights.eligibility import Eligibility
from survey.methods.weights.response_rates import ResponseRates, response_rates
from survey.terms import Disposition
from survey.terms import gettext_noop as _

ROWS, COLUMNS = "industry", "size"


def overall_response(
    collected: Collected, *, weighted: bool = False, eligibility: Eligibility | None = None
) -> ResponseRates:
    """AAPOR rates of all cases, a submitted response counting as complete; RR3 and RR4 by the e of `eligibility`, which
    the weights take too. Raises `EmptyDomain` without a case."""
    weight = collected.design_weight if weighted else None
    if eligibility is None:
        return response_rates(outcomes(collected), weight=weight)
    rule = eligibility.classes[0].rule
    return response_rates(outcomes(collected), weight=weight, eligibility=eligibility.share, rule=rule)


def response_table(collected: Collected, words: Vocabulary) -> Table:
    """RR1 by industry and size, with totals; `n` is the number of sampled firms, `weighted_count` of those answered."""
    rows, columns = (
        Dimension(code=name, axis=Axis.DOMAIN, headings=(words.everybody, *words.frame[name]))
        for name in (ROWS, COLUMNS)
    )
    spec = TableSpec(
        code="response",
        title=_("Response rate by stratum"),
        kind=TableKind.RESPONSE,
        rows=rows,
        columns=columns,
        statistic=Statistic.RATE,
    )
    found = outcomes(collected)
    inside = {name: _masks(collected.domains[name]) for name in (ROWS, COLUMNS)}
    cells = tuple(
        tuple(_cell(found, inside[ROWS][row.code] & inside[COLUMNS][column.code]) for column in columns.headings)
        for row in rows.headings
    )
    return Table(spec=spec, cells=cells, base=Base(n=collected.sampled))


def outcomes(collected: Collected) -> np.ndarray:
    """Dispositions, in which every firm that responded is complete."""
    # An answer came in, whatever was noted of the case before.
    return np.where(collected.responded, Disposition.COMPLETE.value, collected.disposition)


def _masks(column: Coded) -> dict[str, Bools]:
    everybody = {EVERYBODY.code: np.ones(len(column.codes), bool)}
    return everybody | {label: column.codes == position for position, label in enumerate(column.labels)}


def _cell(found: np.ndarray, inside: Bools) -> Cell:
    try:
        rates = response_rates(found[inside])
    except EmptyDomain:
        # A stratum from which nobody in scope was drawn has no rate, which is not a rate of 0.
        return Cell(n=0)
    answered = rates.cases[Disposition.COMPLETE]
    return Cell(n=int(inside.sum()), estimate=rates.rr1, weighted_count=answered)
