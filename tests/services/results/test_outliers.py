"""A decision about an influential value has a reason, and a cut-off where the value is weighed down."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.models import Case, OutlierDecision, StaffAction
from survey.services.results.outliers import OutlierRefusedError, decide_outlier
from survey.weighting_terms import OutlierChoice
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return User.objects.create(username="analyst")


def decide(case: Case, author: User, **given: Any) -> OutlierDecision:
    usual: dict[str, Any] = {"choice": OutlierChoice.WEIGH_DOWN, "cutoff": 90.0, "reason": " One plant of many. "}
    return decide_outlier(case=case, item="bill", author=author, **{**usual, **given})


def test_decision_is_stored_with_its_reason_and_written_down(case: Case, author: User) -> None:
    made = decide(case, author)
    assert (made.cutoff, made.reason, made.author) == (90.0, "One plant of many.", author)
    assert StaffAction.objects.get(verb="decide_outlier").detail == {"item": "bill", "choice": "weigh_down"}


def test_value_that_is_kept_has_no_cutoff(case: Case, author: User) -> None:
    assert decide(case, author, choice=OutlierChoice.KEEP).cutoff is None


@pytest.mark.parametrize("given", [{"reason": "  "}, {"cutoff": None}])
def test_decision_without_reason_or_cutoff_is_refused(case: Case, author: User, given: dict[str, Any]) -> None:
    with pytest.raises(OutlierRefusedError):
        decide(case, author, **given)
    assert not OutlierDecision.objects.exists()


def test_decision_stands_in_the_chain_and_in_the_history_or_not_at_all(case: Case, author: User) -> None:
    assert half_written(lambda: decide(case, author)) == []
