from dataclasses import dataclass

import pytest

from survey.algorithms import canonical_json
from survey.instrument.plan.weighting import Weighting
from survey.instrument.schema import Text
from survey.methods.collected import weigh
from survey.methods.tables.account import account_of
from survey.services.results.frozen_account import as_json, frozen_account
from survey.weighting_terms import EligibilityRule
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
