from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from survey.casework_terms import AAPOR, FirmOutcome, OutcomeSource
from survey.models import Case, CaseOutcome, Response, StaffAction
from survey.selectors.fieldwork.outcomes import standing_outcome
from survey.selectors.results.extract import collected_of
from survey.services.casework.outcomes import FoundOutcome, OutcomeRefusedError, set_outcome, take_outcome_back
from survey.services.fieldwork.cases import FieldworkError, return_for_correction
from survey.services.fieldwork.taking_back import count_again, take_back
from survey.terms import Disposition, Role
from tests.interrupted import half_written
from tests.services.casework.submitting import submitted_response

pytestmark = pytest.mark.usefixtures("english")
CLOSED = FoundOutcome(outcome=FirmOutcome.DEREGISTERED, source=OutcomeSource.REGISTER, reason="Struck off on 3 March.")
DOUBLE = FoundOutcome(outcome=FirmOutcome.DUPLICATE, source=OutcomeSource.FIRM, reason="Same firm.", other_firm="91X")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def answered(cases: list[Case]) -> list[Response]:
    """The submitted responses of the first three cases."""
    return [submitted_response(case) for case in cases[:3]]


def now(case: Case) -> tuple[str, str, bool]:
    case.refresh_from_db()
    return case.status, case.disposition, case.is_set_aside


def test_every_outcome_has_its_disposition_and_none_is_of_answers() -> None:
    assert AAPOR.keys() == set(FirmOutcome)
    assert not {Disposition.COMPLETE, Disposition.PARTIAL} & set(AAPOR.values())


def test_outcome_of_a_silent_firm_ends_the_case(cases: list[Case], officer: User) -> None:
    row = set_outcome(case=cases[0], found=CLOSED, actor=officer)
    assert (now(cases[0]), standing_outcome(cases[0])) == (("finalised", "not_eligible", False), row)


def test_outcome_taken_back_leaves_the_case_where_it_was(cases: list[Case], officer: User) -> None:
    set_outcome(case=cases[0], found=CLOSED, actor=officer)
    take_outcome_back(case=cases[0], reason="Another firm of that name.", actor=officer)
    assert (now(cases[0]), standing_outcome(cases[0])) == (("not_started", "unknown_if_eligible", False), None)


def test_submitted_answers_stop_counting_and_count_again(answered: list[Response], officer: User) -> None:
    case = answered[1].case
    before = collected_of(case.wave)
    set_outcome(case=case, found=DOUBLE, actor=officer)
    without = collected_of(case.wave)
    assert now(case) == ("submitted", "not_eligible", True)
    assert [len(one.respondents) for one in (before, without)] == [3, 2]
    assert set(without.respondents.tolist()) < set(before.respondents.tolist())
    take_outcome_back(case=case, reason="Two firms after all.", actor=officer)
    assert now(case) == ("submitted", "complete", False)
    assert collected_of(case.wave).respondents.tolist() == before.respondents.tolist()


def test_one_answer_set_aside_for_another_leaves_no_stale_batch(answered: list[Response], officer: User) -> None:
    first, second = answered[0].case, answered[1].case
    set_outcome(case=first, found=DOUBLE, actor=officer)
    collected_of(first.wave)
    with transaction.atomic():
        take_outcome_back(case=first, reason="Wrong firm.", actor=officer)
        set_outcome(case=second, found=DOUBLE, actor=officer)
    order = list(Case.objects.filter(wave=first.wave).order_by("pk").values_list("pk", flat=True))
    counted = {order[row] for row in collected_of(first.wave).respondents.tolist()}
    assert counted == {first.pk, answered[2].case_id}


def test_taking_back_by_the_firm_does_not_undo_the_outcome(answered: list[Response], officer: User) -> None:
    case = answered[0].case
    set_outcome(case=case, found=DOUBLE, actor=officer)
    take_back(case=case, receipt=str(answered[0].receipt_number))
    count_again(case=case)
    assert now(case) == ("submitted", "not_eligible", True)


def test_answers_set_aside_are_not_returned(answered: list[Response], officer: User) -> None:
    set_outcome(case=answered[0].case, found=DOUBLE, actor=officer)
    with pytest.raises(FieldworkError, match="Take the outcome back first"):
        return_for_correction(response=answered[0], note="Check.", actor=officer)


def test_the_same_outcome_twice_is_one(cases: list[Case], officer: User) -> None:
    set_outcome(case=cases[0], found=CLOSED, actor=officer)
    with pytest.raises(OutcomeRefusedError, match="has this outcome already"):
        set_outcome(case=cases[0], found=CLOSED, actor=officer)
    assert CaseOutcome.objects.count() == 1


def test_nothing_stands_to_be_taken_back(cases: list[Case], officer: User) -> None:
    with pytest.raises(OutcomeRefusedError, match="no outcome to take back"):
        take_outcome_back(case=cases[0], reason="x", actor=officer)


def test_outcome_needs_a_reason(cases: list[Case], officer: User) -> None:
    found = FoundOutcome(outcome=FirmOutcome.MOVED, source=OutcomeSource.MAIL, reason=" ")
    with pytest.raises(OutcomeRefusedError, match="Say what was found out"):
        set_outcome(case=cases[0], found=found, actor=officer)


def test_outcome_is_written_down(cases: list[Case], officer: User) -> None:
    set_outcome(case=cases[0], found=CLOSED, actor=officer)
    action = StaffAction.objects.get(verb="set_outcome")
    assert (action.actor, action.detail) == (officer, {"outcome": "deregistered", "set_aside": False})
    assert cases[0].history.latest().disposition == "not_eligible"


def test_stored_outcome_cannot_be_changed(cases: list[Case], officer: User) -> None:
    row = set_outcome(case=cases[0], found=CLOSED, actor=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseOutcome.objects.filter(pk=row.pk).update(outcome="moved")


def test_outcome_that_is_set_or_taken_back_half_way_leaves_case_and_history_as_they_were(
    cases: list[Case], officer: User
) -> None:
    assert half_written(lambda: set_outcome(case=cases[0], found=CLOSED, actor=officer)) == []
    assert half_written(lambda: take_outcome_back(case=cases[0], reason="Another firm.", actor=officer)) == []
