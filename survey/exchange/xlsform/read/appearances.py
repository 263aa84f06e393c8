"""The words of the column ``appearance``: those with a counterpart, those that only change the look, and the rest."""

import re

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import APPEARANCE, XlsformRow

DRAWN_SO = ("minimal", "dropdown", "autocomplete")
"""Words that our own pages draw."""
MEANT = frozenset(
    {*DRAWN_SO, "multiline", "month-year", "year", "field-list", "pages", "list-nolabel", "label", "hidden"}
)
"""Words with a counterpart, here or in the item type."""
HIDDEN = "hidden"
"""A question that nobody sees: a value that a tool fills in, or a rule."""
HEADING = "label"
"""A select that only shows its choices, as the heading of the rows below it."""
# Calls may have blanks between their arguments, at which the cell must not be cut.
_WORDS = re.compile(r"(?:search|ex:|intent:|printer:)[^\s(]*\(.*\)|\S+", re.DOTALL)
_FROM_FILE = re.compile(r"search\(")
_BY_DEVICE = re.compile(r"(?:ex|intent|printer):|(?:bearing|url)$")


def appearance_words(row: XlsformRow) -> list[str]:
    """The words of the cell; a call with its arguments is one."""
    return _WORDS.findall(row.get(*APPEARANCE))


def note_unread_appearances(row: XlsformRow, findings: Findings) -> None:
    """Each word without a counterpart, by what is lost with it."""
    for word in appearance_words(row):
        if word not in MEANT:
            code = "data_search" if _FROM_FILE.match(word) else "device" if _BY_DEVICE.match(word) else "appearance"
            findings.add(code, row.place(*APPEARANCE), word)


def appearance_of(row: XlsformRow, findings: Findings) -> str:
    """The appearance as our pages draw it; each word without a counterpart is named."""
    note_unread_appearances(row, findings)
    # The first: our pages have one way of drawing a question.
    return next((word for word in appearance_words(row) if word in DRAWN_SO), "")
