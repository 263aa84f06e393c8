"""Weights of a wave: which strata are merged, and for whom the respondents of a stratum stand."""

import numpy as np
import pytest

from survey.methods.collected import Collected, weigh
from survey.methods.weights.weighting import Merge
from survey.terms import Disposition

SIZES = ("large", "medium", "small")
STRATA = tuple(f"{industry}-{size}" for industry in "CI" for size in SIZES)
SAMPLED = 4


def collected(answered: dict[str, int], outcome: dict[int, Disposition] | None = None) -> Collected:
    """Four sampled firms in each of six strata, each standing for two; so many of them answered, 2 unless stated."""
    stratum = np.repeat(np.arange(len(STRATA)), SAMPLED)
    place = np.tile(np.arange(SAMPLED), len(STRATA))
    counts = np.array([answered.get(name, 2) for name in STRATA])
    responded = place < counts[stratum]
    disposition = np.where(responded, Disposition.COMPLETE.value, Disposition.REFUSAL.value).astype("U20")
    for row, code in (outcome or {}).items():
        disposition[row] = code.value
    return Collected(
        strata=STRATA,
        groups=tuple(tuple(f"{industry}-{size}" for size in SIZES) for industry in "CI"),
        stratum=stratum,
        design_weight=np.full(len(stratum), 2.0),
        disposition=disposition,
        domains={},
        respondents=np.flatnonzero(responded),
    )


def merges(answered: dict[str, int]) -> list[Merge]:
    return list(weigh(collected(answered)).adjustment.merges)


@pytest.mark.parametrize(
    ("small", "into"),
    [("C-large", "C-medium"), ("C-medium", "C-large"), ("C-small", "C-medium"), ("I-large", "I-medium")],
)
def test_stratum_of_one_answer_joins_the_next_size_of_its_industry(small: str, into: str) -> None:
    assert merges({small: 1}) == [Merge(small, into, 1)]


def test_merged_stratum_without_a_partner_in_its_industry_joins_the_same_size_of_the_next() -> None:
    last = merges({"C-large": 1, "C-medium": 0, "C-small": 0})[-1]
    assert (last.code[0], last.into[0]) == ("C", "I")


def test_industry_nearer_in_order_is_preferred() -> None:
    """Three industries with one size each: the last one joins the middle one, not the first."""
    three = collected({})
    strata = ("A-small", "B-small", "C-small")
    stratum = np.repeat(np.arange(3), 8)
    respondents = np.array([0, 1, 8, 9, 16])
    lone = Collected(
        strata=strata,
        groups=tuple((name,) for name in strata),
        stratum=stratum,
        design_weight=three.design_weight,
        disposition=np.full(24, Disposition.REFUSAL.value, "U20"),
        domains={},
        respondents=respondents,
    )
    assert weigh(lone).adjustment.merges == (Merge("C-small", "B-small", 1),)


def test_two_answers_are_enough_for_a_stratum_of_its_own() -> None:
    assert merges({}) == []


def test_respondent_whose_outcome_says_not_eligible_is_counted_as_eligible() -> None:
    """It answered, so it belongs to the population: the weights of its stratum add up as for any other."""
    plain, marked = weigh(collected({})), weigh(collected({}, {0: Disposition.NOT_ELIGIBLE}))
    assert marked.extract.weight.tolist() == plain.extract.weight.tolist()
    assert marked.extract.population is not None
    assert marked.extract.population.tolist() == [8.0] * len(STRATA)


def test_firm_that_is_not_eligible_takes_its_weight_out_of_the_population() -> None:
    weighted = weigh(collected({}, {3: Disposition.NOT_ELIGIBLE}))
    assert weighted.extract.population is not None
    assert weighted.extract.population.tolist() == [6.0] + [8.0] * 5
    assert weighted.extract.weight.tolist()[:3] == [3.0, 3.0, 4.0]
