"""The notes on method of a release: what a plan does so that few answers do not stand for many."""

from dataclasses import replace

import pytest

from survey.exchange.release.method import method_notes
from survey.instrument.plan.weighting import Weighting
from survey.methods.protection.disclosure import DisclosureRule
from tests.methods.words import WORDS


def notes(**chosen: object) -> dict[str, str]:
    plan = replace(WORDS.plan, weighting=Weighting(**chosen))  # type: ignore[arg-type]
    return dict(method_notes(replace(WORDS, plan=plan), DisclosureRule(), (), weighed_down=False))


@pytest.mark.usefixtures("english")
def test_plan_without_limits_of_weights_says_nothing_of_them() -> None:
    assert "Limits of weights" not in notes()


@pytest.mark.usefixtures("english")
def test_limits_of_weights_are_told_as_the_plan_sets_them() -> None:
    limits = notes(least_answers=10, largest_factor=2.0, largest_weight=3.5)["Limits of weights"]
    assert limits.startswith("A stratum with fewer than 10 answers is put together")
    assert "more than 2 times that of all strata together. No answer counts more than 3.5 times" in limits
    assert notes(largest_weight=4.0)["Limits of weights"].startswith("No answer counts more than 4 times")
