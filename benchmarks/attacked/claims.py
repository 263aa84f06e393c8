"""Claims of the adversary and how sure it is: what a set of firms said whose sum it knows between two bounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from benchmarks.attacked.puzzle import Puzzle
from survey.methods.arrays import Bools, Floats, Ints

ENUMERATED = 14
"""Firms of a set whose answers are gone through one by one; of larger ones the share is what is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That a firm said yes, or no. `guessed`: whether the best guess without the firm is right, `right`: the claim."""

    place: tuple[str, int]
    confidence: float
    right: bool
    guessed: bool


def claims_of_set(puzzle: Puzzle, rows: Ints, low: float, high: float, group: int) -> Iterator[Claim]:
    """Of firms (k,) whose sum of weights of yes lies in [low, high]: for each the likelier answer."""
    if not len(rows):
        return
    prior = float(np.clip(puzzle.middle[group], 0.02, 0.98))
    chance = _chances(puzzle.weight[rows], prior, low, high)
    for row, yes in zip(rows.tolist(), chance.tolist(), strict=True):
        yield claim(puzzle, row, yes)


def claim(puzzle: Puzzle, row: int, chance: float) -> Claim:
    """That a firm said what it said with this chance of yes, where no is the rest."""
    said = bool(puzzle.truth[row])
    return Claim(
        place=(puzzle.name, int(puzzle.firms[row])),
        confidence=max(chance, 1 - chance),
        right=(chance > 0.5) == said,
        guessed=best_guess(puzzle, row) == said,
    )


def best_guess(puzzle: Puzzle, row: int) -> bool:
    """What would be thought of a firm from the release without it: the group that tells most decides."""
    groups, share = puzzle.without(row)
    if not groups.any():
        return bool(puzzle.middle[puzzle.size.argmax()] > 0.5)
    telling = np.where(groups, np.abs(share - 0.5), -1.0)
    return bool(share[telling.argmax()] > 0.5)


def _chances(weight: Floats, prior: float, low: float, high: float) -> Floats:
    """(k,) of yes, over all answers of the set that the sum allows, each as likely as the share of its group says."""
    total = float(weight.sum())
    if len(weight) <= ENUMERATED:
        answers = _every(len(weight))
        sums = answers @ weight
        slack = 1e-9 * max(total, 1.0)
        fits = (sums >= low - slack) & (sums <= high + slack)
        if fits.any():
            yes = answers[fits].sum(axis=1)
            likely = prior**yes * (1 - prior) ** (len(weight) - yes)
            return np.asarray(likely @ answers[fits] / likely.sum())
    middle = np.clip((low + high) / 2 / total, 0.0, 1.0) if total else prior
    return np.full(len(weight), float(middle))


def _every(firms: int) -> Bools:
    return ((np.arange(2**firms)[:, None] >> np.arange(firms)) & 1).astype(bool)


def surest(claims: Iterator[Claim], most: int, rng: np.random.Generator, *, looked_at: int = 200_000) -> list[Claim]:
    """The claims of most confidence, one for each firm and share; those alike in it by lot."""
    best: dict[tuple[str, int], Claim] = {}
    for one in islice(claims, looked_at):
        if one.place not in best or one.confidence > best[one.place].confidence:
            best[one.place] = one
    found = list(best.values())
    order = np.lexsort((rng.random(len(found)), -np.round([one.confidence for one in found], 6)))
    return [found[k] for k in order[:most].tolist()]
