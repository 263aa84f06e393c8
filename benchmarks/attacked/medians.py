"""Quantile matching: a median is what one firm, or few, said; the one that stands in the middle by size may be it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.attacked.claims import Claim
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.known_figures import View
from survey.methods.estimates.statistics import QuantileStatistic
from survey.methods.tables.filtering import firms_within

CLOSE = 0.05
"""Part of an amount within which a claim on it is right."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ToldMedian:
    """The median of an amount in a group, told to be about `middle`: of firms (n,) that count `weight` and have a known
    `size`; `values` are for the score."""

    name: str
    firms: Ints
    weight: Floats
    size: Floats
    values: Floats
    middle: float


def told_medians(view: View, key: Sequence[str], number: Mapping[str, int], size: Floats) -> Iterator[ToldMedian]:
    """The medians that a view tells, by the `size` (n,) of the respondents in the frame."""
    rows = len(size)
    for one in view.figures:
        if isinstance(one.asked, QuantileStatistic) and one.shown:
            values = view.extract.values[one.asked.item][:rows]
            inside: Bools = firms_within(view.extract, one.domain)[:rows] & ~np.isnan(values)
            chosen = np.flatnonzero(inside)
            yield ToldMedian(
                name=one.statistic,
                firms=np.array([number[key[row]] for row in chosen.tolist()], np.intp),
                weight=view.extract.weight[chosen],
                size=size[chosen],
                values=values[chosen],
                middle=(one.low + one.high) / 2,
            )


def matched(medians: Sequence[ToldMedian]) -> Iterator[Claim]:
    """For each median the firm in the middle by size; the smaller the group, the surer."""
    for one in sorted(medians, key=lambda each: len(each.firms)):
        if len(one.firms) > 2:
            order = np.argsort(one.size, kind="stable")
            row = int(order[np.searchsorted(np.cumsum(one.weight[order]), one.weight.sum() / 2)])
            others = np.delete(np.arange(len(one.firms)), row)
            guess = float(np.median(one.values[others]))
            yield Claim(
                place=(one.name, int(one.firms[row])),
                confidence=0.5 + 0.5 / len(one.firms),
                right=_is_close(one.middle, one.values[row]),
                guessed=_is_close(guess, one.values[row]),
            )


def _is_close(claimed: float, said: float) -> bool:
    return bool(abs(claimed - said) <= CLOSE * abs(said))
