"""The unit of a figure in files for machines."""

from collections.abc import Mapping

from survey.methods.tables.table import Heading, Statistic, TableSpec
from survey.terms import AskedUnit

UNITS: Mapping[Statistic, str] = {
    Statistic.COUNT: "firms",
    Statistic.SHARE_CHANGE: "percentage points",
    **dict.fromkeys((Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX, Statistic.POINT_CHANGE), "points"),
}
"""Units of figures that do not have that of their row."""


def unit_of(spec: TableSpec, row: Heading, asks: AskedUnit = AskedUnit.FIRM) -> str:
    """That of a figure of this row; shares are fractions. ``asks``: what a number counts."""
    if spec.statistic.is_fraction:
        return "fraction"
    counts_units = spec.statistic is Statistic.COUNT and asks is AskedUnit.LOCAL_UNIT
    unit = "local units" if counts_units else UNITS.get(spec.statistic, row.unit)
    # A mean in per cent that rises from 10 to 12 rises by 2 points; "2 %" would be read as 2 per cent of 10.
    return "percentage points" if spec.measured and unit == "%" else unit
