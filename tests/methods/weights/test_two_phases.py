"""Factors of the second phase worked by hand: 20 of 100 firms drawn, of which 80 % are in scope and 10 respond."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.weights.eligibility import Eligibility, EligibleShare
from survey.methods.weights.two_phases import FirstPhase, first_phase, phases_of
from survey.weighting_terms import EligibilityRule
from tests.methods.weights.fieldworks import fieldwork

FIRST = FirstPhase(
    population=np.array([100.0]),
    sampled=np.array([20]),
    resolved=np.array([20]),
    in_scope=np.array([80.0]),
    out_of_scope=np.array([20.0]),
    respondents=np.array([10]),
    outside=np.array([4]),
    unknown=np.zeros((0, 1)),
    unknown_error=np.zeros(0),
)
ONE = np.array([0])


def test_factor_of_respondents_is_that_of_cochran() -> None:
    """(N-1)/N ((m_E-1)/(m-1) - (n-1)/(N-1)) m n/(m_E (n-1)) with N = 100, m = 20, m_E = 16, n = 10."""
    found = phases_of(FIRST, ONE, ONE, 10).factor
    assert found[0] == pytest.approx(0.99 * (15 / 19 - 9 / 99) * 20 * 10 / (16 * 9))


def test_firms_out_of_scope_keep_the_factor_of_the_sample() -> None:
    assert phases_of(FIRST, ONE, ONE, 10).factor[1] == pytest.approx(0.8 * 20 / 19)


def test_split_in_and_out_of_scope_moves_both_against_one_another() -> None:
    """sqrt(f W_E W_O/(m-1)) (U_E/W_E - U_O/W_O) with f = 0.8."""
    size = np.sqrt(0.8 * 0.8 * 0.2 / 19)
    assert phases_of(FIRST, ONE, ONE, 10).between.toarray() == pytest.approx(np.array([[size / 0.8, -size / 0.2]]))


def test_everybody_in_scope_and_responding_is_a_plain_sample() -> None:
    whole = replace(
        FIRST,
        in_scope=np.array([100.0]),
        out_of_scope=np.array([0.0]),
        respondents=np.array([20]),
        outside=np.array([0]),
    )
    found = phases_of(whole, ONE, np.zeros(0, np.intp), 19)
    assert found.factor[0] == pytest.approx(0.8 * 20 / 19)
    assert found.between.nnz == 0


def test_single_respondent_is_measured_from_nothing() -> None:
    """sqrt(1 - 1/80) times its score; no squares within."""
    found = phases_of(replace(FIRST, respondents=np.array([1]), out_of_scope=np.array([0.0])), ONE, ONE, 0)
    assert found.factor[0] == 0
    assert found.between.toarray() == pytest.approx(np.array([[np.sqrt(1 - 1 / 80), 0.0]]))


def test_error_of_e_moves_the_weight_of_unknown_firms_between_both_strata() -> None:
    """40 firms unknown, e with an error of 0.1: 4 (U_E/80 - U_O/20)."""
    moved = replace(FIRST, unknown=np.array([[40.0]]), unknown_error=np.array([0.1]))
    assert phases_of(moved, ONE, ONE, 10).between.toarray()[1] == pytest.approx([4 / 80, -4 / 20])


def test_class_that_found_less_population_than_firms_leaves_nothing_out() -> None:
    short = replace(FIRST, population=np.array([18.0]), in_scope=np.array([14.0]), out_of_scope=np.array([4.0]))
    assert phases_of(short, ONE, ONE, 10).factor[1] == 0


def test_two_respondents_of_two_firms_have_a_factor() -> None:
    """99/100 ((2-1)/(2-1) - (2-1)/(100-1)) 2 2/(2 (2-1)) = 1.96."""
    pair = replace(
        FIRST,
        sampled=np.array([2]),
        resolved=np.array([2]),
        in_scope=np.array([100.0]),
        out_of_scope=np.array([0.0]),
        respondents=np.array([2]),
        outside=np.array([0]),
    )
    assert phases_of(pair, ONE, np.zeros(0, np.intp), 1).factor == pytest.approx([1.96])


def test_share_of_a_follow_up_moves_unknown_firms_alone() -> None:
    field = fieldwork({"A1": "RRnux"}, {"A1": 4.0})
    rule = EligibilityRule.FOLLOW_UP
    e = EligibleShare(label="all", e=0.5, se=0.1, resolved=4, unknown=1, rule=rule)
    nobody = np.zeros(5, np.intp)
    found = Eligibility(share=np.array([1, 1, 1, 0.5, 0]), class_of_row=nobody, classes=(e,))
    first = first_phase(field, rule, found, nobody, 1, np.array([3, 4]))
    assert (first.unknown.tolist(), first.unknown_error.tolist()) == ([[4.0]], [0.1])
    assert (first.in_scope.tolist(), first.out_of_scope.tolist(), first.resolved.tolist()) == ([14], [6], [5])
