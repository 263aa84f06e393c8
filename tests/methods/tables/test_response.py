"""The response to a wave: plain and weighted, and of firms whose recorded outcome their answers contradict."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.tables.response import outcomes as outcomes_of
from survey.methods.tables.response import overall_response, response_table
from survey.methods.weights.merging import Places
from survey.terms import Disposition
from tests.methods.words import WORDS


def six_firms(*outcomes: Disposition, respondents: tuple[int, ...] = (0, 1)) -> Collected:
    """Three firms that stand for one each and three that stand for five; firms without an outcome refused."""
    codes = [*outcomes, *[Disposition.REFUSAL] * (6 - len(outcomes))]
    return Collected(
        strata=("a", "b"),
        places=Places(np.array([0, 0]), np.array([0, 1])),
        stratum=np.repeat([0, 1], 3),
        design_weight=np.repeat([1.0, 5.0], 3),
        disposition=np.array([code.value for code in codes], "U20"),
        domains={},
        respondents=np.array(respondents),
    )


def test_plain_rate_counts_firms() -> None:
    assert overall_response(six_firms()).rr1 == 2 / 6


def test_weighted_rate_counts_the_firms_for_which_each_stands() -> None:
    """Two that stand for one each of 3 + 15."""
    assert overall_response(six_firms(), weighted=True).rr1 == 2 / 18


def test_weighted_rate_is_higher_where_those_answered_who_stand_for_many() -> None:
    assert overall_response(six_firms(respondents=(4, 5)), weighted=True).rr1 == 10 / 18


def test_firm_that_answered_is_complete_whatever_its_outcome_says() -> None:
    rates = overall_response(six_firms(Disposition.NOT_ELIGIBLE, Disposition.REFUSAL))
    assert (rates.rr1, rates.cases[Disposition.COMPLETE], rates.cases[Disposition.NOT_ELIGIBLE]) == (2 / 6, 2, 0)


def test_firm_that_is_not_eligible_leaves_the_base() -> None:
    outcomes = [Disposition.COMPLETE, Disposition.COMPLETE, Disposition.NOT_ELIGIBLE]
    assert overall_response(six_firms(*outcomes)).rr1 == 2 / 5


def test_cells_of_the_table_have_the_rates_of_their_firms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small firms: two answered and one is not eligible; micro ones: one refused, one is unknown, one answered."""
    outcomes = [Disposition.COMPLETE, Disposition.COMPLETE, Disposition.NOT_ELIGIBLE, Disposition.REFUSAL]
    sizes = Coded(np.repeat([0, 1], 3), ("small", "micro"))
    firms = replace(
        six_firms(*outcomes, Disposition.NON_CONTACT, respondents=(0, 1, 5)),
        domains={"industry": Coded(np.zeros(6, np.intp), ("C",)), "size": sizes},
    )
    read: list[int] = []

    def counting(collected: Collected) -> np.ndarray:
        read.append(collected.sampled)
        return outcomes_of(collected)

    monkeypatch.setattr("survey.methods.tables.response.outcomes", counting)
    table = response_table(firms, WORDS)
    small, micro, both = (table.cell(*place) for place in (("C", "small"), ("C", "micro"), ("all", "all")))
    assert [(one.n, one.estimate, one.weighted_count) for one in (small, micro, both)] == [
        (3, 1.0, 2.0), (3, 1 / 3, 1.0), (6, 3 / 5, 3.0)
    ]  # fmt: skip
    assert response_table(firms, WORDS) == table
    # Once for all cells, and for the next filter.
    assert read == [6]


def test_stratum_from_which_nobody_in_scope_was_drawn_is_empty() -> None:
    """All three small firms turned out not to be eligible: no rate, and no number of firms."""
    outcomes = [Disposition.NOT_ELIGIBLE] * 3
    sizes = Coded(np.repeat([0, 1], 3), ("small", "micro"))
    firms = replace(
        six_firms(*outcomes, respondents=(4,)), domains={"industry": Coded(np.zeros(6, np.intp), ("C",)), "size": sizes}
    )
    table = response_table(firms, WORDS)
    assert (table.cell("C", "small").n, table.cell("C", "small").estimate) == (0, None)
    assert (table.cell("C", "micro").n, table.cell("C", "micro").estimate) == (3, 1 / 3)
