"""What is left open of withheld figures: how far they lie apart in worlds that give all that is told.

Two worlds prove from inside that a figure may be either. Where they are too close, further walks look for others (see
`together`), and after them integer programmes for the outermost; linear programmes, which allow parts of firms, bound
it from outside.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion

NODES = 20
"""Of the tree of one integer programme; what it has found by then is a world, if not the outermost. Not seconds: the
same cut has the same certificate on every machine."""
PROGRAMMES = 2
"""Withheld figures of an item for which programmes look for outermost answers; of others what walks show counts."""
WORLDS = 256
"""Whose figures are worked out at once, so that memory stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowFigure:
    """A withheld figure of which [`low`, `high`] is all that is left open, less than it `keeps`."""

    statistic: str
    group: str
    tables: tuple[str, ...]
    low: float
    high: float
    keeps: float


def reaches(question: ItemQuestion, worlds: Ints) -> tuple[Floats, Floats]:
    """(M, D + 1) the least and the largest of each figure in these worlds."""
    low, high = np.full(question.low.shape, np.inf), np.full(question.low.shape, -np.inf)
    # All of them, part by part: the first are still near the truth.
    for start in range(0, len(worlds), WORLDS):
        above, below = question.sums(worlds[start : start + WORLDS])
        figures = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
        low, high = np.minimum(low, figures.min(axis=0)), np.maximum(high, figures.max(axis=0))
    return low, high


def narrow_figures(
    question: ItemQuestion,
    worlds: Ints,
    *,
    quick: bool = False,
    opened: Callable[[Bools], Bools] | None = None,
) -> list[NarrowFigure]:
    """The withheld figures that keep less than they are to, by worlds and by integer programmes.

    Of those (M, D + 1) that are too close in these worlds ``opened`` gives the ones that are so in others as well. When
    `quick` the first of them alone, and without programmes where others have been looked for.
    """
    low, high = reaches(question, worlds)
    tight = question.to_keep & (high - low < question.keeps)
    if opened is not None and tight.any():
        tight = opened(tight)
    found: list[NarrowFigure] = []
    for m, d in np.argwhere(tight).tolist():
        least, most = float(low[m, d]), float(high[m, d])
        # After so many that stay narrow the item fails anyway; of a cut that can be tightened the first is enough, and
        # walks have looked for it already.
        if len(found) < PROGRAMMES and not (quick and opened):
            least, most = _wider((least, most), outermost(question, m, d))
        if most - least < question.keeps[m, d]:
            found.append(_narrow(question, m, d, least, most))
            if quick:
                break
    return found


def _wider(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), max(one[1], other[1])


def _narrow(question: ItemQuestion, m: int, d: int, low: float, high: float) -> NarrowFigure:
    return NarrowFigure(
        statistic=question.names[0][m],
        group=question.names[1][d],
        tables=question.tables[m],
        low=float(low),
        high=float(high),
        keeps=float(question.keeps[m, d]),
    )


def outermost(question: ItemQuestion, m: int, d: int, *, whole: bool = True) -> tuple[float, float]:
    """The least and the largest value of statistic m in domain d over all answers that give what is told; with parts of
    firms where not `whole`. Firms keep to the bases that they are in, so that its sum below the line is known."""
    programme = Programme.of(question)
    goal = programme.goal(question, m, d)
    fixed, below = programme.fixed(question, m, d)
    ends = []
    for sign in (1.0, -1.0):
        solution = milp(
            sign * goal,
            constraints=programme.constraints,
            bounds=Bounds(0, 1),
            integrality=np.full(len(goal), int(whole)),
            options={"node_limit": NODES},
        )
        # Without any solution in time the truth, which is one, stays.
        truth = float(goal @ programme.start)
        ends.append((sign * solution.fun if solution.x is not None else truth) + fixed)
    return ends[0] / below, ends[1] / below


@dataclass(frozen=True, eq=False, kw_only=True)
class Programme:
    """Which answer each movable firm gives: a variable for each firm and possible answer, in (firm, answer) order."""

    firm: Ints
    answer: Ints
    start: Floats
    constraints: LinearConstraint

    @classmethod
    def of(cls, question: ItemQuestion) -> "Programme":
        """All that is told as rows, and that every firm gives one answer."""
        movable = question.movable
        possible = question.alike[question.kind[movable], question.truth[movable]]
        row, answer = np.nonzero(possible)
        firm = movable[row]
        one_each = csr_array((np.ones(len(row)), (row, np.arange(len(row)))))
        matrix, low, high = _told_rows(question, firm, answer)
        ones = np.ones(len(movable))
        return cls(
            firm=firm,
            answer=answer,
            start=(answer == question.truth[firm]).astype(float),
            constraints=LinearConstraint(_stacked(matrix, one_each), np.append(low, ones), np.append(high, ones)),
        )

    def goal(self, question: ItemQuestion, m: int, d: int) -> Floats:
        """(V,) what each variable adds to the sum above the line."""
        inside = (question.place[self.firm] == d).any(axis=1)
        return np.asarray(_unit(question, self.firm, self.answer, m) * inside)

    def fixed(self, question: ItemQuestion, m: int, d: int) -> tuple[float, float]:
        """What the other firms add above the line, and the sum below it."""
        above, below = (each[0, m, d] for each in question.sums(question.truth[None, :]))
        return float(above - self.goal(question, m, d) @ self.start), float(below)


def _unit(question: ItemQuestion, firm: Ints, answer: Ints, m: int) -> Floats:
    return np.asarray(question.above[m, question.kind[firm], answer] * question.scale[m, firm])


def _told_rows(question: ItemQuestion, firm: Ints, answer: Ints) -> tuple[csr_array, Floats, Floats]:
    """One row for each figure that is told: its sum above the line, between the bounds times the sum below it."""
    above, below = (each[0] for each in question.sums(question.truth[None, :]))
    start = answer == question.truth[firm]
    rows, low, high = [], [], []
    is_told = (question.low > -UNBOUNDED) | (question.high < UNBOUNDED)
    for m, d in zip(*np.nonzero(is_told), strict=True):
        values = _unit(question, firm, answer, m) * (question.place[firm] == d).any(axis=1)
        # Firms that cannot move stand on the right-hand side, so that the programme has no variable for them.
        fixed = above[m, d] - values[start].sum()
        rows.append(csr_array(values[None, :]))
        # Kept finite: the solver takes values beyond 1e20 for infinite and others of that size for badly scaled.
        low.append(max(question.low[m, d] * below[m, d], -UNBOUNDED) - fixed)
        high.append(min(question.high[m, d] * below[m, d], UNBOUNDED) - fixed)
    return _stacked(*rows) if rows else csr_array((0, len(firm))), np.array(low), np.array(high)


def _stacked(*parts: csr_array) -> csr_array:
    return csr_array(vstack(parts))
