"""What a firm writes to its officer, and the answer: taken once, refused with the reason, kept with who answered."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Case, CaseEntry, StaffAction
from survey.services.casework.letters import (
    LONGEST_LETTER,
    MOST_OPEN,
    Letter,
    LetterRefusedError,
    answer_letter,
    write_to_officer,
)
from survey.services.fieldwork.extensions import ExtensionRefusedError
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, LONG_AGO = 0, 1, date(2020, 1, 1)


def day(number: int) -> date:
    """So many days after today, which may be another day than that on which the suite began."""
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


def write(case: Case, key: str = "k", **letter: Any) -> CaseEntry:
    return write_to_officer(case=case, letter=Letter(key=key, **letter))


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        ({"text": " "}, "empty"),
        ({"asks_for_time": True}, "no_day"),
        ({"asks_for_time": True, "until": LONG_AGO}, "past_day"),
    ],
)
def test_letter_without_what_it_asks_is_refused(cases: list[Case], letter: dict[str, Any], code: str) -> None:
    with pytest.raises(LetterRefusedError) as refused:
        write(cases[0], **letter)
    assert (refused.value.code, CaseEntry.objects.count()) == (code, 0)


def test_wish_for_time_needs_no_words(cases: list[Case]) -> None:
    entry = write(cases[0], asks_for_time=True, until=day(TOMORROW))
    assert (entry.kind, entry.until, entry.text, entry.author) == ("more_time", day(TOMORROW), "", None)


def test_time_is_asked_for_to_the_end_of_today(cases: list[Case]) -> None:
    """As the office may give it: the deadline of the wave may have been this morning."""
    assert write(cases[0], asks_for_time=True, until=day(TODAY)).until == day(TODAY)


def test_message_is_kept_once_and_no_longer_than_it_may_be(cases: list[Case]) -> None:
    first, again = write(cases[0], text="n" * (LONGEST_LETTER + 1)), write(cases[0], text="another")
    assert (again == first, len(first.text), first.kind) == (True, LONGEST_LETTER, "message")


def test_firm_waits_with_its_sixth_message_until_one_is_answered(cases: list[Case], officer: User) -> None:
    letters = [write(cases[0], key=str(number), text="?") for number in range(MOST_OPEN)]
    with pytest.raises(LetterRefusedError) as refused:
        write(cases[0], text="?")
    assert refused.value.code == "too_many"
    write(cases[1], text="?")
    answer_letter(entry=letters[0], text="Yes.", granted_until=None, actor=officer)
    assert write(cases[0], text="?").text == "?"


def test_answer_is_kept_with_who_gave_it_and_once(cases: list[Case], officer: User) -> None:
    entry = answer_letter(entry=write(cases[0], text="?"), text=" Yes. ", granted_until=None, actor=officer)
    assert (entry.answer, entry.answered_by, entry.answered_at is not None) == ("Yes.", officer, True)
    assert Case.objects.get(pk=cases[0].pk).extended_until is None
    with pytest.raises(LetterRefusedError) as refused:
        answer_letter(entry=entry, text="No.", granted_until=None, actor=officer)
    assert refused.value.code == "answered_already"
    assert StaffAction.objects.filter(verb="answer_firm").count() == 1


def test_answer_that_grants_time_needs_no_words_and_gives_it(cases: list[Case], officer: User) -> None:
    entry = write(cases[0], asks_for_time=True, until=day(TOMORROW))
    with pytest.raises(LetterRefusedError) as refused:
        answer_letter(entry=entry, text=" ", granted_until=None, actor=officer)
    assert refused.value.code == "no_answer"
    answer_letter(entry=entry, text="", granted_until=day(TOMORROW), actor=officer)
    assert Case.objects.filter(extended_until=day(TOMORROW)).get() == cases[0]
    assert StaffAction.objects.get(verb="answer_firm").detail == {"granted": str(day(TOMORROW))}


def test_day_that_would_not_be_kept_answers_nothing(cases: list[Case], officer: User) -> None:
    entry = write(cases[0], text="?")
    with pytest.raises(ExtensionRefusedError):
        answer_letter(entry=entry, text="Yes.", granted_until=LONG_AGO, actor=officer)
    entry.refresh_from_db()
    assert entry.answered_at is None


def test_time_is_given_with_the_answer_that_says_so_or_not_at_all(cases: list[Case], officer: User) -> None:
    entry = write(cases[0], asks_for_time=True, until=day(TOMORROW))
    given: dict[str, Any] = {"text": "Yes.", "granted_until": day(TOMORROW), "actor": officer}
    assert half_written(lambda: answer_letter(entry=entry, **given)) == []
