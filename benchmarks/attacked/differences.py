"""Routes through several figures at once: differences of groups, and programmes over all that is told of a share."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from benchmarks.attacked.claims import ENUMERATED, Claim, claim, claims_of_set
from benchmarks.attacked.puzzle import Puzzle
from benchmarks.attacked.routes import Attack
from survey.methods.arrays import Floats


def random_differences(attack: Attack) -> Iterator[Claim]:
    """Any group less any other that lies in it, as chance has it."""
    for _ in range(attack.differences):
        puzzle = attack.puzzles[int(attack.rng.integers(len(attack.puzzles)))]
        told = np.flatnonzero(~puzzle.withheld & (puzzle.size > 0))
        if len(told) > 1:
            whole, part = (int(one) for one in attack.rng.choice(told, 2, replace=False))
            yield from _difference(puzzle, whole, part)


def made_differences(attack: Attack) -> Iterator[Claim]:
    """The groups of each share that hold another with the fewest firms more, and unions of parts against wholes."""
    for puzzle in attack.puzzles:
        told = np.flatnonzero(~puzzle.withheld & (puzzle.size > 0))
        shared = puzzle.inside[told].astype(np.int32) @ puzzle.inside[told].T.astype(np.int32)
        size = puzzle.size[told]
        left = np.where(shared == size[None, :], size[:, None] - size[None, :], 10**6)
        np.fill_diagonal(left, 10**6)
        for k in np.argsort(left, axis=None, kind="stable")[: attack.made].tolist():
            whole, part = divmod(k, len(told))
            if left[whole, part] < 10**6:
                yield from _difference(puzzle, int(told[whole]), int(told[part]))


def _difference(puzzle: Puzzle, whole: int, part: int) -> Iterator[Claim]:
    """Of the firms of a group that are not in another; those of the other beyond it may have said anything."""
    inside, taken = puzzle.inside[whole], puzzle.inside[part]
    rows, beyond = np.flatnonzero(inside & ~taken), np.flatnonzero(taken & ~inside)
    if not 0 < len(rows) <= ENUMERATED or len(beyond) > ENUMERATED:
        return
    total, spare = puzzle.total, float(puzzle.weight[beyond].sum())
    low = puzzle.low[whole] * total[whole] - puzzle.high[part] * total[part]
    high = puzzle.high[whole] * total[whole] - puzzle.low[part] * total[part] + spare
    yield from claims_of_set(puzzle, rows, low, high, whole)


def union_programme(attack: Attack) -> Iterator[Claim]:
    """All that is told of a share at once, with parts of firms: the chances nearest to the share of all that fit it."""
    for puzzle in attack.puzzles:
        chance = _fitted(puzzle)
        yield from (claim(puzzle, row, one) for row, one in enumerate(chance.tolist()))


def _fitted(puzzle: Puzzle, rounds: int = 60) -> Floats:
    """(n,) chances of yes that give every told share: odds scaled group by group (iterative proportional fitting)."""
    told = np.flatnonzero(~puzzle.withheld & (puzzle.size > 0))
    logit = np.zeros(len(puzzle.weight))
    for _ in range(rounds):
        worst = 0.0
        for d in told.tolist():
            rows = puzzle.inside[d]
            chance = 1 / (1 + np.exp(-logit[rows]))
            share = float(chance @ puzzle.weight[rows] / puzzle.weight[rows].sum())
            goal = min(max(share, puzzle.low[d]), puzzle.high[d])
            worst = max(worst, abs(goal - share))
            goal, share = (float(np.clip(one, 1e-4, 1 - 1e-4)) for one in (goal, share))
            logit[rows] += np.log(goal / (1 - goal)) - np.log(share / (1 - share))
            np.clip(logit, -12, 12, out=logit)
        if worst < 1e-6:
            break
    return np.asarray(1 / (1 + np.exp(-logit)))


def integer_programme(attack: Attack) -> Iterator[Claim]:
    """Whole answers that give everything told, some at random: what all of them say is so, or nearly."""
    for puzzle in sorted(attack.puzzles, key=lambda one: len(one.weight))[: attack.programmes]:
        found = [one for one in (_some_answers(puzzle, attack.rng) for _ in range(6)) if one is not None]
        if found:
            chance = (np.mean(found, axis=0) * len(found) + 0.5) / (len(found) + 1)
            yield from (claim(puzzle, row, one) for row, one in enumerate(chance.tolist()))


def _some_answers(puzzle: Puzzle, rng: np.random.Generator) -> Floats | None:
    told = np.flatnonzero(~puzzle.withheld & (puzzle.size > 0))
    rows, total = csr_array(puzzle.inside[told] * puzzle.weight), puzzle.total[told]
    slack = 1e-7 * total
    solution = milp(
        rng.normal(size=len(puzzle.weight)),
        constraints=LinearConstraint(rows, puzzle.low[told] * total - slack, puzzle.high[told] * total + slack),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(puzzle.weight)),
        options={"time_limit": 2.0, "mip_rel_gap": 0.2},
    )
    return None if solution.x is None else np.round(solution.x)
