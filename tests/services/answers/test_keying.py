"""What an officer keys for a firm: when it may begin, and what stands in the audit history."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.instrument.answers import parse_page
from survey.instrument.schema import Page
from survey.models import Case, LateDraft, Response, StaffAction, Wave
from survey.services.answers.errors import CollectionClosedError
from survey.services.answers.keying import KeyingRefusedError, begin_keying, key_answers, submit_keyed
from survey.services.answers.responses import PageInput
from survey.terms import Channel, ResponseStatus, Role
from tests.every_type import CHOICES, FIRM, WORDS
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def verbs(officer: User) -> list[str]:
    return list(StaffAction.objects.filter(actor=officer).order_by("pk").values_list("verb", flat=True))


def key(case: Case, officer: User, page: Page = FIRM, *, draft: bool = False, **typed: str) -> None:
    parsed = parse_page(page, {name: [value] for name, value in typed.items()})
    stored = Response.objects.filter(case=case, is_current=True).first()
    given = PageInput(page=page, parsed=parsed, seconds=40, revision=stored.revision if stored else 0)
    key_answers(case=case, given=given, channel=Channel.PAPER, actor=officer, draft=draft)


@pytest.mark.parametrize("state", ["case_closed", "already_submitted", "wave_closed"])
def test_nothing_is_begun_where_nothing_can_be_keyed(case: Case, officer: User, state: str) -> None:
    Case.objects.filter(pk=case.pk).update(is_closed=state == "case_closed")
    if state == "already_submitted":
        Response.objects.create(case=case, version=version_of(case.wave), status=ResponseStatus.SUBMITTED.value)
    if state == "wave_closed":
        Wave.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(KeyingRefusedError) as refused:
        begin_keying(case=case, channel=Channel.PAPER, actor=officer)
    assert (refused.value.code, verbs(officer)) == (state, [])


def test_draft_that_the_firm_began_may_be_keyed_on(case: Case, officer: User) -> None:
    Response.objects.create(case=case, version=version_of(case.wave))
    begin_keying(case=case, channel=Channel.TELEPHONE, actor=officer)
    action = StaffAction.objects.get(actor=officer)
    assert (action.verb, action.detail) == ("begin_keying", {"channel": "telephone"})


def test_saved_page_is_marked_by_its_channel_and_takes_no_time_of_the_firm(case: Case, officer: User) -> None:
    key(case, officer, employees="20", has_cloud="no")
    response = Response.objects.get()
    assert (response.channel, response.seconds_spent, response.answers["employees"]) == ("paper", 0, 20)


def test_draft_that_the_firm_began_counts_as_keyed_from_then_on(case: Case, officer: User) -> None:
    Response.objects.create(case=case, version=version_of(case.wave), channel=Channel.WEB.value)
    key(case, officer, employees="20", has_cloud="no")
    assert Response.objects.get().channel == "paper"


def test_drafts_of_one_page_are_written_down_once_and_saved_pages_each_time(case: Case, officer: User) -> None:
    for _time in range(2):
        key(case, officer, draft=True, employees="20")
    assert verbs(officer) == ["key_answers"]
    key(case, officer, CHOICES, draft=True, cost="4")
    assert verbs(officer) == ["key_answers"] * 2
    key(case, officer, employees="21")
    assert verbs(officer) == ["key_answers"] * 3


def test_late_answers_are_kept_and_written_down_though_they_are_refused(case: Case, officer: User) -> None:
    Wave.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(CollectionClosedError):
        key(case, officer, employees="20")
    assert [late.answers for late in LateDraft.objects.all()] == [{"employees": 20}]
    assert verbs(officer) == ["key_answers"]


def test_second_click_submits_and_writes_nothing_more(case: Case, officer: User) -> None:
    key(case, officer, employees="20", has_cloud="no")
    key(case, officer, CHOICES, cost="4")
    key(case, officer, WORDS)
    revision = Response.objects.get().revision
    for _time in range(2):
        submit_keyed(case=case, submission_key="k1", revision=revision, actor=officer)
        assert verbs(officer) == [*["key_answers"] * 3, "submit_keyed"]
    assert StaffAction.objects.get(verb="submit_keyed").detail == {"channel": "paper"}


def test_page_is_keyed_and_submitted_with_its_entry_in_the_history_or_not_at_all(case: Case, officer: User) -> None:
    assert half_written(lambda: key(case, officer, employees="20", has_cloud="no")) == []
    key(case, officer, CHOICES, cost="4")
    revision = Response.objects.get().revision
    assert half_written(lambda: submit_keyed(case=case, submission_key="k", revision=revision, actor=officer)) == []
