"""What stands in a cell of a workbook in place of a number, as the statisticians of the United Kingdom write it.

Government Analysis Function, "Releasing statistics in spreadsheets", and its list of symbols in tables.
"""

from collections.abc import Mapping

from survey.exchange.figures.shown import REASONS
from survey.methods.tables.table import Cell
from survey.terms import CellStatus
from survey.terms import gettext_noop as _

CONFIDENTIAL, UNRELIABLE, NOT_APPLICABLE, NOT_GIVEN = "[c]", "[u]", "[z]", "[x]"
SHORTHAND: Mapping[str, str] = {
    CONFIDENTIAL: _("Confidential: the figure is withheld, so that nothing follows from it about single firms."),
    UNRELIABLE: _("Unreliable: the figure rests on few firms or has a wide interval, and is not published."),
    NOT_APPLICABLE: _("Not applicable: nobody was asked, or the question does not apply."),
    NOT_GIVEN: _("Not given: an error, an interval or a rank that so few answers do not bear."),
}
"""By sign what it means, in the order of the sheet of notes."""
SIGN_OF: Mapping[CellStatus, str] = {
    CellStatus.UNRELIABLE: UNRELIABLE,
    CellStatus.EMPTY: NOT_APPLICABLE,
    CellStatus.SHOWN: NOT_GIVEN,
    CellStatus.CAUTION: NOT_GIVEN,
}
"""The sign of a number that is not there; of every other status the number is withheld."""
QUALITY: Mapping[CellStatus, str] = {
    CellStatus.SHOWN: _("usable"),
    CellStatus.CAUTION: REASONS[CellStatus.CAUTION],
}


def shorthand_of(cell: Cell) -> str:
    """What stands in place of a number of this cell that is not there."""
    # Whatever status may be added later: a number that is not there for an unknown reason is taken for withheld.
    return SIGN_OF.get(cell.status, CONFIDENTIAL)


def or_sign(value: float | int | str | None, cell: Cell) -> float | int | str:
    """The value, or the sign that stands for it: no cell of a table is empty."""
    return shorthand_of(cell) if value is None else value
