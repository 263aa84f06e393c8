"""The routes of the adversary through one release: what each claims, and how surely."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.attacked.claims import ENUMERATED, Claim, claim, claims_of_set
from benchmarks.attacked.medians import ToldMedian, matched
from benchmarks.attacked.puzzle import Puzzle
from survey.methods.arrays import Floats, Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Attack:
    """All that the adversary has: the shares of a release, of one some days before, and of another wave."""

    puzzles: Sequence[Puzzle]
    rng: np.random.Generator
    before: Sequence[Puzzle] = ()
    other: Sequence[Puzzle] = ()
    medians: Sequence[ToldMedian] = ()
    differences: int = 10_000
    made: int = 50
    programmes: int = 12

    def groups(self, *, most: int = 40) -> Iterator[tuple[Puzzle, int]]:
        """The told groups of each share, the smallest first."""
        for puzzle in self.puzzles:
            order = np.argsort(puzzle.size, kind="stable")
            told = [d for d in order.tolist() if not puzzle.withheld[d] and puzzle.size[d]]
            yield from ((puzzle, d) for d in told[:most])


def subset_sums(attack: Attack) -> Iterator[Claim]:
    """A share is a sum of known weights: which firms can they be?"""
    for puzzle, d in attack.groups():
        rows = np.flatnonzero(puzzle.inside[d])
        total = puzzle.total[d]
        if len(rows) <= ENUMERATED:
            yield from claims_of_set(puzzle, rows, puzzle.low[d] * total, puzzle.high[d] * total, d)
        elif puzzle.high[d] - puzzle.low[d] < 1e-9:
            yield from _by_halves(puzzle, rows, puzzle.low[d] * total)


HALVED = 32


def _by_halves(puzzle: Puzzle, rows: Ints, goal: float) -> Iterator[Claim]:
    """Where the sum is exact: sums of one half of the firms against what the other leaves (Horowitz, Sahni 1974)."""
    if len(rows) > HALVED:
        return
    half = len(rows) // 2
    left, right = (_sums(puzzle.weight[part]) for part in (rows[:half], rows[half:]))
    order = np.argsort(right)
    at = np.clip(np.searchsorted(right[order], goal - left), 0, len(order) - 1)
    near = np.concatenate([order[at], order[np.maximum(at - 1, 0)]])
    first = np.tile(np.arange(len(left)), 2)
    fits = np.flatnonzero(np.abs(left[first] + right[near] - goal) < 1e-9 * max(goal, 1.0))[:4096]
    if len(fits):
        given = np.concatenate([_bits(first[fits], half), _bits(near[fits], len(rows) - half)], axis=1)
        yield from (
            claim(puzzle, row, float(chance)) for row, chance in zip(rows.tolist(), given.mean(axis=0), strict=True)
        )


def _sums(weight: Floats) -> Floats:
    return np.asarray(_bits(np.arange(2 ** len(weight)), len(weight)) @ weight)


def _bits(numbers: Ints, firms: int) -> Ints:
    return (numbers[:, None] >> np.arange(firms)) & 1


def before_and_after(attack: Attack) -> Iterator[Claim]:
    """What changed between two dates was said by the firms that came between them."""
    earlier = {puzzle.name: puzzle for puzzle in attack.before}
    for puzzle in attack.puzzles:
        old = earlier.get(puzzle.name)
        for d, domain in enumerate(puzzle.domains) if old else ():
            assert old is not None
            if domain in old.domains and not puzzle.withheld[d] and not old.withheld[(e := old.domains.index(domain))]:
                rows = np.flatnonzero(puzzle.inside[d] & ~np.isin(puzzle.firms, old.firms))
                stayed = np.flatnonzero(puzzle.inside[d] & np.isin(puzzle.firms, old.firms))
                # The weights of the firms that stayed have moved a little: their share of yes is taken to be as it was.
                common = puzzle.weight[stayed].sum()
                low = puzzle.low[d] * puzzle.total[d] - old.high[e] * common
                high = puzzle.high[d] * puzzle.total[d] - old.low[e] * common
                if 0 < len(rows) <= ENUMERATED:
                    yield from _nearest(puzzle, rows, low, high, d)


def _nearest(puzzle: Puzzle, rows: Ints, low: float, high: float, group: int) -> Iterator[Claim]:
    """Claims on few firms whose sum is known about: as surely as it is nearer to all, or none, than to others."""
    middle, width = (low + high) / 2, (high - low) / 2 + 0.02 * puzzle.total[group]
    yield from claims_of_set(puzzle, rows, middle - width, middle + width, group)


def siblings(attack: Attack) -> Iterator[Claim]:
    """A withheld group is its whole less its other parts."""
    for puzzle in attack.puzzles:
        place = {domain: d for d, domain in enumerate(puzzle.domains)}
        for d in np.flatnonzero(puzzle.withheld & (puzzle.size > 0)).tolist():
            for variable, _ in puzzle.domains[d]:
                whole = tuple(pair for pair in puzzle.domains[d] if pair[0] != variable)
                others = [
                    place[one]
                    for one in puzzle.domains
                    if one != puzzle.domains[d] and _split(one, whole) == variable and puzzle.size[place[one]]
                ]
                if whole in place and not puzzle.withheld[[place[whole], *others]].any():
                    yield from _left(puzzle, place[whole], others, d)


def _split(domain: tuple[tuple[str, str], ...], whole: tuple[tuple[str, str], ...]) -> str:
    """The one variable that splits the whole into a domain, "" where it is another."""
    extra = [pair for pair in domain if pair not in whole]
    return extra[0][0] if len(extra) == 1 and len(domain) == len(whole) + 1 else ""


def _left(puzzle: Puzzle, whole: int, others: list[int], d: int) -> Iterator[Claim]:
    total = puzzle.total
    low = puzzle.low[whole] * total[whole] - (puzzle.high * total)[others].sum()
    high = puzzle.high[whole] * total[whole] - (puzzle.low * total)[others].sum()
    rows = np.flatnonzero(puzzle.inside[d])
    yield from claims_of_set(puzzle, rows, max(low, 0.0), min(high, float(total[d])), whole)


def statuses(attack: Attack) -> Iterator[Claim]:
    """A group withheld here, and shown of another item with as many answers: all may have said the same."""
    shown = {(domain, int(n)) for one in attack.puzzles
             for domain, n, hidden in zip(one.domains, one.size, one.withheld, strict=True) if not hidden}  # fmt: skip
    for puzzle in attack.puzzles:
        whole = float(puzzle.middle[puzzle.size.argmax()])
        for d in np.flatnonzero(puzzle.withheld & (puzzle.size >= 10)).tolist():
            sure = 0.3 if (puzzle.domains[d], int(puzzle.size[d])) in shown else 0.0
            chance = min(whole + sure, 0.999) if whole > 0.5 else max(whole - sure, 0.001)
            yield from (claim(puzzle, row, chance) for row in np.flatnonzero(puzzle.inside[d]).tolist())


def group_disclosure(attack: Attack) -> Iterator[Claim]:
    """Whoever is in a group of which nearly all, or nearly nobody, said so."""
    for puzzle, d in attack.groups():
        yield from (claim(puzzle, row, float(puzzle.middle[d])) for row in np.flatnonzero(puzzle.inside[d]).tolist())


def insiders(attack: Attack) -> Iterator[Claim]:
    """A firm that knows what it said itself takes it out of the shares of its groups."""
    yield from _pooled(attack, 1)


def holdings(attack: Attack) -> Iterator[Claim]:
    """Firms of one holding know what they said together."""
    yield from _pooled(attack, 3)


def _pooled(attack: Attack, firms: int) -> Iterator[Claim]:
    for puzzle, d in attack.groups(most=20):
        rows = np.flatnonzero(puzzle.inside[d])
        if firms < len(rows) <= ENUMERATED + firms:
            known = rows[np.argsort(-puzzle.weight[rows], kind="stable")[:firms]]
            own = float(puzzle.weight[known] @ puzzle.truth[known])
            low, high = puzzle.low[d] * puzzle.total[d] - own, puzzle.high[d] * puzzle.total[d] - own
            yield from claims_of_set(puzzle, np.setdiff1d(rows, known), low, high, d)


def overlap_of_waves(attack: Attack) -> Iterator[Claim]:
    """Firms of two waves resemble themselves: what two releases tell of their groups is put together."""
    others = {puzzle.name: puzzle for puzzle in attack.other}
    for puzzle in attack.puzzles:
        old = others.get(puzzle.name)
        if old is None:
            continue
        row_of = {firm: row for row, firm in enumerate(old.firms.tolist())}
        for row, firm in enumerate(puzzle.firms.tolist()):
            if firm in row_of:
                chances = [_extreme(puzzle, row), _extreme(old, row_of[firm])]
                odds = float(np.prod([c / (1 - c) for c in np.clip(chances, 0.01, 0.99)]))
                yield claim(puzzle, row, odds / (1 + odds))


def _extreme(puzzle: Puzzle, row: int) -> float:
    """The share of the group of a firm that tells most."""
    groups = puzzle.inside[:, row] & ~puzzle.withheld
    telling = np.where(groups, np.abs(puzzle.middle - 0.5), -1.0)
    return float(puzzle.middle[telling.argmax()])


def quantile_matching(attack: Attack) -> Iterator[Claim]:
    """The firm in the middle by size said what the median is told to be."""
    yield from matched(attack.medians)


Route = Callable[[Attack], Iterator[Claim]]
