"""Which firms carry a figure: weighted contributions against the rest of the domain, and firms whose size jumped."""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import OutOfRange, WrongShape
from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import answered, numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """One influential value: its row, value and weight; `share` of the domain's weighted absolute total, `against_rest`
    its weighted value over that of all others (infinite without others), and how far the domain's mean would move
    without it."""

    row: int
    value: float
    weight: float
    share: float
    against_rest: float
    moves_mean: float


def influential(
    design: Design, y: Floats, domain: Bools | None = None, *, share: float = 0.10, most: int = 20
) -> tuple[Influence, ...]:
    """The values that make up more than `share` of the weighted absolute total of a domain, the largest first.

    Raises `OutOfRange` for a share outside (0, 1).
    """
    if not 0 < share < 1:
        raise OutOfRange(share, f"The share {share} from which a value is listed is not between 0 and 1.")
    values = numbers(design, y)
    rows = np.flatnonzero(answered(values, domain))
    # Absolute, so that a large loss is found as well as a large gain.
    amount = design.weight[rows] * np.abs(values[rows])
    whole = float(amount.sum())
    if not whole > 0:
        return ()
    order = np.argsort(-amount, kind="stable")
    listed = order[amount[order] > share * whole][:most]
    return tuple(_influence(design.weight, values, rows, int(rows[k]), float(amount[k]), whole) for k in listed)


def _influence(weight: Floats, values: Floats, rows: Ints, row: int, amount: float, whole: float) -> Influence:
    size, total = float(weight[rows].sum()), float(weight[rows] @ values[rows])
    rest = size - float(weight[row])
    # The only firm of a domain leaves nothing behind that a mean could be of.
    without = (total - float(weight[row] * values[row])) / rest if rest > 0 else np.nan
    against = amount / (whole - amount) if whole > amount else np.inf
    return Influence(
        row=row,
        value=float(values[row]),
        weight=float(weight[row]),
        share=amount / whole,
        against_rest=against,
        moves_mean=without - total / size,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A firm that reports a size class `steps` away from that of its stratum, with the weight it stands with."""

    row: int
    sampled_as: int
    reported: int
    steps: int
    weight: float


def jumped(sampled_as: Ints, reported: Ints, weight: Floats, *, least_steps: int = 1) -> tuple[Jump, ...]:
    """Firms whose reported size class (place in the order of sizes, -1 = not known) differs from that of their stratum
    by `least_steps` or more; the furthest first, then the heaviest. One that grew stands for firms it is not like:
    correct the report, or weigh it down (`winsorise`), but leave the stratum, by which it was drawn."""
    if not sampled_as.shape == reported.shape == weight.shape:
        raise WrongShape(reported.shape, f"{len(sampled_as)} strata, {len(reported)} sizes, {len(weight)} weights.")
    steps = np.where((reported >= 0) & (sampled_as >= 0), reported - sampled_as, 0)
    rows = np.flatnonzero(np.abs(steps) >= least_steps)
    order = rows[np.lexsort((rows, -weight[rows], -np.abs(steps[rows])))]
    return tuple(
        Jump(
            row=r,
            sampled_as=int(sampled_as[r]),
            reported=int(reported[r]),
            steps=int(steps[r]),
            weight=float(weight[r]),
        )
        for r in order.tolist()
    )
