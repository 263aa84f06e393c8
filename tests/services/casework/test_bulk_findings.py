"""More time and outcomes for many cases, and how both are taken back."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models import Case
from survey.selectors.fieldwork.outcomes import standing_outcome
from survey.services.casework import bulk_findings
from survey.services.casework.bulk_asked import BulkAsked, BulkRefusedError
from survey.services.casework.bulk_findings import give_time, set_outcomes, take_outcomes_back, take_time_back
from survey.services.casework.outcomes import FoundOutcome, set_outcome

pytestmark = pytest.mark.django_db
REFUSED = FoundOutcome(outcome=FirmOutcome.REFUSED, source=OutcomeSource.FIRM, reason="By telephone.")


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


def day(number: int) -> date:
    """So many days after today, which may be another day than that on which the suite began."""
    return timezone.localdate() + timedelta(days=number)


def days(cases: list[Case]) -> list[object]:
    return [Case.objects.get(pk=case.pk).extended_until for case in cases]


def test_time_is_given_and_put_back_to_the_day_of_before(cases: list[Case], officer: User) -> None:
    keys = [case.pk for case in cases[:3]]
    Case.objects.filter(pk=keys[0]).update(extended_until=day(2))
    Case.objects.filter(pk=keys[1]).update(extended_until=day(5))
    before = give_time(keys, BulkAsked(until=day(5)), officer)
    assert before == {
        str(keys[0]): [str(day(2)), str(day(5))],
        str(keys[2]): [None, str(day(5))],
    }
    assert take_time_back(before, officer) == 2
    assert days(cases[:3]) == [day(2), day(5), None]


@pytest.mark.parametrize(("earlier", "now"), [(0, 0), (-1, None)])
def test_day_of_before_that_is_over_gives_no_time(
    cases: list[Case], officer: User, earlier: int, now: int | None
) -> None:
    Case.objects.filter(pk=cases[0].pk).update(extended_until=day(earlier))
    before = give_time([cases[0].pk], BulkAsked(until=day(5)), officer)
    take_time_back(before, officer)
    assert days(cases[:1]) == [None if now is None else day(now)]


def test_time_that_was_changed_since_stays(cases: list[Case], officer: User) -> None:
    before = give_time([cases[0].pk], BulkAsked(until=day(5)), officer)
    Case.objects.filter(pk=cases[0].pk).update(extended_until=day(7))
    assert (take_time_back(before, officer), days(cases[:1])) == (0, [day(7)])


def test_outcome_is_set_where_another_stands_and_taken_back_where_it_still_does(
    cases: list[Case], officer: User
) -> None:
    set_outcome(case=cases[0], found=REFUSED, actor=officer)
    before = set_outcomes([case.pk for case in cases[:3]], BulkAsked(finding=REFUSED), officer)
    assert list(before) == [str(case.pk) for case in cases[1:3]]
    set_outcome(
        case=cases[1],
        found=FoundOutcome(outcome=FirmOutcome.CEASED, source=OutcomeSource.FIRM, reason="By letter."),
        actor=officer,
    )
    assert take_outcomes_back(before, officer) == 1
    stand = [standing_outcome(Case.objects.get(pk=case.pk)) for case in cases[:3]]
    assert [one and one.outcome for one in stand] == ["refused", "ceased", None]


def test_so_many_get_an_outcome_at_once_and_no_more(
    cases: list[Case], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_findings, "MOST_OUTCOMES", 2)
    with pytest.raises(BulkRefusedError) as refused:
        set_outcomes([case.pk for case in cases[:3]], BulkAsked(finding=REFUSED), officer)
    assert (refused.value.code, standing_outcome(cases[0])) == ("too_many", None)
    assert len(set_outcomes([case.pk for case in cases[:2]], BulkAsked(finding=REFUSED), officer)) == 2
