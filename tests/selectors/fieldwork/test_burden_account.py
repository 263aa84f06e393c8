"""What a wave costs its firms."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import EntryKind
from survey.models import Case, CaseEntry, Response, SamplingFrame, Wave
from survey.selectors.fieldwork.burden import burden_of
from survey.selectors.fieldwork.burden_account import BurdenAccount, burden_account
from survey.selectors.fieldwork.returns import returns_of
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import Channel, ResponseStatus


def submitted(case: Case, seconds: int, channel: Channel = Channel.WEB) -> None:
    version = case.wave.version
    assert version is not None
    made = Response.objects.create(case=case, version=version, channel=channel.value, seconds_spent=seconds)
    Response.objects.filter(pk=made.pk).update(status=ResponseStatus.SUBMITTED.value, submitted_at=timezone.now())


@pytest.fixture
def account(wave: Wave, cases: list[Case]) -> Callable[[], BurdenAccount]:
    """Two firms took 30 and 60 minutes on the web, one wrote on paper."""
    submitted(cases[0], 1800)
    submitted(cases[1], 3600)
    submitted(cases[2], 0, Channel.PAPER)
    user = User()

    def found() -> BurdenAccount:
        again = Wave.objects.select_related("survey").get(pk=wave.pk)
        return burden_account(again, user, timezone.now(), returns_of(again, user), burden_of(again))

    return found


def test_hours_of_paper_are_set_at_the_median(account: Callable[[], BurdenAccount]) -> None:
    found = account()
    assert (found.firms, found.untimed, found.hours) == (3, 1, 0.5 + 1 + 0.75)


def test_cost_rests_on_the_hour_of_the_survey(account: Callable[[], BurdenAccount], wave: Wave) -> None:
    assert account().cost is None
    wave.survey.hourly_cost = 80
    wave.survey.save()
    assert account().cost == 80 * 2.25


def test_firms_turned_to_again_are_counted(account: Callable[[], BurdenAccount], cases: list[Case]) -> None:
    Case.objects.filter(pk__in=[cases[0].pk, cases[1].pk]).update(reminders=2)
    CaseEntry.objects.create(case=cases[0], kind=EntryKind.CALL.value, submission_key="1")
    CaseEntry.objects.create(case=cases[0], kind=EntryKind.NOTE.value, submission_key="2")
    found = account()
    assert (found.reminders, found.calls, found.returns) == (4, 1, 0)


def test_firms_in_several_samples_of_a_year_are_named(
    account: Callable[[], BurdenAccount], wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    assert account().most_asked == []
    later = Wave.objects.get(pk=wave.pk)
    later.pk, later.code = None, "w2"
    later.save()
    draw_sample(wave=later, frame=wave.sample.frame, size=24, method="proportional", seed=5, actor=None)
    assert [row.times for row in account().most_asked] == [2] * 5


def test_firm_whose_answers_do_not_count_has_had_its_burden(
    account: Callable[[], BurdenAccount], cases: list[Case]
) -> None:
    Case.objects.filter(pk=cases[0].pk).update(is_set_aside=True)
    assert account().firms == 3
