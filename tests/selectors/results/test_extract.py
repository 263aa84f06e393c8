"""The extract holds the corrected answers of the responses that count, and follows every change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from survey.methods.collected import Collected
from survey.methods.errors import UnknownStatus
from survey.models import Correction, Response, SamplingFrame, Wave
from survey.selectors.results.extract import (
    collected_of,
    extract_digest,
    read_collected,
    renamed,
    stated_documents,
)
from survey.terms import ResponseStatus, ValueState
from tests.answered import ITEMS, answer, answered_wave, in_another_version, sampled_wave

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return answered_wave(wave, frame, firms=60, sample=30, answers=8)


def code_of(collected: Collected, item: str) -> list[str | None]:
    column = collected.items[item]
    return [column.labels[code] if code >= 0 else None for code in column.codes.tolist()]


def test_coded_answers_are_indices_into_their_labels(answered: Any) -> None:
    collected = read_collected(answered)
    assert code_of(collected, "B4_severity") == ["2", "5", "5", "5", "2", "5", "5", "5"]
    assert code_of(collected, "B1_severity") == ["not_applicable", "2", "3", "4", "5", "1", "2", "not_applicable"]


def test_multiple_choice_is_a_column_of_0_and_1_for_each_option(answered: Any) -> None:
    collected = read_collected(answered)
    assert code_of(collected, "B4_protocols__opcua") == ["1", "0", "1", "0", "1", "0", "1", "0"]
    assert code_of(collected, "H_demands__pilots") == ["1", "0", "0", "1", "0", "0", "1", "0"]


def test_numbers_are_floats(answered: Any) -> None:
    assert read_collected(answered).values["E2_energy_ratio"].tolist() == [5, 6, 7, 8, 5, 6, 7, 8]


def test_every_sampled_firm_is_there_with_its_stratum_and_weight(answered: Any) -> None:
    collected = read_collected(answered)
    assert (collected.sampled, collected.answered) == (30, 8)
    assert collected.design_weight.sum() == pytest.approx(60)
    assert set(collected.domains) == {"industry", "size", "district"}


def test_frame_gives_its_counts_and_totals(answered: Any) -> None:
    """Sixty firms over two industries and four sizes in turn, with their employees and revenue."""
    frame = read_collected(answered).frame
    units = answered.sample.frame.units.all()
    assert frame is not None
    assert frame.counts["industry"] == {"C": 30.0, "I": 30.0}
    assert sum(frame.counts["size"].values()) == 60.0
    assert frame.totals == {
        "employees": float(sum(unit.employees for unit in units)),
        "revenue": pytest.approx(sum(unit.revenue for unit in units)),
    }


def test_firms_drawn_for_a_follow_up_are_known(answered: Any) -> None:
    assert read_collected(answered).followed_up is None
    case = answered.cases.order_by("id")[3]
    answered.cases.filter(pk=case.pk).update(is_followed_up=True)
    followed_up = read_collected(answered).followed_up
    assert followed_up is not None
    assert np.flatnonzero(followed_up).tolist() == [3]


def test_unanswered_is_minus_one_and_nan(answered: Any) -> None:
    Response.objects.order_by("id")[0].delete()
    response = Response.objects.order_by("id")[0]
    response.answers = {}
    response.save()
    collected = read_collected(answered)
    assert collected.items["B4_severity"].codes[0] == -1
    assert collected.items["B4_protocols__modbus"].codes[0] == -1
    assert np.isnan(collected.values["E2_energy_ratio"][0])


def test_drafts_and_superseded_responses_do_not_count(answered: Any) -> None:
    first, second = Response.objects.order_by("id")[:2]
    first.status = ResponseStatus.DRAFT.value
    first.save()
    second.is_current = False
    second.save()
    assert read_collected(answered).answered == 6


def test_corrections_are_applied_in_their_order(answered: Any) -> None:
    author = User.objects.create(username="editor")
    response = Response.objects.order_by("id")[0]
    for new in ("3", "4"):
        Correction.objects.create(response=response, item="B4_severity", new=new, reason="Telephone", author=author)
    assert code_of(read_collected(answered), "B4_severity")[0] == "4"


def test_correction_makes_a_new_digest(answered: Any) -> None:
    before = extract_digest(collected_of(answered))
    author = User.objects.create(username="editor")
    response = Response.objects.order_by("id")[0]
    Correction.objects.create(response=response, item="B4_severity", new="3", reason="Telephone", author=author)
    assert extract_digest(collected_of(answered)) != before


def test_code_that_no_version_offers_is_refused(answered: Any) -> None:
    Response.objects.update(answers={"B4_severity": "9"})
    with pytest.raises(UnknownStatus, match="'9'"):
        read_collected(answered)


def test_documents_say_how_each_value_came_about(answered: Any) -> None:
    author = User.objects.create(username="editor")
    first, second = Response.objects.order_by("case_id")[:2]
    Correction.objects.create(
        response=first, item="B4_severity", new="3", reason="Donor", author=author, state=ValueState.IMPUTED.value
    )
    Response.objects.filter(pk=second.pk).update(taken_over=["B4_severity"])
    documents = [values for _case, values in stated_documents(answered)]
    assert [values["B4_severity"].state.value for values in documents[:3]] == ["imputed", "taken_over", "collected"]
    assert documents[0]["B4_severity"].value == "3"


def test_answers_to_a_renamed_item_stand_with_those_to_its_new_code(answered: Any) -> None:
    in_another_version(answered, replace(ITEMS[0], code="B1_new", concept="B1_severity"), *ITEMS[1:])
    last = Response.objects.order_by("-case_id")[0]
    last.version, last.answers = answered.version, {"B1_new": "1"}
    last.save()
    collected = read_collected(answered)
    assert code_of(collected, "B1_new") == ["not_applicable", "2", "3", "4", "5", "1", "2", "1"]
    assert "B1_severity" not in collected.items


def test_what_belongs_to_a_renamed_answer_moves_with_it() -> None:
    answers = {"a": "x", "a__other": "text", "b": 1, "a__estimated_share": 2}
    assert renamed(answers, {"a": "c"}) == {"c": "x", "c__other": "text", "b": 1, "a__estimated_share": 2}


def test_queries_do_not_grow_with_responses(
    wave: Wave, frame: Callable[..., SamplingFrame], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sampled_wave(wave, frame(units=60), 30)
    answer(wave, 2)
    read_collected(wave)
    answer(wave, 2)
    with django_assert_num_queries(QUERIES):
        read_collected(wave)
    answer(wave, 10)
    with django_assert_num_queries(QUERIES):
        read_collected(wave)


QUERIES = 15
