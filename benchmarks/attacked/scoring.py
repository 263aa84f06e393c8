"""How often the surest claims of each route are right, against the best guess without the firm; Holm over all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from benchmarks.attacked.claims import Claim, surest
from benchmarks.attacked.differences import (
    integer_programme,
    made_differences,
    random_differences,
    union_programme,
)
from benchmarks.attacked.routes import (
    Attack,
    Route,
    before_and_after,
    group_disclosure,
    holdings,
    insiders,
    overlap_of_waves,
    quantile_matching,
    siblings,
    statuses,
    subset_sums,
)

CLAIMS, LEVEL = 50, 0.05
ROUTES: dict[str, Route] = {
    "subset sums": subset_sums,
    "before and after": before_and_after,
    "union programme": union_programme,
    "integer programme": integer_programme,
    "sibling subtraction": siblings,
    "quantile matching": quantile_matching,
    "status and coarsening": statuses,
    "group disclosure": group_disclosure,
    "holdings": holdings,
    "insiders": insiders,
    "overlap of waves": overlap_of_waves,
    "random differences": random_differences,
    "made differences": made_differences,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of a route: its surest claims, how many of them are right, how many best guesses without the firm are, and the
    chance of so many more by luck alone, `p`, in itself and as Holm's rule takes it."""

    route: str
    claims: int
    right: int
    guessed: int
    p: float
    holm: float = 1.0

    @property
    def wins(self) -> bool:
        """Whether the route is better than the guess by more than chance allows."""
        return self.holm < LEVEL


def scores(attack: Attack, routes: Sequence[str] = tuple(ROUTES)) -> list[Score]:
    """Each route with its score."""
    return by_holm([score(route, surest(ROUTES[route](attack), CLAIMS, attack.rng)) for route in routes])


def score(route: str, claims: Sequence[Claim]) -> Score:
    """One-sided test of McNemar: of the claims in which the two differ, as many should go either way."""
    better = sum(one.right and not one.guessed for one in claims)
    worse = sum(one.guessed and not one.right for one in claims)
    return Score(
        route=route,
        claims=len(claims),
        right=sum(one.right for one in claims),
        guessed=sum(one.guessed for one in claims),
        p=float(binom.sf(better - 1, better + worse, 0.5)) if better + worse else 1.0,
    )


def by_holm(found: Sequence[Score]) -> list[Score]:
    """The scores with p by Holm's step-down rule over all routes."""
    order = np.argsort([one.p for one in found], kind="stable")
    held, adjusted = 0.0, [1.0] * len(found)
    for rank, k in enumerate(order.tolist()):
        held = max(held, min(1.0, found[k].p * (len(found) - rank)))
        adjusted[k] = held
    return [
        Score(route=one.route, claims=one.claims, right=one.right, guessed=one.guessed, p=one.p, holm=adjusted[k])
        for k, one in enumerate(found)
    ]
