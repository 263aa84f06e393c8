from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Case, Change, Correction, Response, StaffAction
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import revision_of
from survey.services.editing.corrections import (
    CorrectionRefusedError,
    NewValue,
    correct_answer,
    present_answers,
    undo_correction,
)
from survey.services.fieldwork.taking_back import take_back
from survey.terms import Role, ValueState
from tests.interrupted import half_written
from tests.services.casework.submitting import submitted_response

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def response(cases: list[Case]) -> Response:
    submitted_response(cases[1])
    return submitted_response(cases[0], q_severity="4", q_share=20.0)


def to(share: float, reason: str = "By telephone.") -> NewValue:
    return NewValue(given={"q_share": share}, reason=reason, rule="v_share")


def test_corrected_value_counts_and_the_answer_stays(response: Response, officer: User) -> None:
    before = revision_of(response.case.wave)
    (row,) = correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)
    assert (row.old, row.new, row.rule, row.state, row.author) == (20.0, 30.0, "v_share", "corrected", officer)
    assert present_answers(response)["q_share"] == 30.0
    assert Response.objects.get(pk=response.pk).answers["q_share"] == 20.0
    assert revision_of(response.case.wave) != before
    assert 30.0 in collected_of(response.case.wave).values["q_share"]


def test_correction_is_undone_by_another(response: Response, officer: User) -> None:
    (row,) = correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)
    undo_correction(correction=row, reason="Wrong firm.", actor=officer)
    assert present_answers(response)["q_share"] == 20.0
    assert list(Correction.objects.values_list("old", "new")) == [(20.0, 30.0), (30.0, 20.0)]


def test_superseded_correction_is_not_undone(response: Response, officer: User) -> None:
    (row,) = correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)
    correct_answer(response=response, item="q_share", value=to(40.0), actor=officer)
    with pytest.raises(CorrectionRefusedError, match="does not stand any more"):
        undo_correction(correction=row, reason="x", actor=officer)


def test_answer_that_is_taken_away_counts_no_more(response: Response, officer: User) -> None:
    taken = NewValue(given={}, reason="Typed for another firm.")
    correct_answer(response=response, item="q_share", value=taken, actor=officer)
    assert "q_share" not in present_answers(response)


def test_imputed_value_says_so(response: Response, officer: User) -> None:
    value = NewValue(given={"q_share": 25.0}, reason="Median of its class.", state=ValueState.IMPUTED)
    (row,) = correct_answer(response=response, item="q_share", value=value, actor=officer)
    assert row.state == "imputed"


@pytest.mark.parametrize(
    ("value", "item", "said"),
    [
        (to(20.0), "q_share", "The new value is the old one"),
        (to(30.0, " "), "q_share", "no reason"),
        (to(30.0), "q_nothing", "was not asked"),
        (to(130.0), "q_share", "does not meet its rules"),
    ],
)
def test_correction_that_cannot_be_is_refused(
    response: Response, officer: User, value: NewValue, item: str, said: str
) -> None:
    with pytest.raises(CorrectionRefusedError, match=said):
        correct_answer(response=response, item=item, value=value, actor=officer)
    assert Correction.objects.count() == 0


def test_answers_in_the_hands_of_the_firm_are_not_corrected(response: Response, officer: User) -> None:
    take_back(case=response.case, receipt=str(response.receipt_number))
    with pytest.raises(CorrectionRefusedError, match="Only submitted answers"):
        correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)


def test_correction_is_written_down_without_the_answer(response: Response, officer: User) -> None:
    correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)
    action = StaffAction.objects.get(verb="correct_answer")
    assert action.detail == {"item": "q_share", "changed": 1}
    assert Change.objects.filter(kind="correction").count() == 1


def test_correction_that_ends_half_way_corrects_nothing(response: Response, officer: User) -> None:
    assert half_written(lambda: correct_answer(response=response, item="q_share", value=to(30.0), actor=officer)) == []
