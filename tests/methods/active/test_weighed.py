"""Classes and firms of a list from the weights of a small wave."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.active.weighed import MINUTES, Contacts, calls_from, homes
from survey.methods.extract import Coded
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.merging import Places
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.methods.weights.weighting import Merge

# Three strata of one size: 4 of 12, 4 of 20 and 2 of 4 firms drawn; the last one has a single answer and joins.
STRATUM = np.repeat([0, 1, 2], [4, 4, 2])
OUTCOME = np.array(["complete"] * 2 + ["non_contact", "not_eligible"] + ["complete"] * 3 + ["refusal", "complete", "refusal"])  # fmt: skip
FIELDWORK = Fieldwork(
    strata=("A", "B", "C"),
    places=Places(np.array([0, 1, 2]), np.array([0, 0, 0])),
    stratum=STRATUM,
    design_weight=np.repeat([3.0, 5.0, 2.0], [4, 4, 2]),
    disposition=OUTCOME,
    respondents=np.flatnonzero(OUTCOME == "complete"),
)
CONTACTS = Contacts(
    open=OUTCOME == "non_contact",
    calls=np.array([0, 2, 1, 0, 0, 0, 0, 0, 0, 0]),
    number=np.linspace(0, 0.9, 10),
    minutes=np.array([6.0, 6.0, 6.0]),
    caller=np.array([1, 1, 2]),
)


def test_strata_that_were_merged_are_one_class() -> None:
    assert homes(("A", "B", "C"), [Merge(code="C", into="B", respondents=1)]).tolist() == [0, 1, 1]


def test_classes_stand_for_what_their_answers_weigh() -> None:
    weights = weigh_as(FIELDWORK, WeightingPlan())
    scores = np.zeros((len(weights.rows), 1))
    firms, classes, rows = calls_from(FIELDWORK, weights, scores, CONTACTS)
    assert (classes.labels, classes.answered.tolist()) == (("A", "B"), [2, 4])
    assert classes.stands_for == pytest.approx([9.0, 24.0])
    # The firm out of scope is none of those that may be called or stood for.
    assert rows.tolist() == [0, 1, 2, 4, 5, 6, 7, 8, 9]
    assert (firms.klass.tolist(), np.flatnonzero(firms.open).tolist()) == ([0] * 3 + [1] * 6, [2])
    assert classes.minutes == pytest.approx([MINUTES, MINUTES])


def test_chance_is_learned_from_firms_that_were_called() -> None:
    weights = weigh_as(FIELDWORK, WeightingPlan())
    _, classes, _ = calls_from(FIELDWORK, weights, np.zeros((len(weights.rows), 1)), CONTACTS)
    overall = (1 + 1) / (3 + 3)
    assert classes.chance == pytest.approx([(1 + 10 * overall) / 13] * 2)


def test_spread_without_calibration_is_that_about_the_class() -> None:
    weights = weigh_as(FIELDWORK, WeightingPlan())
    scores = np.zeros((len(weights.rows), 1))
    scores[:2, 0] = 5.0, 7.0  # class A: one to either side of 6; all others are alike
    firms, classes, _ = calls_from(FIELDWORK, weights, scores, CONTACTS)
    # Each lies 1 from the mean that the two gave themselves, and so counts 2/(2 - 1) times.
    everybody = 2 * 2 / 6
    assert classes.spread[:, 0] == pytest.approx([(2 * 2 + 8 * everybody) / 10, 8 * everybody / 12])
    assert firms.own == pytest.approx(everybody * (1 + 1 / np.array([2] * 3 + [4] * 6)))


def test_class_that_lies_off_the_line_of_calibration_has_no_spread_by_that() -> None:
    size = {"size": Coded(np.zeros(10, np.int8), ("small",))}
    known = FrameTotals(counts={"size": {"small": 36}}, totals={})
    weights = weigh_as(replace(FIELDWORK, categories=size, frame=known), WeightingPlan())
    assert weights.calibration is not None
    scores = np.zeros((len(weights.rows), 1))
    scores[:2, 0] = 5.0  # both answers of class A
    assert np.abs(weights.calibration.residual(scores)[: weights.respondents]).max() > 1
    _, classes, _ = calls_from(FIELDWORK, weights, scores, CONTACTS)
    assert classes.spread == pytest.approx(np.zeros((2, 1)))


def test_what_calibration_explains_within_a_class_is_no_spread() -> None:
    employees = np.array([4.0, 5.0, 3.0, 2.0, 7.0, 8.0, 6.0, 5.0, 9.0, 8.0])
    size = {"size": Coded(np.zeros(10, np.int8), ("small",))}
    known = FrameTotals(counts={"size": {"small": 36}}, totals={"employees": 230.0})
    wave = replace(FIELDWORK, categories=size, numbers={"employees": employees}, frame=known)
    weights = weigh_as(wave, WeightingPlan())
    assert weights.calibration is not None
    scores = employees[weights.rows][:, None]
    _, classes, _ = calls_from(wave, weights, scores, CONTACTS)
    assert classes.spread == pytest.approx(np.zeros((2, 1)), abs=1e-12)


def test_only_answer_of_a_take_all_stratum_lies_nowhere_but_at_its_own_mean() -> None:
    alone = replace(
        FIELDWORK,
        design_weight=np.repeat([3.0, 5.0, 1.0], [4, 4, 2]),
        disposition=np.array([*OUTCOME[:9], "not_eligible"]),
    )
    weights = weigh_as(alone, WeightingPlan())
    scores = np.zeros((len(weights.rows), 1))
    scores[weights.rows == 8, 0] = 10.0
    _, classes, _ = calls_from(alone, weights, scores, CONTACTS)
    assert (classes.labels, classes.answered.tolist()) == (("A", "B", "C"), [2, 3, 1])
    assert classes.spread[:, 0].tolist() == [0, 0, 0]
