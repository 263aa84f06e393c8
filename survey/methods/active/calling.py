"""Whom to call next: classes by how much one more answer lowers the error that calibration leaves, chance within them.

The expected squared error of a key figure, in targets squared, is

    sum_c N_c^2 (1/n_c - 1/N_c) S_c^2  +  (k R S)^2  +  (l (1 - rho) S)^2,      R^2 = S^2(rho) / rho^2,

the first the sampling and nonresponse variance of classes c with n_c answers that stand for N_c firms, S_c^2 the spread
about the calibration; the second what imbalance on frame variables may leave as bias, S^2(rho) the sum of the squared
unconditional partial R-indicators, k the correlation that response and figure are taken to have (Schouten, Cobben and
Bethlehem 2009; adaptive designs: Schouten, Peytchev and Wagner 2017, *Adaptive Survey Design*, ch. 9); the third what
the silent part 1 - rho may leave, l the standard deviations by which silent firms differ. Whether a firm of a class is
easy to get has no part in its place: the order within a class is that of a random number.
"""

from dataclasses import dataclass

import numpy as np

from survey.casework_terms import CallReason
from survey.methods.active.classes import CallClasses, CallFirms, CallingRule
from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import EmptyDomain


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCall:
    """A call on a list: the row of the firm, and why it is there."""

    row: int
    reason: CallReason


@dataclass(frozen=True, eq=False, kw_only=True)
class CallPlan:
    """A list of calls in its order, the expected error of each key figure in targets now and after it (F,), and the
    minutes and answers that it is expected to take and bring."""

    calls: tuple[PlannedCall, ...]
    error: Floats
    expected: Floats
    minutes: float
    answers: float


def plan_calls(firms: CallFirms, classes: CallClasses, rule: CallingRule, generator: np.random.Generator) -> CallPlan:
    """The next calls. Raises `EmptyDomain` where no firm may be called."""
    if not firms.open.any():
        raise EmptyDomain("open", "No firm may be called.", "Wait for firms that are silent, or close the wave.")
    state = _Expected(firms, classes, rule)
    error = state.error()
    # Drawn before all others, so that every firm that may be called has the same chance: what calls bring is learned
    # from these, and those that a score chose would bend it (decision 0048).
    calls = [*_at_random(firms, rule, generator)]
    for call in calls:
        state.call(call.row)
    calls += _first(firms, rule, state, rule.size - len(calls))
    calls += _by_class(firms, state, rule.size - len(calls))
    ordered = sorted(calls, key=lambda call: ORDER[call.reason])
    rows = np.array([call.row for call in calls], np.intp)
    klass = firms.klass[rows]
    return CallPlan(
        calls=tuple(ordered),
        error=error,
        expected=state.error(),
        minutes=float(classes.minutes[klass].sum()),
        answers=float(classes.chance[klass].sum()),
    )


ORDER = {CallReason.DOMINANT: 0, CallReason.CLASS: 1, CallReason.RANDOM: 1}
"""Who stands first; calls of the class and at random follow each other as they were chosen."""


def _at_random(firms: CallFirms, rule: CallingRule, generator: np.random.Generator) -> list[PlannedCall]:
    rows = np.flatnonzero(firms.open)
    drawn = generator.choice(rows, min(len(rows), round(rule.at_random * rule.size)), replace=False)
    return [PlannedCall(row=int(row), reason=CallReason.RANDOM) for row in drawn]


def _first(firms: CallFirms, rule: CallingRule, state: "_Expected", room: int) -> list[PlannedCall]:
    """Firms taken with certainty that carry much, fewest calls first, then the largest."""
    found = firms.open & firms.certain & (firms.own >= rule.dominance) & (firms.calls < rule.most_calls) & ~state.called
    rows = np.flatnonzero(found)
    # lexsort goes by its last key first: calls made, then what the firm's silence costs, then the random number.
    chosen = rows[np.lexsort((firms.number[rows], -firms.own[rows], firms.calls[rows]))][: max(0, room)]
    for row in chosen:
        state.call(int(row))
    return [PlannedCall(row=int(row), reason=CallReason.DOMINANT) for row in chosen]


def _by_class(firms: CallFirms, state: "_Expected", room: int) -> list[PlannedCall]:
    """One after the other of the class that helps most, given all calls before it."""
    rows = np.flatnonzero(firms.open & ~state.called)
    # By class, then fewest calls, then chance; from the end, so that the next one of a class is popped.
    ordered = rows[np.lexsort((firms.number[rows], firms.calls[rows], firms.klass[rows]))][::-1]
    waiting = {int(k): ordered[firms.klass[ordered] == k].tolist() for k in np.unique(firms.klass[ordered])}
    left = np.zeros(state.classes, bool)
    left[list(waiting)] = True
    chosen: list[PlannedCall] = []
    while len(chosen) < room and left.any():
        klass = int(np.where(left, state.gain(), -np.inf).argmax())
        row = waiting[klass].pop()
        left[klass] = bool(waiting[klass])
        state.call(row)
        chosen.append(PlannedCall(row=row, reason=CallReason.CLASS))
    return chosen


