"""What was done to the numbers of a table, and what it lacks, in the words that stand beside its figures."""

from collections.abc import Iterator, Mapping

from survey.exchange.figures.shown import percentage, points
from survey.methods.estimates.statistics import NumericStatistic
from survey.methods.outliers.winsorising import Effect
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Grid
from survey.methods.tables.vocabulary import Vocabulary
from survey.selectors.said import said as _
from survey.terms import gettext_noop

FILLED = gettext_noop("“%(item)s”: %(share)s of the weighted answers were filled in; the error includes it.")
LACKING = gettext_noop(
    "“%(item)s”: firms with %(share)s of the weight have an amount and did not give it; the total leaves them out."
)
EFFECT = gettext_noop(
    "“%(item)s”: %(count)s large values count less than reported; total and mean of all firms: %(change)s%%."
)


def effect_notes(planned: PlannedTable, effects: Mapping[str, Effect], words: Vocabulary) -> tuple[str, ...]:
    """A sentence for each item of a table of means, totals or ratios that has values weighed down."""
    asked = (one for one in planned.asked.values() if isinstance(one, NumericStatistic))
    items = dict.fromkeys(item for one in asked for item in quantities_of(one) if item in effects)
    return tuple(effect_lines({item: effects[item] for item in items}, words))


def missing_notes(table: Grid) -> Iterator[str]:
    """Sentences about the values of all firms that were filled in, and about what totals leave out."""
    for row, column, cell in table.walk():
        # Told once, of all firms: the same sentence for every group would bury the table.
        if column.domain:
            continue
        if cell.filled:
            yield _(FILLED) % {"item": row.label, "share": percentage(cell.filled)}
        if cell.lacking:
            yield _(LACKING) % {"item": row.label, "share": percentage(cell.lacking)}


def effect_lines(effects: Mapping[str, Effect], words: Vocabulary) -> Iterator[str]:
    """A sentence for each item with values that were weighed down."""
    for item, effect in effects.items():
        if effect.cut:
            said = {"item": words.label(item), "count": effect.cut, "change": points(100 * effect.relative)}
            yield _(EFFECT) % said
