"""What strata with one unit add to a variance: the rules fail, adjust, average, certainty and remove.

`inside` counts, per stratum, the units with a row in the domain; its last axis is the stratum, so one call serves many
domains. A take-all stratum adds nothing and is never lonely.
"""

from collections.abc import Sequence

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import LonelyStratum

# The options of R's survey package (`survey.lonely.psu`, Lumley 2010), so that results can be held against it.
RULES = ("fail", "adjust", "average", "certainty", "remove")
TAKE_ALL = 1e-7
"""A stratum of which less than this fraction is left out has no sampling variance."""


def lonely_strata(units: Ints, left_out: Floats) -> Bools:
    """(H,) strata with one unit that are not take-all."""
    return np.asarray((units == 1) & (left_out >= TAKE_ALL), bool)


def refuse_lonely(rule: str, lonely: Bools, strata: Sequence[str]) -> None:
    """Under the rule `fail`, raise `LonelyStratum` naming the strata with one unit."""
    if rule == "fail" and lonely.any():
        names = [strata[h] for h in np.flatnonzero(lonely).tolist()]
        raise LonelyStratum(names, f"One unit only in the strata {', '.join(names)}.")


def overall_centred(units: Ints, lonely: Bools, inside: Ints | Floats, domain_lonely: bool) -> Bools:
    """Strata whose units are measured from the mean over the whole design instead of their own."""
    if not domain_lonely:
        return lonely
    # As `survey.adjust.domain.lonely`: the rule for strata with one unit, where a domain has but one in them.
    return np.asarray(lonely | ((inside == 1) & (units > 1)), bool)


def variance_factors(rule: str, units: Ints, left_out: Floats, lonely: Bools, inside: Ints | Floats) -> Floats:
    """f_h n_h/(n_h-1); for a lonely stratum f_h under `adjust` if its unit is inside, else 0."""
    several = (units > 1) & (left_out >= TAKE_ALL)
    factor = np.where(several, left_out * units / np.maximum(units - 1, 1), 0.0)
    if rule != "adjust" or not lonely.any():
        return factor
    # One unit has no n/(n-1); its squared distance from the overall mean counts as it is.
    return np.where(lonely & (inside == 1), left_out, factor)


def average_factor(rule: str, lonely: Bools, inside: Ints | Floats) -> Floats:
    """Under `average` H/(H-L), the strata with units inside over those not lonely (nan if all are); else 1."""
    if rule != "average":
        return np.asarray(1.0)
    present = (inside > 0).sum(axis=-1)
    others = present - (lonely & (inside > 0)).sum(axis=-1)
    out = np.full(np.shape(present), np.nan)
    return np.asarray(np.divide(present, others, out=out, where=np.asarray(others) > 0))
