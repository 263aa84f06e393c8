"""svy, an independent implementation, agrees where it has the same estimator (golden data, development only)."""

from typing import Any

import pytest

from survey.methods.estimates import estimation
from tests.methods.golden.data import Data, load
from tests.methods.made_design import make_design

svy = pytest.importorskip("svy")
polars = pytest.importorskip("polars")

FILE = "apistrat.csv"
FIELDS = {"estimate": "est", "se": "se", "cv": "cv", "ci_low": "lci", "ci_high": "uci"}


@pytest.fixture(scope="module")
def data() -> Data:
    return load(FILE)


@pytest.fixture(scope="module")
def design(data: Data) -> Any:
    return make_design(data.numbers("pw"), data.text("stype"), data.numbers("fpc"))


@pytest.fixture(scope="module")
def sample(data: Data) -> Any:
    numbers = ["pw", "fpc", "api00", "enroll", "api_stu", "b_awards", "q1_top2"]
    columns = {name: data.numbers(name) for name in numbers}
    columns |= {name: data.text(name) for name in ["stype", "awards", "q1"]}
    return svy.Sample(polars.DataFrame(columns), svy.Design(stratum="stype", wgt="pw", pop_size="fpc"))


def assert_agrees(mine: Any, theirs: Any, fields: Any = tuple(FIELDS)) -> None:
    for field in fields:
        assert getattr(mine, field) == pytest.approx(getattr(theirs, FIELDS[field]), rel=1e-9), field


def test_mean_agrees(design: Any, sample: Any, data: Data) -> None:
    theirs = sample.estimation.mean("api00").estimates[0]
    assert_agrees(estimation.mean(design, data.numbers("api00")), theirs)


def test_total_and_design_effect_agree(design: Any, sample: Any, data: Data) -> None:
    theirs = sample.estimation.total("enroll", deff="wor").estimates[0]
    mine = estimation.total(design, data.numbers("enroll"))
    assert_agrees(mine, theirs)
    assert mine.deff == pytest.approx(theirs.deff, rel=1e-9)


def test_ratio_agrees(design: Any, sample: Any, data: Data) -> None:
    theirs = sample.estimation.ratio("api_stu", "enroll").estimates[0]
    assert_agrees(estimation.ratio(design, data.numbers("api_stu"), data.numbers("enroll")), theirs)


@pytest.mark.parametrize("value", ["No", "Yes"])
def test_domain_mean_agrees_but_for_its_degrees_of_freedom(design: Any, sample: Any, data: Data, value: Any) -> None:
    theirs = {row.by_level[0]: row for row in sample.estimation.mean("api00", by="awards").estimates}[value]
    mine = estimation.mean(design, data.numbers("api00"), data.text("awards") == value)
    assert_agrees(mine, theirs, ("estimate", "se", "cv"))
    assert mine.n == theirs.n
    assert mine.df_domain == theirs.df


@pytest.mark.parametrize(("mine", "theirs"), [("logit", "logit"), ("beta", "korn-graubard"), ("wilson", "wilson")])
def test_share_agrees(design: Any, sample: Any, data: Data, mine: Any, theirs: Any) -> None:
    rows = sample.estimation.prop("b_awards", ci_method=theirs).estimates
    row = next(row for row in rows if row.y_level == 1)
    assert_agrees(estimation.share(design, data.numbers("b_awards"), interval=mine), row, ("estimate", "se", "cv"))
    found = estimation.share(design, data.numbers("b_awards"), interval=mine)
    assert (found.ci_low, found.ci_high) == pytest.approx((row.lci, row.uci), rel=2e-3)
