"""Calibrating weights to what the frame holds, by the choice of a survey; firms that stand for themselves stay at 1.

Rows that are held (take-all strata in which nobody is missing) keep g = 1: they have no auxiliaries, and what they
bring is taken off the totals. Categories with too few rows to carry a total are joined with their neighbour, which is
reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.calibrated.auxiliaries import Auxiliaries, CodedMargin, auxiliaries
from survey.methods.calibrated.calibration import Bounds, Calibration, calibrate
from survey.methods.errors import MarginMismatch, MethodsError, MissingValue, NotConverged, OutOfRange, UnknownColumn

WIDER = (0.1, 10.0)
"""Bounds of g that are tried where those of a plan have no solution and the plan does not insist."""
CROSSED = " x "
"""Between the names and the categories of variables that are crossed in one margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPlan:
    """What a survey calibrates to, and how.

    margins   each a variable, or several that are crossed; None = every categorical variable of the frame by itself
    numeric   numeric variables whose totals are met; None = all that the frame has
    method    poststratify (one margin), raking, linear (GREG) or logit; `bounds` [L, U] of the factors g
    least_units  categories with fewer rows are joined with the next one
    required  whether a calibration that cannot be made is an error, or leaves the weights as they were and says why
    """

    method: str = "linear"
    margins: tuple[tuple[str, ...], ...] | None = None
    numeric: tuple[str, ...] | None = None
    bounds: Bounds | None = (0.3, 3.0)
    least_units: int = 5
    required: bool = False

    def __post_init__(self) -> None:
        if self.method == "poststratify" and len(self.margins or ()) != 1:
            raise OutOfRange(self.margins, "Post-stratification takes one margin of cells.", "Cross the variables.")
        if self.bounds and not 0 <= self.bounds[0] < 1 < self.bounds[1]:
            raise OutOfRange(self.bounds, f"The bounds {self.bounds} must lie on either side of 1, and not below 0.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Category:
    """A categorical frame variable of r rows: `codes` into `labels`, with the frame's `counts` by label."""

    codes: Ints
    labels: tuple[str, ...]
    counts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Joined:
    """Categories `members` of a margin that were calibrated as one."""

    margin: str
    members: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class ToFrame:
    """A calibration (None = not made: `problem` says why), and the categories that were joined for it."""

    calibration: Calibration | None
    joined: tuple[Joined, ...] = ()
    problem: MethodsError | None = None


def calibrate_to_frame(
    plan: CalibrationPlan,
    weight: Floats,
    categories: Mapping[str, Category],
    numeric: Mapping[str, tuple[Floats, float]],
    held: Bools | None = None,
    least: Floats | None = None,
    most: Floats | None = None,
) -> ToFrame:
    """Weights of r rows that meet the frame's counts and totals (values with their total in `numeric`), none below its
    `least` (r,) nor above its `most` (r,) where bounds allow.

    Raises `UnknownColumn` for a variable that the frame has not, and where the plan requires a calibration
    `NotConverged`, `MarginMismatch`, `MissingValue` or `OutOfRange`.
    """
    free = np.ones(len(weight), bool) if held is None else ~held
    joined: list[Joined] = []
    try:
        margins = [
            _margin(one, plan, weight, free, joined) for one in _crossings(plan, categories) if len(one[1].labels) > 1
        ]
        if not margins:
            # Variables with one category say no more than the number of firms.
            margins = [_everybody(categories, weight, free)]
        chosen = _chosen(plan.numeric, numeric)
        totals = {
            name: (values[free], total - float(weight[~free] @ values[~free]))
            for name, (values, total) in chosen.items()
        }
        # Of any margin: `auxiliaries` refuses margins that differ in their totals.
        size = sum(margins[0].targets.values())
        within = auxiliaries(margins, totals, size if totals else None)
        floor, ceiling = (None if one is None else one[free] for one in (least, most))
        made = _within_bounds(within, weight[free], plan, floor, ceiling)
    # A name that the frame lacks is a mistake in the plan, which no answers can mend: it is never passed over.
    except UnknownColumn:
        raise
    except MethodsError as problem:
        if plan.required:
            raise
        return ToFrame(calibration=None, joined=tuple(joined), problem=problem)
    return ToFrame(calibration=_with_held(made, weight, free), joined=tuple(joined))


def _within_bounds(
    within: Auxiliaries, weight: Floats, plan: CalibrationPlan, least: Floats | None, most: Floats | None
) -> Calibration:
    """Within the plan's bounds and with no weight below its least; where that has no solution without the least, then
    within wider bounds: a few weights that move further distort less than a frame that is not met at all. At last a
    weight may be above its most. The calibration says which bounds held."""
    tries: list[tuple[Bounds | None, Floats | None]] = [(plan.bounds, least), (plan.bounds, None)]
    if plan.bounds is None:
        tries = [(None, None)]
    elif not plan.required:
        tries += [(WIDER, least), (WIDER, None)]
    # A limit of weights needs bounds, of which it is one.
    limited = [] if most is None or plan.bounds is None else [(*one, most) for one in tries]
    every = [*limited, *((*one, None) for one in tries)]
    # The last try stands outside, so that the error told is that of the widest bounds.
    for bounds, floor, ceiling in every[:-1]:
        try:
            return calibrate(within, weight, plan.method, bounds, least=floor, most=ceiling)
        except NotConverged:
            continue
    bounds, floor, _ = every[-1]
    return calibrate(within, weight, plan.method, bounds, least=floor)


def _crossings(plan: CalibrationPlan, categories: Mapping[str, Category]) -> list[tuple[str, Category]]:
    named = plan.margins if plan.margins is not None else tuple((name,) for name in categories)
    return [(CROSSED.join(names), _crossed(names, categories)) for names in named]


def _crossed(names: Sequence[str], categories: Mapping[str, Category]) -> Category:
    """One variable as it is; crossed ones are looked up under their joined name, which is how a frame counts cells."""
    name = CROSSED.join(names)
    if name not in categories:
        raise UnknownColumn(name, f"The frame has no counts of '{name}'.", f"It has: {', '.join(categories)}.")
    return categories[name]


def _chosen(
    names: Sequence[str] | None, numeric: Mapping[str, tuple[Floats, float]]
) -> dict[str, tuple[Floats, float]]:
    unknown = [name for name in names or () if name not in numeric]
    if unknown:
        raise UnknownColumn(unknown[0], f"The frame has no total of '{unknown[0]}'.", f"It has: {', '.join(numeric)}.")
    return {name: numeric[name] for name in (numeric if names is None else names)}


def _margin(
    named: tuple[str, Category], plan: CalibrationPlan, weight: Floats, free: Bools, joined: list[Joined]
) -> CodedMargin:
    """Categories of the free rows with what is left of the counts, joined where they are too thin."""
    name, one = named
    _refuse_gaps(name, one)
    width = len(one.labels)
    counts = np.array([one.counts.get(label, 0.0) for label in one.labels])
    left = counts - sums_by(one.codes[~free], weight[~free], width)
    rows = np.bincount(one.codes[free], minlength=width)
    groups, group = np.unique(joined_thin(rows, left, plan.least_units), return_inverse=True)
    used = (rows > 0) | (counts > 0)
    members = [tuple(one.labels[k] for k in np.flatnonzero((group == g) & used)) for g in range(len(groups))]
    joined += [Joined(name, few) for few in members if len(few) > 1]
    labels = tuple("+".join(few) or f"{name}:{g}" for g, few in enumerate(members))
    # Held firms may be all there are in a category: what rounding leaves of its count is 0.
    targets = sums_by(group, left, len(groups))
    return CodedMargin(
        name=name, values=group[one.codes[free]], labels=labels, counts=np.where(np.abs(targets) < 1e-9, 0.0, targets)
    )


def _refuse_gaps(name: str, one: Category) -> None:
    missing = np.flatnonzero(one.codes < 0)
    if len(missing):
        raise MissingValue(int(missing[0]), f"Row {missing[0]} has no '{name}'.")
    unknown = sorted(set(one.counts) - set(one.labels))
    if unknown:
        raise MarginMismatch(unknown[0], f"The frame counts '{unknown[0]}' of '{name}', which no firm can have.")


def joined_thin(rows: Ints, left: Floats, least: int) -> Ints:
    """(K,) group of each category in its order: one with rows or a count left, but fewer than `least` rows or no
    positive count, joins the smaller of its neighbours until none is left."""
    group = np.arange(len(rows))
    empty = (rows == 0) & (np.abs(left) < 1e-9)
    while True:
        kept = [int(g) for g in np.unique(group) if not empty[group == g].all()]
        size = {g: int(rows[group == g].sum()) for g in kept}
        # A count of 0 or below is left where held firms outnumber the frame's count; no positive weight reaches it.
        thin = [g for g in kept if size[g] < least or left[group == g].sum() <= 0]
        if not thin or len(kept) == 1:
            return group
        worst = min(thin, key=lambda g: (size[g], g))
        place = kept.index(worst)
        # Neighbours in the order of the categories, which for sizes is that of size.
        beside = kept[max(place - 1, 0) : place] + kept[place + 1 : place + 2]
        into = min(beside, key=lambda g: (size[g], g))
        group[group == worst] = into


def _everybody(categories: Mapping[str, Category], weight: Floats, free: Bools) -> CodedMargin:
    """The number of firms alone, where no variable splits them."""
    if not categories:
        raise MissingValue(None, "The frame gives no counts.", "Give its counts by industry or size.")
    size = sum(next(iter(categories.values())).counts.values()) - float(weight[~free].sum())
    return CodedMargin(
        name="firms", values=np.zeros(int(free.sum()), np.intp), labels=("all",), counts=np.array([size])
    )


def _with_held(made: Calibration, weight: Floats, free: Bools) -> Calibration:
    """The calibration of all rows: held ones have auxiliaries of 0, so g = 1 and their totals are nobody else's."""
    if free.all():
        return made
    x = made.auxiliaries
    # One more pattern without a dummy: F(x'lambda) = F(0) = 1 whatever lambda is.
    patterns = np.vstack([x.patterns, np.zeros(x.patterns.shape[1])])
    pattern = np.full(len(weight), len(x.patterns))
    pattern[free] = x.pattern
    numeric, g = np.zeros((len(weight), x.numeric.shape[1])), np.ones(len(weight))
    numeric[free], g[free] = x.numeric, made.g
    whole = Auxiliaries(names=x.names, patterns=patterns, pattern=pattern, numeric=numeric, totals=x.totals)
    return replace(made, auxiliaries=whole, base_weight=weight, g=g)
