"""The spine, worked by hand for a survey of seven firms in two strata."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.instrument.plan.plan import Threshold
from survey.methods.collected import Collected, weigh
from survey.methods.errors import DuplicateUnit, EmptyDomain
from survey.methods.extract import Coded
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.domain import domain_of
from survey.methods.weights.merging import Places
from survey.methods.weights.weighting import Merge
from tests.methods.words import WORDS, tables

STEPS = tuple("12345")
LABELS = (*STEPS, "not_applicable")
# Stratum C-small: 8 firms, 4 drawn, 2 answered: weights 2 x 2. Stratum C-micro: 6 firms, 3 drawn, all answered.
STRATUM = [0, 0, 0, 0, 1, 1, 1]
ANSWERED = [0, 1, 4, 5, 6]
FIRST = ["5", "1", "4", "4", "2"]
SECOND = ["5", "5", "not_applicable", "1", "1"]
EVERYTHING_SHOWN = Parameters(DisclosureRule(threshold=1, show_unreliable=True))


def coded(codes: Any, labels: Any = LABELS) -> Coded:
    return Coded(np.array([labels.index(code) for code in codes]), labels)


def seven_firms(respondents: Any = (0, 1, 2, 3, 4)) -> Collected:
    rows = [ANSWERED[k] for k in respondents]
    complete = ["complete" if row in rows else "refusal" for row in range(7)]
    return Collected(
        strata=("C-small", "C-micro"),
        places=Places(np.array([0, 0]), np.array([0, 1])),
        stratum=np.array(STRATUM),
        design_weight=np.full(7, 2.0),
        disposition=np.array(complete, dtype="U20"),
        domains={
            "industry": coded(["C"] * 7, ("C",)),
            "size": coded([["small", "micro"][s] for s in STRATUM], ("small", "micro")),
        },
        respondents=np.array(rows),
        items={
            "B1": coded([FIRST[k] for k in respondents]),
            "B2": coded([SECOND[k] for k in respondents]),
        },
    )


def test_firm_that_responded_twice_is_named() -> None:
    with pytest.raises(DuplicateUnit, match="row 1 responded twice"):
        seven_firms((0, 1, 1, 2))


def test_firms_that_answered_stand_for_their_stratum() -> None:
    assert weigh(seven_firms()).extract.weight.tolist() == [4, 4, 2, 2, 2]


def test_small_stratum_is_merged_and_reported() -> None:
    weighted = weigh(seven_firms(respondents=(0, 2, 3, 4)))
    assert weighted.weights.merges == (Merge(code="C-small", into="C-micro", respondents=1),)
    assert weighted.extract.weight.tolist() == [3.5] * 4


def with_third_out_of_scope(collected: Collected) -> Collected:
    outcomes = [*collected.disposition[:2], "not_eligible", *collected.disposition[3:]]
    return replace(collected, disposition=np.array(outcomes))


def test_firms_that_are_not_eligible_stand_for_nobody_who_is() -> None:
    collected = with_third_out_of_scope(seven_firms())
    assert weigh(collected).extract.weight.tolist() == [3, 3, 2, 2, 2, 2]


def test_firms_that_are_not_eligible_are_in_no_n_and_no_share() -> None:
    """(3 + 2 + 2) / 12: the row of the firm out of scope counts nowhere."""
    collected = with_third_out_of_scope(seven_firms())
    table = produce(prepare(collected, WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "ranking"))["ranking"]
    assert (table.base.n, table.cell("B1", "4+5").n) == (5, 5)
    assert table.cell("B1", "4+5").estimate == pytest.approx(7 / 12)


def test_fewer_than_two_answers_are_refused() -> None:
    with pytest.raises(EmptyDomain):
        weigh(seven_firms(respondents=(0,)))


def test_share_and_standard_error_by_hand() -> None:
    """(4 + 2 + 2) / 14; V = (8^2 x 3/4 x 1/2 / 2 + 6^2 x 1/2 x 1/3 / 3) / 14^2 = 14 / 196."""
    made = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "ranking"))
    cell = made["ranking"].cell("B1", "4+5")
    assert cell.estimate == pytest.approx(8 / 14)
    assert cell.se == pytest.approx(np.sqrt(14 / 196))
    assert cell.n == 5


def test_ranking_is_by_the_share_of_those_to_whom_it_applies() -> None:
    """Second: (4 + 4) of the weights 12 without the firm that says "does not apply"."""
    table = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "ranking"))["ranking"]
    assert table.rows.codes == ("B2", "B1")
    assert [cell.rank for _, _, cell in table.walk()] == [1, 2]
    assert table.cell("B2", "4+5").estimate == pytest.approx(8 / 12)


def test_core_theme_counts_firms_with_at_least_one_serious_pain_point() -> None:
    """All but the firm that answered 2 and 1: weights 4 + 4 + 2 + 2 of 14."""
    table = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "core"))["core"]
    assert table.cell("core_theme", "all").estimate == pytest.approx(12 / 14)


def test_filter_keeps_the_firms_of_the_group_only() -> None:
    prepared = prepare(seven_firms(), WORDS, EVERYTHING_SHOWN)
    table = produce(prepared, WORDS, tables(WORDS, "ranking"), domain_of(size="micro"))["ranking"]
    assert table.base.n == 3
    assert table.cell("B1", "4+5").estimate == pytest.approx(2 / 3)


def test_group_under_no_filter_equals_the_group_as_filter() -> None:
    prepared = prepare(seven_firms(), WORDS, EVERYTHING_SHOWN)
    by_size = produce(prepared, WORDS, tables(WORDS, "severity_by_size"))["severity_by_size"]
    alone = produce(prepared, WORDS, tables(WORDS, "ranking"), domain_of(size="micro"))["ranking"]
    assert by_size.cell("B1", "micro").estimate == alone.cell("B1", "4+5").estimate
    assert by_size.cell("B1", "micro").se == pytest.approx(alone.cell("B1", "4+5").se)


def test_steps_add_up_to_one() -> None:
    table = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "distribution"))[
        "distribution"
    ]
    assert [sum(cell.estimate for cell in row) for row in table.cells] == pytest.approx([1, 1])  # type: ignore[misc]


def test_response_is_counted_by_stratum() -> None:
    response = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, [])["response"]
    assert response.cell("all", "all").estimate == pytest.approx(5 / 7)
    assert (response.cell("C", "small").n, response.cell("C", "small").estimate) == (4, 0.5)


def test_few_firms_are_withheld_by_default_and_get_no_rank() -> None:
    table = produce(prepare(seven_firms(), WORDS), WORDS, tables(WORDS, "ranking"))["ranking"]
    assert {(cell.status.value, cell.estimate, cell.n, cell.rank) for _, _, cell in table.walk()} == {
        ("primary", None, None, None)
    }


def test_order_of_withheld_rows_tells_nothing() -> None:
    table = produce(prepare(seven_firms(), WORDS), WORDS, tables(WORDS, "ranking"))["ranking"]
    assert table.rows.codes == ("B1", "B2")


def test_publication_leaves_unreliable_figures_blank() -> None:
    parameters = Parameters(DisclosureRule(threshold=1, show_unreliable=True)).for_publication()
    table = produce(prepare(seven_firms(), WORDS, parameters), WORDS, tables(WORDS, "ranking"))["ranking"]
    assert [(cell.status.value, cell.estimate) for _, _, cell in table.walk()] == [("unreliable", None)] * 2


def test_figures_by_group_that_nothing_is_significantly_above_lead() -> None:
    """Five answers tell no figure of a group from the largest; that of all firms is not compared."""
    made = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS, "severity_by_size"))
    leads = {(row.code, column.code): cell.leads for row, column, cell in made["severity_by_size"].walk()}
    largest = max((cell.estimate or 0.0, row.code, column.code) for row, column, cell in
                  made["severity_by_size"].walk() if column.domain)  # fmt: skip
    assert leads[largest[1:]]
    assert not any(is_leading for (_row, column), is_leading in leads.items() if column == "all")


def test_withheld_figures_lead_nothing() -> None:
    made = produce(prepare(seven_firms(), WORDS), WORDS, tables(WORDS))
    assert not any(cell.leads for table in made.values() for _row, _column, cell in table.walk() if cell.is_withheld)


def test_wave_under_a_filter_is_kept_for_what_is_made_next() -> None:
    prepared = prepare(seven_firms(), WORDS)
    filter_ = prepared.under(())
    assert replace(prepared, effects={}).under(()) is filter_
    prepared.under((("size", "large"),))
    assert len(prepared.filters) == 1


def test_working_figures_show_what_is_too_unreliable_to_publish() -> None:
    threshold = Threshold(firms=12)
    rule = Parameters.of_plan(threshold).protection
    assert (rule.threshold, rule.show_unreliable) == (12, True)
    assert Parameters.of_plan(threshold).for_publication().protection == replace(rule, show_unreliable=False)
