from dataclasses import dataclass, replace

import numpy as np
import pytest

from survey.algorithms import canonical_json
from survey.instrument.plan.weighting import Weighting
from survey.instrument.schema import Text
from survey.methods.collected import weigh
from survey.methods.errors import MethodsError, MissingValue
from survey.methods.imputation.filled import Filled
from survey.methods.tables.account import account_of
from survey.methods.weights.final import CalibrationReport
from survey.methods.weights.numbers import PreparedNumber
from survey.services.results.frozen_account import as_json, frozen_account
from survey.weighting_terms import EligibilityRule, FillingRule
from tests.methods.test_collected import collected


@dataclass(frozen=True, slots=True)
class Frozen:
    rule: EligibilityRule
    share: float


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Frozen(EligibilityRule.STATED, 2 / 3), {"rule": "stated", "share": 0.6666666667}),
        (Text("理由", "reason"), {"zh": "理由", "en": "reason"}),
        ({EligibilityRule.STATED: (1, True, None)}, {"stated": [1, True, None]}),
        ([float("nan"), float("inf"), 3e-17, -3e-17, 1199.99999999999], [None, None, 0.0, 0.0, 1200.0]),
    ],
)
def test_value_is_written_as_json_that_no_machine_changes(value: object, written: object) -> None:
    assert canonical_json(as_json(value)) == canonical_json(written)


def test_reason_of_a_stated_share_is_part_of_the_account() -> None:
    answers = collected({})
    weighted = weigh(answers)
    written = [
        frozen_account(account_of(answers, weighted), weighted, Weighting(reason=Text(reason, "")))
        for reason in ("去年", "今年")
    ]
    assert [one["plan"].pop("reason") for one in written] == [Text("去年", "").to_dict(), Text("今年", "").to_dict()]
    assert written[0] == written[1]


def test_wave_without_calibration_says_so() -> None:
    answers = collected({})
    weighted = weigh(answers)
    frozen = frozen_account(account_of(answers, weighted), weighted, Weighting())
    assert (frozen["calibration"] is None) == (weighted.weights.report is None)


def test_calibration_that_could_not_be_made_says_why_and_one_that_was_says_nothing() -> None:
    answers = collected({})
    weighted = weigh(answers)
    account = account_of(answers, weighted)

    def written(problem: MethodsError | None) -> object:
        report = CalibrationReport(
            method="raking", smallest=1.0, largest=1.0, worst="", distance=0.0, below_one=0, joined=(), frame=(),
            problem=problem,
        )  # fmt: skip
        told = replace(weighted, weights=replace(weighted.weights, report=report))
        return frozen_account(account, told, Weighting())["calibration"]["problem"]

    problem = MissingValue("row 3", "A weight is missing.", "Give it.")
    assert written(None) is None
    assert written(problem) == {"code": "missing_value", "value": "row 3", "message": problem.complaint.message()}


def test_numbers_that_were_filled_are_counted() -> None:
    answers = collected({})
    weighted = weigh(answers)
    value, nowhere = np.array([1.0, 2.0, np.nan]), np.zeros(3, int)
    filled = Filled(
        method=FillingRule.NEAREST, value=value, filled=np.array([False, True, False]), donor=nowhere, klass=nowhere,
        size=np.ones(3), spread=np.zeros(3), uses=nowhere,
    )  # fmt: skip
    numbers = {"bill": PreparedNumber(value=value, filled=filled), "ratio": PreparedNumber(value=value)}
    frozen = frozen_account(account_of(answers, weighted), replace(weighted, numbers=numbers), Weighting())
    assert {item: one["filled"] for item, one in frozen["numbers"].items()} == {"bill": 1, "ratio": 0}


def test_limits_that_a_plan_does_not_set_are_no_part_of_an_account_of_before() -> None:
    answers = collected({})
    weighted = weigh(answers)
    before, now = (
        frozen_account(account_of(answers, weighted), weighted, one)["plan"]
        for one in (Weighting(), Weighting(least_answers=10, largest_weight=4.0))
    )
    assert {"least_answers", "largest_factor", "largest_weight"} & before.keys() == set()
    assert {name: now[name] for name in now.keys() - before.keys()} == {"least_answers": 10, "largest_weight": 4.0}
