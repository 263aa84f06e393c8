"""What the parts of an extract share comes back from its JSON as it was."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from survey.exchange.partitions.description import shell_document, shell_of, statistic_document, statistic_of
from survey.methods.estimates.phases import Phases
from survey.methods.estimates.statistics import NumericStatistic
from survey.methods.extract import Coded, Extract
from tests.methods.scale_statistics import likert_mean


def shell(**more: Any) -> Extract:
    none = np.zeros(0, np.int16)
    given: dict[str, Any] = {
        "stratum": np.zeros(0, np.intp),
        "strata": ("C-大", "I-small"),
        "weight": np.zeros(0),
        "population": np.array([12.0, 1 / 3]),
        "items": {"q": Coded(none, ("1", "2"))},
        "values": {"staff": np.zeros(0)},
        "domains": {"size": Coded(none, ("large", "small"))},
    }
    return Extract(**{**given, **more})


def through_json(document: Any) -> Any:
    return json.loads(json.dumps(document))


def test_shell_comes_back_with_every_digit() -> None:
    made = shell_of(through_json(shell_document(shell())))
    assert (made.strata, made.items["q"].labels, made.domains["size"].labels) == (
        ("C-大", "I-small"), ("1", "2"), ("large", "small"),
    )  # fmt: skip
    assert made.population is not None
    assert (made.population.tolist(), list(made.values), made.calibration, made.phases) == (
        [12.0, 1 / 3], ["staff"], None, None,
    )  # fmt: skip


def test_shell_without_population_has_none_afterwards() -> None:
    assert shell_of(through_json(shell_document(shell(population=None)))).population is None


def test_phases_come_back_with_what_lies_between_them() -> None:
    between = np.array([[2.0, -1.0], [-1.0, 0.5]])
    phases = Phases(factor=np.array([1.5, 2.25]), between=sparse.csr_array(between), df=7)
    made = shell_of(through_json(shell_document(shell(phases=phases)))).phases
    assert made is not None
    assert (made.factor.tolist(), made.between.toarray().tolist(), made.df) == ([1.5, 2.25], between.tolist(), 7)


@pytest.mark.parametrize(
    "statistic",
    [
        NumericStatistic(item="staff", name="total", total=True),
        NumericStatistic(item="staff", name="ratio", denominator="revenue"),
    ],
)
def test_statistic_of_numbers_comes_back(statistic: NumericStatistic) -> None:
    assert statistic_of(through_json(statistic_document(statistic))) == statistic


def test_statistic_of_codes_asks_for_the_same() -> None:
    statistic = likert_mean("q", ("1", "2"))
    made = through_json(statistic_document(statistic))
    assert statistic_document(statistic_of(made)) == statistic_document(statistic)


def test_document_that_lacks_a_part_is_no_shell() -> None:
    document = shell_document(shell())
    del document["strata"]
    with pytest.raises(KeyError):
        shell_of(document)
