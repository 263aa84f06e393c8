"""Weights of a wave: which strata are merged, and for whom the respondents of a stratum stand."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.weighting import Weighting
from survey.methods.collected import Collected, weigh
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.methods.weights.weighting import Merge
from survey.terms import Disposition
from survey.weighting_terms import EligibilityRule, FrameMargin, MergingOrder

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
        places=Places(np.repeat([0, 1], 3), np.tile(np.arange(3), 2)),
        stratum=stratum,
        design_weight=np.full(len(stratum), 2.0),
        disposition=disposition,
        domains={},
        respondents=np.flatnonzero(responded),
    )


def merges(answered: dict[str, int]) -> list[Merge]:
    return list(weigh(collected(answered)).weights.merges)


@pytest.mark.parametrize(
    ("small", "into"),
    [("C-large", "I-large"), ("C-medium", "I-medium"), ("C-small", "I-small"), ("I-large", "C-large")],
)
def test_stratum_of_one_answer_joins_the_same_size_of_the_next_industry(small: str, into: str) -> None:
    assert merges({small: 1}) == [Merge(code=small, into=into, respondents=1)]


def test_survey_may_merge_within_industries_first() -> None:
    weighted = weigh(collected({"C-large": 1}), Weighting(merging=MergingOrder.INDUSTRY_FIRST))
    assert weighted.weights.merges == (Merge(code="C-large", into="C-medium", respondents=1),)


def test_stratum_without_a_partner_of_its_size_joins_the_next_size() -> None:
    last = merges({"C-large": 1, "I-large": 0})[-1]
    assert last.into in ("C-medium", "I-medium")


def test_industry_nearer_in_order_is_preferred() -> None:
    """Three industries with one size each: the last one joins the middle one, not the first."""
    three = collected({})
    strata = ("A-small", "B-small", "C-small")
    stratum = np.repeat(np.arange(3), 8)
    respondents = np.array([0, 1, 8, 9, 16])
    lone = Collected(
        strata=strata,
        places=Places(np.arange(3), np.zeros(3, np.intp)),
        stratum=stratum,
        design_weight=three.design_weight,
        disposition=np.full(24, Disposition.REFUSAL.value, "U20"),
        domains={},
        respondents=respondents,
    )
    assert weigh(lone).weights.merges == (Merge(code="C-small", into="B-small", respondents=1),)


def test_two_answers_are_enough_for_a_stratum_of_its_own() -> None:
    assert merges({}) == []


def test_respondent_whose_outcome_says_not_eligible_is_counted_as_eligible() -> None:
    """It answered, so it belongs to the population: the weights of its stratum add up as for any other."""
    plain, marked = weigh(collected({})), weigh(collected({}, {0: Disposition.NOT_ELIGIBLE}))
    assert marked.extract.weight.tolist() == plain.extract.weight.tolist()
    assert marked.extract.population is not None
    assert marked.extract.population.tolist() == [8.0] * len(STRATA)


def test_firm_that_is_not_eligible_stays_as_a_row_of_its_own_stratum() -> None:
    """Of 8 firms that the stratum stands for 6 are in scope, and the firm out of scope stands for 2."""
    extract = weigh(collected({}, {3: Disposition.NOT_ELIGIBLE})).extract
    assert extract.population is not None
    assert extract.population.tolist() == [6.0, *[8.0] * 5, 2.0]
    assert extract.weight.tolist()[:3] == [3.0, 3.0, 4.0]
    assert (extract.respondents, extract.rows, extract.weight[-1]) == (12, 13, 2.0)


def test_complete_take_all_stratum_keeps_weight_one_beside_a_stratum_of_one_answer() -> None:
    of_all = collected({"C-large": 4, "I-large": 1})
    weight = of_all.design_weight.copy()
    weight[:SAMPLED] = 1.0
    found = weigh(replace(of_all, design_weight=weight))
    assert found.extract.weight[:SAMPLED].tolist() == [1.0] * SAMPLED
    assert found.weights.merges == (Merge(code="I-large", into="I-medium", respondents=1),)


def test_follow_up_without_a_resolved_case_leaves_e_to_the_known_cases() -> None:
    weighted = weigh(collected({}), Weighting(eligibility=EligibilityRule.FOLLOW_UP))
    assert {one.rule for one in weighted.weights.eligibility.classes} == {EligibilityRule.KNOWN_CASES}


def test_frame_counts_come_back_exactly() -> None:
    """Large firms are 20 in the frame, though the sample stands for 16 only."""
    sizes = np.tile(np.repeat(np.arange(3), SAMPLED), 2)
    of_all = replace(
        collected(dict.fromkeys(STRATA, 3)),
        domains={"size": Coded(sizes, SIZES)},
        frame=FrameTotals(counts={"size": {"large": 20.0, "medium": 16.0, "small": 16.0}}),
    )
    report = weigh(of_all, Weighting(margins=(FrameMargin.SIZE,), numbers=())).weights.report
    assert report is not None
    assert report.problem is None
    assert [(row.category, round(row.before, 9), round(row.after, 9)) for row in report.frame] == [
        ("large", 16.0, 20.0), ("medium", 16.0, 16.0), ("small", 16.0, 16.0),
    ]  # fmt: skip


def test_firms_without_credit_codes_are_none() -> None:
    wave = collected({})
    identity = np.array([f"firm {row}" for row in range(wave.sampled)])
    known = [f"firm {row}" for row in wave.respondents.tolist()]
    assert (wave.firms, replace(wave, identity=identity).firms) == ([], known)
