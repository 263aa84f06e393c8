"""Two officers correct one answer at the same moment; on PostgreSQL a lock alone lets the second see the first."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Case, Correction
from survey.services.editing.corrections import CorrectionRefusedError, NewValue, correct_answer
from survey.services.fieldwork.taking_back import take_back
from tests.at_once import meanwhile
from tests.services.casework.submitting import submitted_response

pytestmark = pytest.mark.usefixtures("parallel_database", "english")


@pytest.fixture
def officer(parallel_database: None) -> User:
    return User.objects.create(username="officer")


def correcting(case: Case, officer: User, share: float) -> Callable[[], list[Correction]]:
    value = NewValue(given={"q_share": share}, reason="By telephone.")
    response = case.responses.get(is_current=True)
    return lambda: correct_answer(response=response, item="q_share", value=value, actor=officer)


def test_second_correction_is_of_what_the_first_has_made_of_the_answer(cases: list[Case], officer: User) -> None:
    submitted_response(cases[0], q_severity="4", q_share=20.0)
    meanwhile(correcting(cases[0], officer, 30.0), correcting(cases[0], officer, 40.0)).result()
    assert list(Correction.objects.order_by("pk").values_list("old", "new")) == [(20.0, 30.0), (30.0, 40.0)]


def test_same_correction_is_made_once(cases: list[Case], officer: User) -> None:
    submitted_response(cases[0], q_severity="4", q_share=20.0)
    second = meanwhile(correcting(cases[0], officer, 30.0), correcting(cases[0], officer, 30.0))
    assert isinstance(second.exception(), CorrectionRefusedError)
    assert Correction.objects.count() == 1


def test_answers_that_the_firm_takes_back_are_not_corrected(cases: list[Case], officer: User) -> None:
    receipt = submitted_response(cases[0], q_severity="4", q_share=20.0).receipt_number
    second = meanwhile(
        lambda: take_back(case=cases[0], receipt=str(receipt)), correcting(cases[0], officer, 30.0)
    ).exception()
    assert (isinstance(second, CorrectionRefusedError), Correction.objects.count()) == (True, 0)
