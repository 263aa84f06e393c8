"""Firms that stand out of what is told together: groups of theirs are told in coarser steps, or not at all.

A firm can weigh little in each of its groups and still be the only one that is in all of them, so that their figures
together give its answer away. How far it stands out follows from the weights, the groups and the steps of rounding; no
answer has a part in it, so that what is told less tells nothing about one.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.steps import LADDER, coarser_step

SPREAD = 0.1
"""The variance of an answer that 11 % gave, or 89 %: of one that more gave it is larger, which is on the safe side."""
DIGITS = 6
"""To which distances are compared, so that the same groups go first on every machine."""
HELPS = 0.02
"""The part of a distance that a coarser step is to take away at least."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Evened:
    """The steps of all domains (D,), and the domains of which nothing is told any more."""

    steps: Floats
    gone: frozenset[int]


def shares_in_groups(cube: Cube, answered: Bools, counts: Floats) -> Floats:
    """(n, D) what each row that ``answered`` carries of all that ``counts`` (n,) in each domain that it is in."""
    weights = np.zeros((len(answered), len(cube.domains)))
    for place in cube.places.values():
        rows = np.flatnonzero(answered & (place >= 0))
        weights[rows, place[rows]] = counts[rows]
    total = weights.sum(axis=0)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))


def distances(shares: Floats, steps: Floats) -> Floats:
    """(n,) how far the figures of all domains together move when a firm answers otherwise, squared, in what the others
    and rounding leave open (Mahalanobis 1936).

    ``shares`` (n, D) as by `shares_in_groups`, of domains that are told in ``steps`` (D,) of shares.
    """
    own = np.einsum("nd,dn->n", shares, np.linalg.solve(_left_open(shares, steps), shares.T))
    # Its own part taken out again (Sherman and Morrison 1950).
    return np.asarray(own / (1 - SPREAD * own))


def _left_open(shares: Floats, steps: Floats) -> Floats:
    # What is rounded lies anywhere within its step, which has this variance.
    return np.asarray(SPREAD * shares.T @ shares + np.diag(steps**2 / 12))


def evened(shares: Floats, steps: Floats, told: Bools, limit: float, spared: int) -> Evened:
    """Steps by which no firm is further than ``limit`` from the others: coarser ones where those stand out who do most.

    ``told`` (D,) are the domains that are told in ``steps`` (D,). Each time it is the domain that helps the firm most
    that is furthest out, be the firm in it or in what it leaves of another; past the coarsest step it is told no more.
    The domain ``spared`` stays as it is.
    """
    steps, told = steps.copy(), told & (shares > 0).any(axis=0)
    while told.any():
        column = np.flatnonzero(told)
        apart = np.round(distances(shares[:, column], steps[column]), DIGITS)
        firm = int(apart.argmax())
        if apart[firm] <= limit or column.tolist() == [spared]:
            break
        domain = int(column[_helping_most(shares[:, column], steps[column], firm, column == spared)])
        if steps[domain] >= LADDER[-1]:
            told[domain] = False
        else:
            steps[domain] = _next(steps[domain])
    return Evened(steps=steps, gone=frozenset(np.flatnonzero(~told).tolist()))


def _helping_most(shares: Floats, steps: Floats, firm: int, spared: Bools) -> int:
    """The domain by whose next step the distance of a firm becomes the least; one that would be told no more only where
    steps do not help."""
    known = np.linalg.inv(_left_open(shares, steps))
    moved = known @ shares[firm]
    more = np.array([(_next(step) ** 2 - step**2) / 12 for step in steps.tolist()])
    # What the distance loses where one domain leaves so much more open (Sherman and Morrison 1950).
    loss = np.where(spared, 0.0, moved**2 * more / (1 + more * np.diag(known)))
    if loss.max() >= HELPS * float(moved @ shares[firm]):
        return int(np.round(loss / loss.max(), DIGITS).argmax())
    without = np.where(spared, -1.0, moved**2 / np.diag(known))
    return int(np.round(without / max(without.max(), 1e-300), DIGITS).argmax())


def _next(step: float) -> float:
    """The next coarser step; the last has none."""
    # A hair above it, so that the least step which is not finer is the next of the ladder.
    return coarser_step(step * (1 + 1e-9), 0.0)
