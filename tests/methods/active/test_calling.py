"""Whom to call next: two classes by hand, what comes first, chance within a class, and what follows of a call."""

from dataclasses import replace

import numpy as np
import pytest

from survey.casework_terms import CallReason
from survey.methods.active.calling import CallPlan, plan_calls
from survey.methods.active.classes import CallClasses, CallFirms, CallingRule
from survey.methods.errors import EmptyDomain, OutOfRange

BY_VARIANCE = CallingRule(size=4, at_random=0.0, imbalance=0.0, leaning=0.0)

# Class 0: 40 firms stand behind 4 of 8 drawn, class 1: 60 behind 2 of 12. Every other firm is silent.
CLASSES = CallClasses(
    labels=("few", "many"),
    stands_for=np.array([40.0, 60.0]),
    answered=np.array([4, 2]),
    spread=np.array([[1e-4], [1e-4]]),
    chance=np.array([0.5, 0.5]),
    minutes=np.array([6.0, 6.0]),
)


def _firms() -> CallFirms:
    klass = np.repeat([0, 1], [8, 12])
    answered = np.concatenate([np.arange(8) < 4, np.arange(12) < 2])
    return CallFirms(
        klass=klass,
        weight=np.full(20, 5.0),
        answered=answered,
        open=~answered,
        calls=np.zeros(20, int),
        number=np.linspace(0.99, 0.01, 20),
        own=np.full(20, 1e-4),
        frame={"size": klass},
    )


def _plan(firms: CallFirms | None = None, classes: CallClasses = CLASSES, rule: CallingRule = BY_VARIANCE) -> CallPlan:
    return plan_calls(firms or _firms(), classes, rule, np.random.default_rng(1))


def _rows(plan: CallPlan, reason: CallReason) -> list[int]:
    return [call.row for call in plan.calls if call.reason is reason]


def test_error_is_the_variance_that_is_left_in_the_classes() -> None:
    by_hand = np.sqrt(40**2 * (1 / 4 - 1 / 40) * 1e-4 + 60**2 * (1 / 2 - 1 / 60) * 1e-4)
    assert _plan().error == pytest.approx([by_hand])


def test_calls_go_to_the_class_in_which_an_answer_helps_most() -> None:
    # 60^2/(2 3) = 600 against 40^2/(4 5) = 80, and still 60^2/(3.5 4.5) = 229 after three calls.
    assert {_firms().klass[row] for row in _rows(_plan(), CallReason.CLASS)} == {1}


def test_expected_error_counts_half_an_answer_for_a_chance_of_one_half() -> None:
    by_hand = np.sqrt(40**2 * (1 / 4 - 1 / 40) * 1e-4 + 60**2 * (1 / 4 - 1 / 60) * 1e-4)
    plan = _plan()
    assert plan.expected == pytest.approx([by_hand])
    assert (plan.answers, plan.minutes) == (2.0, 24.0)


def test_class_that_takes_a_hundred_times_as_long_waits() -> None:
    slow = replace(CLASSES, minutes=np.array([6.0, 600.0]))
    assert {_firms().klass[row] for row in _rows(_plan(classes=slow), CallReason.CLASS)} == {0}


def test_within_a_class_the_random_number_decides_and_fewer_calls_come_first() -> None:
    firms = _firms()
    assert _rows(_plan(firms), CallReason.CLASS) == [19, 18, 17, 16]
    again = replace(firms, calls=np.where(np.arange(20) >= 17, 1, 0))
    assert _rows(_plan(again), CallReason.CLASS) == [16, 15, 14, 13]


def test_certain_firm_that_carries_much_comes_first_and_waits_after_three_calls() -> None:
    firms = _firms()
    alone = np.arange(20) == 5
    big = replace(firms, weight=np.where(alone, 1.0, 5.0), own=np.where(alone, 0.5, 1e-4))
    assert _plan(big).calls[0].row == 5
    assert _rows(_plan(big), CallReason.DOMINANT) == [5]
    assert _rows(_plan(replace(big, calls=np.where(alone, 3, 0))), CallReason.DOMINANT) == []


def test_every_certain_firm_comes_first_where_the_rule_says_so() -> None:
    firms = replace(_firms(), weight=np.where(np.arange(20) < 6, 1.0, 5.0))
    assert _rows(_plan(firms), CallReason.DOMINANT) == []
    assert _rows(_plan(firms, rule=replace(BY_VARIANCE, dominance=0.0)), CallReason.DOMINANT) == [5, 4]


def test_a_tenth_is_drawn_at_random_of_all_that_may_be_called() -> None:
    plan = _plan(rule=replace(BY_VARIANCE, size=10, at_random=0.1))
    assert (len(plan.calls), len(_rows(plan, CallReason.RANDOM))) == (10, 1)
    # The seed decides alone.
    assert plan.calls == _plan(rule=replace(BY_VARIANCE, size=10, at_random=0.1)).calls


def test_nobody_is_called_twice_on_a_list_nor_who_answered() -> None:
    plan = _plan(rule=replace(BY_VARIANCE, size=50, at_random=0.2))
    rows = [call.row for call in plan.calls]
    assert sorted(rows) == np.flatnonzero(_firms().open).tolist()


def test_imbalance_leads_to_the_category_that_answers_less() -> None:
    # Spread makes both classes alike; of class 0 half answered, of class 1 a sixth.
    even = replace(CLASSES, stands_for=np.array([40.0, 40.0]), answered=np.array([4, 4]))
    plan = _plan(classes=even, rule=replace(BY_VARIANCE, imbalance=0.5))
    assert {_firms().klass[row] for row in _rows(plan, CallReason.CLASS)} == {1}
    assert plan.expected[0] < plan.error[0]


def _class_of_one_call(answered: tuple[int, int], rule: CallingRule) -> int:
    """Where a list of one call goes; firms of class 0 weigh twice as much, 40 of 80 and 10 of 60 answered by weight."""
    firms = replace(_firms(), weight=np.repeat([10.0, 5.0], [8, 12]))
    plan = _plan(firms, replace(CLASSES, answered=np.array(answered)), replace(rule, size=1))
    return int(firms.klass[plan.calls[0].row])


@pytest.mark.parametrize(("leaning", "klass"), [(0.72, 1), (0.745, 0)])
def test_leaning_outweighs_the_variance_from_where_both_gain_the_same(leaning: float, klass: int) -> None:
    # By variance 53.3 and 300; by leaning 10,000 * 2 w/140 * l^2 (1 - 50/140), and so 246.7 = 100,000 l^2 * 90/140^2.
    assert _class_of_one_call((5, 3), replace(BY_VARIANCE, leaning=leaning)) == klass


@pytest.mark.parametrize(("imbalance", "klass"), [(0.51, 0), (0.525, 1)])
def test_imbalance_outweighs_the_variance_from_where_both_gain_the_same(imbalance: float, klass: int) -> None:
    # By variance 800 and 85.7; of rho = 50/140 the classes lie 1/7 above and 4/21 below, so that
    # 714.3 = 10,000 * 2/140 * (k/rho)^2 (5 * 4/21 + 10 * 1/7), k = 0.5175.
    assert _class_of_one_call((1, 6), replace(BY_VARIANCE, imbalance=imbalance)) == klass


def test_nobody_to_call_is_said() -> None:
    with pytest.raises(EmptyDomain, match="No firm may be called"):
        _plan(replace(_firms(), open=np.zeros(20, bool)))


def test_rule_outside_its_range_is_refused() -> None:
    with pytest.raises(OutOfRange, match="part between 0 and 1"):
        CallingRule(at_random=1.5)
