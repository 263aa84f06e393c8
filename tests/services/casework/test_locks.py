"""Of two officers who do the same at the same moment the second sees what the first has done."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.casework_terms import EntryKind, FirmOutcome, OutcomeSource
from survey.models import BulkAction, Case, CaseEntry, CaseWork, SamplingFrame, Wave
from survey.services.casework.acceptance import accept_returns, take_acceptance_back
from survey.services.casework.bulk import BULK, act_on_cases, undo_action
from survey.services.casework.bulk_asked import BulkAsked
from survey.services.casework.calling import fix_calling_plan, make_call_list
from survey.services.casework.letters import Letter, answer_letter, write_to_officer
from survey.services.casework.log import Happened, Plan, log_work
from survey.services.casework.outcomes import FoundOutcome, set_outcome, take_outcome_back
from tests.at_once import meanwhile
from tests.calling import CHOICE, called_wave

pytestmark = pytest.mark.usefixtures("parallel_database", "english")
CLOSED = FoundOutcome(outcome=FirmOutcome.DEREGISTERED, source=OutcomeSource.REGISTER, reason="Struck off.")


@pytest.fixture
def officer(parallel_database: None) -> User:
    return User.objects.create(username="officer")


def refusal(first: Callable[[], object], second: Callable[[], object] | None = None) -> Any:
    """The code by which the second action is refused, which is the first once more where none is given."""
    return getattr(meanwhile(first, second or first).exception(), "code", None)


def test_outcome_is_set_and_taken_back_once(cases: list[Case], officer: User) -> None:
    assert refusal(lambda: set_outcome(case=cases[0], found=CLOSED, actor=officer)) == "stands_already"
    assert refusal(lambda: take_outcome_back(case=cases[0], reason="No.", actor=officer)) == "none_stands"


def test_same_call_is_logged_once(cases: list[Case], officer: User) -> None:
    call = Happened(kind=EntryKind.CALL, key="k", result="call_back")

    def log() -> CaseEntry | None:
        return log_work(case=cases[0], happened=call, plan=Plan(), actor=officer)

    assert meanwhile(log, log).result() == CaseEntry.objects.get()


def test_letter_is_kept_and_answered_once(cases: list[Case], officer: User) -> None:
    def write() -> CaseEntry:
        return write_to_officer(case=cases[0], letter=Letter(key="k", text="?"))

    entry = meanwhile(write, write).result()
    assert entry == CaseEntry.objects.get()

    def answer() -> None:
        answer_letter(entry=entry, text="Yes.", granted_until=None, actor=officer)

    assert refusal(answer) == "answered_already"


def test_returns_are_accepted_once_and_no_district_is_taken_back_under_the_city(
    cases: list[Case], officer: User
) -> None:
    Case.objects.update(status="submitted")
    wave, districts = cases[0].wave, {case.sample_unit.unit.district for case in cases}

    def accept(district: Any) -> None:
        accept_returns(wave=wave, district=district, remark="", actor=officer)

    for district in districts:
        assert refusal(partial(accept, district)) == "accepted_already"
    assert (
        refusal(
            lambda: accept(None),
            lambda: take_acceptance_back(wave=wave, district=next(iter(districts)), actor=officer),
        )
        == "city_accepted"
    )


def test_action_on_many_cases_is_done_and_undone_once(cases: list[Case], officer: User) -> None:
    def act() -> BulkAction:
        asked = BulkAsked(mark="watch")
        return act_on_cases(kind=BULK["mark"], cases=Case.objects.all(), asked=asked, key="k", actor=officer)

    done = meanwhile(act, act).result()
    assert (done, CaseWork.objects.filter(mark="watch").count()) == (BulkAction.objects.get(), len(cases))
    assert refusal(lambda: undo_action(done=done, actor=officer)) == "undone_already"


def test_rule_of_calling_stands_once_a_list_is_made_by_it(
    wave: Wave, frame: Callable[..., SamplingFrame], officer: User
) -> None:
    called_wave(wave, frame, officer)
    wave.refresh_from_db()

    def fix() -> None:
        fix_calling_plan(wave=wave, choice=CHOICE, seed=7, actor=officer)

    assert refusal(lambda: make_call_list(wave=wave, actor=officer), fix) == "already_calling"
