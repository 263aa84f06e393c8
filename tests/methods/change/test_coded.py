"""Covariances from sums by code are those of the scores of every firm."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.change.coded import CodedScore, CodedWave, coded_overlap
from survey.methods.change.wave import Overlap, ScoredFigures, overlap_covariances
from survey.methods.moments.passing import moments
from tests.methods.surveys import random_extract

ITEMS = ("q0", "q1", "q1")
SOME = Overlap(np.arange(0, 300), np.arange(40, 340))


def wave(seed: int, **survey: Any) -> CodedWave:
    extract = random_extract(seed, **survey)
    found = moments(extract, list(dict.fromkeys(ITEMS)), domains=["size"])
    tables = np.random.default_rng(seed).normal(size=(len(ITEMS), len(extract.items["q0"].labels) + 1))
    # No answer has no score; the last code of all does not count as an answer.
    tables[:, -1] = 0
    counts = np.arange(tables.shape[1]) < tables.shape[1] - 2
    row = found.domain_values.index(("size", "s"))
    return CodedWave(
        extract=extract,
        inside=extract.domains["size"].codes == extract.domains["size"].labels.index("s"),
        moments=found,
        scores=[
            CodedScore(item=item, table=table, counts=counts, row=row)
            for item, table in zip(ITEMS, tables, strict=True)
        ],
    )


def scored(one: CodedWave) -> ScoredFigures:
    scores = np.array([score.table[one.codes(score.item, np.arange(one.extract.rows))] for score in one.scores])
    scores[:, ~one.inside] = 0
    return ScoredFigures(
        design=one.extract.design, figures=len(one.scores), of=lambda figure: scores[figure], inside=one.inside
    )


@pytest.mark.parametrize("survey", [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}])
def test_covariances_are_those_of_the_scores_of_every_firm(survey: Any) -> None:
    later, earlier = wave(1, **survey), wave(2, **survey)
    found, _firms = coded_overlap(later, earlier, SOME)
    assert found == pytest.approx(overlap_covariances(scored(later), scored(earlier), SOME), rel=1e-10)


def test_firms_are_counted_that_gave_both_answers_under_the_filter() -> None:
    later, earlier = wave(1), wave(2)
    _found, firms = coded_overlap(later, earlier, SOME)
    gave = [
        [one.inside[rows] & score.counts[one.codes(score.item, rows)] for score in one.scores]
        for one, rows in ((later, SOME.later), (earlier, SOME.earlier))
    ]
    assert firms.tolist() == [int((now & before).sum()) for now, before in zip(*gave, strict=True)]


def test_waves_without_firms_in_common_share_nothing() -> None:
    nobody = Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp))
    found, firms = coded_overlap(wave(1), wave(2), nobody)
    assert (found.tolist(), firms.tolist()) == ([0.0] * 3, [0] * 3)


def test_firms_outside_the_filter_have_nothing_but_what_is_taken_off() -> None:
    """Their scores are 0 and add nothing to sums and fits, so that nobody looks at them."""
    later, earlier = (wave(seed, calibrated="linear", numeric=True) for seed in (1, 2))
    few = Overlap(np.arange(9), np.arange(9))
    some = scored(later)
    whole = replace(some, inside=np.ones(later.extract.rows, bool))
    found = overlap_covariances(some, scored(earlier), few)
    assert found == pytest.approx(overlap_covariances(whole, scored(earlier), few), rel=1e-12)
    assert found.all()
