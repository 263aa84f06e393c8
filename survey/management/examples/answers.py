"""Made-up answers of a fictitious firm by the recipe of a wave; the same for the same seed and firm."""

from collections.abc import Callable, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.random import Generator

OWN = 0.6
"""How much of an answer is the firm's own in every wave: firms that did well last month mostly do so again."""
NORMAL = NormalDist()
Recipe = Mapping[str, Any]


def answers_of_firm(credit_code: str, seed: int, recipe: Mapping[str, Recipe]) -> dict[str, Any]:
    """By item the answer of a firm. What is not on its route is left out when it is submitted."""
    firm = int.from_bytes(credit_code.encode())
    own, now = np.random.default_rng(firm), np.random.default_rng([firm, seed])
    return {item: KINDS[next(iter(how))](how, own, now) for item, how in recipe.items()}


def _draw(own: Generator, now: Generator) -> float:
    """A standard normal number that is partly the firm's own."""
    # So weighted that the sum is a standard normal number again, which the shares are drawn with.
    return OWN * float(own.standard_normal()) + sqrt(1 - OWN**2) * float(now.standard_normal())


def _of_shares(how: Recipe, own: Generator, now: Generator) -> str:
    """One option; ``shares`` has how often each is chosen, from the first to the last."""
    codes, shares = list(how["shares"]), np.cumsum(list(how["shares"].values()))
    place = int(np.searchsorted(shares / shares[-1], NORMAL.cdf(_draw(own, now)), side="right"))
    # A chance that rounds to 1 would fall behind the last one.
    return str(codes[min(place, len(codes) - 1)])


def _of_number(how: Recipe, own: Generator, now: Generator) -> int:
    """A whole number around ``mean``, from 0 to 100."""
    return round(float(np.clip(how["mean"] + how["spread"] * _draw(own, now), 0, 100)))


def _of_several(how: Recipe, own: Generator, now: Generator) -> list[str]:
    """Some options, each ``chosen`` so often, three at most; ``alone`` where none is."""
    found = [code for code, often in how["chosen"].items() if NORMAL.cdf(_draw(own, now)) < often]
    return found[:3] or [str(how["alone"])]


KINDS: Mapping[str, Callable[[Recipe, Generator, Generator], Any]] = {
    "shares": _of_shares,
    "mean": _of_number,
    "chosen": _of_several,
}
"""By the first word of a recipe how an answer is drawn."""
