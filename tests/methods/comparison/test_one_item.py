"""Options of one item have the covariance of their firms, though no firm is read."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.comparison.joint import domain_mask, joint_estimates
from survey.methods.comparison.one_item import is_of_one_item
from survey.methods.estimates.linearisation import linear_mean
from survey.methods.estimates.skipping import coded_answering, skipping_covariance
from survey.methods.estimates.statistics import share_of
from survey.methods.extract import Coded
from survey.methods.moments.index import points_of_rows
from survey.terms import Missing
from tests.methods.joint_covariance import joint_covariance
from tests.methods.surveys import SCALE, random_extract

SHARES = [share_of("q0", [code], SCALE, code) for code in SCALE]


@pytest.mark.parametrize("survey", [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}])
@pytest.mark.parametrize("domain", [("industry", "a"), ("size", "s")])
def test_options_have_the_covariance_of_their_firms(survey: dict[str, Any], domain: tuple[str, str]) -> None:
    extract = random_extract(**survey)
    asked = extract.items["q0"]
    labels = tuple(Missing.DONT_KNOW.value if label not in SCALE else label for label in asked.labels)
    items = {**extract.items, "q0": Coded(asked.codes, labels)}
    extract = replace(extract, items=items, skipped={"q0": asked.codes == -1})
    mask = domain_mask(extract, domain)
    linears = [linear_mean(extract.design, points_of_rows(extract, one), mask) for one in SHARES]
    figures = [coded_answering(extract, one, each.score, mask) for one, each in zip(SHARES, linears, strict=True)]
    added = skipping_covariance(extract.weight, extract.stratum, figures)
    assert added.any()
    found = joint_estimates(extract, SHARES, domain)
    np.testing.assert_allclose(
        found.covariance, joint_covariance(extract.design, linears) + added, rtol=1e-9, atol=1e-15
    )


def test_shares_among_other_answers_or_of_another_item_are_not_of_one() -> None:
    assert is_of_one_item(SHARES)
    assert not is_of_one_item([*SHARES, share_of("q0", ["1"], ["1", "2"])])
    assert not is_of_one_item([*SHARES, share_of("q1", ["1"], SCALE)])
