"""Response by stratum: how many of the sampled firms answered, by industry and size."""

from collections.abc import Sequence
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.collected import Collected
from survey.methods.errors import EmptyDomain
from survey.methods.extract import Coded
from survey.methods.tables.table import Axis, Base, Cell, Dimension, Statistic, Table, TableKind, TableSpec
from survey.methods.tables.vocabulary import EVERYBODY, Vocabulary
from survey.methods.weights.dispositions import PLACE, Outcomes
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
    spec = response_spec(words)
    kinds, counts = _counted(collected)
    place = {name: _places(collected.domains[name]) for name in (ROWS, COLUMNS)}
    cells = tuple(
        tuple(
            _cell(kinds, counts[place[ROWS][row.code], place[COLUMNS][column.code]]) for column in spec.columns.headings
        )
        for row in spec.rows.headings
    )
    return Table(spec=spec, cells=cells, base=Base(n=collected.sampled))


def response_spec(words: Vocabulary) -> TableSpec:
    """What the table of response shows."""
    rows, columns = (
        Dimension(code=name, axis=Axis.DOMAIN, headings=(words.everybody, *words.frame[name]))
        for name in (ROWS, COLUMNS)
    )
    return TableSpec(
        code="response",
        title=_("Response rate by stratum"),
        kind=TableKind.RESPONSE,
        rows=rows,
        columns=columns,
        statistic=Statistic.RATE,
    )


def outcomes(collected: Collected) -> Outcomes:
    """(m,) places of the dispositions among all (`outcome_numbers`), in which every firm that responded is complete."""
    # An answer came in, whatever was noted of the case before.
    return np.where(collected.responded, PLACE[Disposition.COMPLETE], collected.fieldwork.outcome)


def _counted(collected: Collected) -> tuple[list[str], Floats]:
    """The dispositions that occur, and the firms by row, column and disposition (r + 1, c + 1, d), everybody first; the
    firms are read once for all cells, and for all filters, which the response does not depend on."""
    known = _known.get(collected)
    return known if known is not None else _known.setdefault(collected, _read(collected))


_known: WeakKeyDictionary[Collected, tuple[list[str], Floats]] = WeakKeyDictionary()


def _read(collected: Collected) -> tuple[list[str], Floats]:
    found = outcomes(collected)
    occurs = np.bincount(found, minlength=len(PLACE))
    kinds = sorted(kind.value for kind, place in PLACE.items() if occurs[place])
    kind = np.array([kinds.index(one.value) if occurs[place] else -1 for one, place in PLACE.items()])[found]
    rows, columns = (collected.domains[name] for name in (ROWS, COLUMNS))
    # The first place is that of firms without a value; the totals over all places take it afterwards.
    shape = len(rows.labels) + 1, len(columns.labels) + 1, len(kinds)
    number = ((rows.codes.astype(np.intp) + 1) * shape[1] + columns.codes + 1) * shape[2] + kind
    counts = np.bincount(number, minlength=int(np.prod(shape))).reshape(shape).astype(float)
    counts[0] = counts.sum(axis=0)
    counts[:, 0] = counts.sum(axis=1)
    return kinds, counts


def _places(column: Coded) -> dict[str, int]:
    return {EVERYBODY.code: 0} | {label: place for place, label in enumerate(column.labels, 1)}


def _cell(kinds: Sequence[str], counts: Floats) -> Cell:
    return _counted_cell(tuple(kinds), tuple(counts.tolist()))


# A changed answer leaves the outcomes as they are, and each stratum would be checked and divided again.
@lru_cache(maxsize=4096)
def _counted_cell(kinds: tuple[str, ...], counts: tuple[float, ...]) -> Cell:
    if not any(counts):
        return Cell(n=0)
    try:
        rates = response_rates(kinds, weight=counts)
    except EmptyDomain:
        # A stratum from which nobody in scope was drawn has no rate, which is not a rate of 0.
        return Cell(n=0)
    answered = rates.cases[Disposition.COMPLETE]
    return Cell(n=int(sum(counts)), estimate=rates.rr1, weighted_count=answered)
