"""The account of a wave: the e of the weights is that of the response rates, and likeness is said where it can be."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.weighting import StatedShare, Weighting
from survey.instrument.schema import Text
from survey.methods.collected import weigh
from survey.methods.extract import Coded
from survey.methods.tables.account import account_of
from survey.terms import Disposition
from survey.weighting_terms import EligibilityClass, EligibilityRule
from tests.methods.test_collected import collected

SILENT = dict.fromkeys((2, 3), Disposition.UNKNOWN_OTHER)
HALF = Weighting(
    eligibility=EligibilityRule.STATED,
    eligibility_by=EligibilityClass.ALL,
    stated=(StatedShare(share=0.5),),
    reason=Text(zh="登记", en="Register"),
)


def test_rates_take_the_e_of_the_weights() -> None:
    """12 of 24 answered and 2 are unknown: RR3 = 12 / (22 + 0.5 x 2); the unknown count 0.5 x 2 in the weights."""
    of_all = collected({}, SILENT)
    weighted = weigh(of_all, HALF)
    account = account_of(of_all, weighted)
    assert account.plain.rr3 == 12 / 23
    assert [(one.share.e, one.rates and one.rates.rr3) for one in account.classes] == [(0.5, 12 / 23)]
    assert weighted.extract.weight[:2].tolist() == [3.0, 3.0]


def test_likeness_is_not_said_where_everybody_answered() -> None:
    of_all = collected(dict.fromkeys(("C-large", "C-medium", "C-small", "I-large", "I-medium", "I-small"), 4))
    assert account_of(of_all, weigh(of_all)).likeness is None


def test_likeness_is_that_of_the_firms_in_scope() -> None:
    """12 of 24 answered and 2 were found out of scope: the mean propensity is 12 / 22."""
    of_all = collected({}, dict.fromkeys((2, 3), Disposition.NOT_ELIGIBLE))
    size = Coded(np.tile(np.repeat([0, 1, 2], 4), 2), ("large", "medium", "small"))
    of_all = replace(of_all, domains={"size": size})
    likeness = account_of(of_all, weigh(of_all)).likeness
    assert likeness is not None
    assert likeness.response == pytest.approx(12 / 22)
    assert [part.variable for part in likeness.variables] == ["size"]


def test_stated_share_of_a_class_that_is_not_named_is_that_of_every_other() -> None:
    of_all = collected({}, SILENT)
    shares = weigh(of_all, HALF).weights.eligibility.share
    assert np.unique(shares).tolist() == [0.5, 1.0]
