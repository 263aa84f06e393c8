"""The column ``parameters``: what each family reads of it, and what is named instead."""

import re

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import XlsformRow

READ: dict[str, frozenset[str]] = {
    "range": frozenset({"start", "end", "step"}),
    "input:string": frozenset({"rows"}),
    **dict.fromkeys(
        ("select:select one", "select:select all that apply", "select:rank"),
        frozenset({"randomize", "value", "label"}),
    ),
}
"""Family -> the parameters with a counterpart."""
TICK_LABELS = "tick_labelset"
_PARAMETER = re.compile(r"([^\s=,;]+)\s*=\s*([^\s=,;]+)")


def parameters_of(row: XlsformRow) -> dict[str, str]:
    """The parameters of a row by name."""
    # Blanks, commas and semicolons part them, in any letters: tools agree on no more.
    return {name.lower(): value for name, value in _PARAMETER.findall(row.get("parameters"))}


def is_randomized(row: XlsformRow) -> bool:
    """Whether the choices are to stand in an order drawn for each response."""
    return parameters_of(row).get("randomize") == "true"


def note_unread_parameters(family: str, row: XlsformRow, findings: Findings) -> None:
    """Each parameter that the family does not read."""
    for name, value in parameters_of(row).items():
        if name not in READ.get(family, ()):
            code = "tick_labels" if name == TICK_LABELS else "parameter"
            findings.add(code, row.place("parameters"), f"{name}={value}")