class _Expected:
    """What answers and rates of response are expected to be as calls are put on the list, one after the other."""

    def __init__(self, firms: CallFirms, classes: CallClasses, rule: CallingRule) -> None:
        self.firms, self.given, self.rule = firms, classes, rule
        self.classes = len(classes.labels)
        # 1/n has no value without an answer: such a class counts as if it had one, and its first call as the second.
        self.answered = np.maximum(classes.answered.astype(float), 1.0)
        self.called: Bools = np.zeros(len(firms.klass), bool)
        self.size = float(firms.weight.sum())
        self.weight = sums_by(firms.klass, firms.weight, self.classes) / np.maximum(
            np.bincount(firms.klass, minlength=self.classes), 1
        )
        self.codes = list(firms.frame.values())
        self.firms_of = [sums_by(code, firms.weight, int(code.max()) + 1) for code in self.codes]
        self.answers_of = [sums_by(c, firms.weight * firms.answered, int(c.max()) + 1) for c in self.codes]
        # The part of each class that lies in each category: a class of merged strata lies in several.
        self.lies = [self._parts(code) for code in self.codes]
        self.total = float(classes.stands_for.sum())
        self.whole = classes.stands_for @ classes.spread * self.total
        self.responding = float(firms.weight @ firms.answered) / self.size

    def _parts(self, code: Ints) -> Floats:
        width = int(code.max()) + 1
        table = sums_by(self.firms.klass * width + code, self.firms.weight, self.classes * width)
        parts = table.reshape(self.classes, width)
        return np.asarray(parts / np.maximum(parts.sum(axis=1, keepdims=True), 1e-300), float)

    def call(self, row: int) -> None:
        """Put a call to a firm on the list: its class has that much more of an answer as its chance says."""
        klass = self.firms.klass[row]
        chance = self.given.chance[klass]
        self.called[row] = True
        self.answered[klass] += chance
        more = float(chance * self.firms.weight[row])
        self.responding += more / self.size
        for code, answers in zip(self.codes, self.answers_of, strict=True):
            answers[code[row]] += more

    def gain(self) -> Floats:
        """(K,) by how much a call lowers the expected squared error per minute, over all key figures."""
        n, stands = self.answered, self.given.stands_for
        # 1/n - 1/(n + 1) = 1/(n (n + 1)), one answer more whatever its value; 1/N_c falls out of the difference.
        variance = stands**2 / (n * (n + 1)) * self.given.spread.sum(axis=1)
        apart = sum(
            # A category without a firm has 0 of 1e-300, a rate of 0; 0 of 0 would spread as nan over all classes.
            (lies @ (self.responding - answers / np.maximum(firms, 1e-300)) for lies, answers, firms in self._rates()),
            np.zeros(self.classes),
        )
        # Slopes of S^2(rho) and of (1 - rho)^2 in an answer of weight w: 2 w/N (rho - rho_vc) and 2 w/N (1 - rho). The
        # rho below the line is held, since it moves by w/N whoever answers.
        balance = self.rule.imbalance**2 * apart / self.responding**2 + self.rule.leaning**2 * (1 - self.responding)
        bias = self.whole.sum() * 2 * self.weight / self.size * balance
        return np.asarray(self.given.chance / self.given.minutes * (variance + bias), float)

    def error(self) -> Floats:
        """(F,) root of the expected squared error of each key figure, in targets."""
        n, stands = self.answered, np.maximum(self.given.stands_for, 1e-300)
        # More answers may be expected of a class than there are firms that they stand for: a census has no variance
        # left.
        left = np.maximum(1 / n - 1 / stands, 0.0)
        variance = (stands**2 * left) @ self.given.spread
        spread = sum(
            float((firms / self.size) @ (answers / np.maximum(firms, 1e-300) - self.responding) ** 2)
            for _lies, answers, firms in self._rates()
        )
        uneven = self.rule.imbalance**2 * spread / max(self.responding, 1e-300) ** 2
        bias = self.whole * (uneven + (self.rule.leaning * (1 - self.responding)) ** 2)
        return np.asarray(np.sqrt(variance + bias), float)

    def _rates(self) -> "zip[tuple[Floats, Floats, Floats]]":
        return zip(self.lies, self.answers_of, self.firms_of, strict=True)
