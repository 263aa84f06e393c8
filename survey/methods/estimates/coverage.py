"""How much of a domain an item's answers cover, and totals that refuse to leave firms out in silence."""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import MissingValue
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, total
from survey.methods.estimates.linearisation import answered, numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCoverage:
    """Firms that should have a value and gave one, those that did not, and the weighted share that gave one (nan where
    no firm should have a value)."""

    answered: int
    missing: int
    share: float


def item_coverage(
    design: Design, y: Floats, domain: Bools | None = None, expected: Bools | None = None
) -> ItemCoverage:
    """Coverage of an item in a domain; `expected` (n,) are the firms that were asked, None = all."""
    given = answered(numbers(design, y), domain)
    # Firms that were not asked have no value to lack: they would make every narrow item look half missing.
    asked = np.ones(design.rows, bool) if expected is None else expected
    wanted = asked if domain is None else asked & domain
    size = float(design.weight[wanted].sum())
    share = float(design.weight[given & wanted].sum()) / size if size > 0 else np.nan
    return ItemCoverage(answered=int((given & wanted).sum()), missing=int((wanted & ~given).sum()), share=share)


def complete_total(
    design: Design, y: Floats, domain: Bools | None = None, *, expected: Bools | None = None, item: str = ""
) -> Estimate:
    """The total of an item that every firm gave which should have. Raises `MissingValue` where one did not: such a
    total would be too low by what nobody knows."""
    found = item_coverage(design, y, domain, expected)
    if found.missing:
        problem = f"'{item}' is missing from {found.missing} firms, {1 - found.share:.1%} of the weight."
        raise MissingValue(item, problem, "Fill the values first, or give the mean of those that answered.")
    return total(design, y, domain, item=item)
