"""Cuts, releases and their steps that two begin at the same moment; on PostgreSQL locks alone let one be first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.wording import Planned
from survey.instrument.plan.default import completed_plan
from survey.instrument.schema import Text
from survey.models import CrossingRequest, Cut, Release, SamplingFrame, Wave
from survey.release_terms import ReleaseState
from survey.services.results.crossings import ask_for_crossing, decline_crossing
from survey.services.results.cuts import make_cut
from survey.services.results.earlier_cuts import CutRefusedError
from survey.services.results.release_life import check_release, publish_release, sign_release, withdraw_release
from survey.services.results.releases import make_release
from tests.answered import PLAN, SCHEMA, answered_wave, sampled_wave
from tests.at_once import meanwhile
from tests.released import CERTIFICATE, small_release

pytestmark = pytest.mark.usefixtures("parallel_database", "english")
State = ReleaseState


@pytest.fixture
def signer(parallel_database: None) -> User:
    return User.objects.create(username="signer")


def refusal(first: Callable[[], object], second: Callable[[], object] | None = None) -> Any:
    """The code by which the second action is refused, which is the first once more where none is given."""
    return getattr(meanwhile(first, second or first).exception(), "code", None)


def test_of_two_cuts_of_the_same_moment_one_is_frozen(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    second = meanwhile(lambda: make_cut(wave=wave, actor=None), lambda: make_cut(wave=wave, actor=None)).exception()
    assert (second is None or isinstance(second, CutRefusedError), Cut.objects.count()) == (True, 1)


def test_two_who_freeze_the_same_cut_make_one_release(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    cut = make_cut(wave=wave, actor=None)
    content = content_of_cut(cut, Planned(reason=Text("", "")))

    def make() -> Release:
        return make_release(cut=cut, content=content, actor=None)

    assert meanwhile(make, make).result() == Release.objects.get()


def test_release_is_checked_and_signed_once_and_not_after_it_was_withdrawn(wave: Wave, signer: User) -> None:
    release = small_release(wave, certificate=CERTIFICATE)
    assert refusal(lambda: check_release(release=release, actor=signer)) == "not_now"
    assert refusal(lambda: sign_release(release=release, actor=signer)) == "not_now"
    other = small_release(wave, number=2, state=State.CHECKED, certificate=CERTIFICATE)
    assert (
        refusal(
            lambda: withdraw_release(release=other, actor=signer, note="wrong"),
            lambda: sign_release(release=other, actor=signer),
        )
        == "not_now"
    )


def test_of_two_releases_that_are_published_at_once_one_is(wave: Wave, signer: User) -> None:
    first, second = (small_release(wave, number=number, state=State.SIGNED) for number in (1, 2))
    assert (
        refusal(
            lambda: publish_release(release=first, actor=signer), lambda: publish_release(release=second, actor=signer)
        )
        == "another_published"
    )
    assert Release.objects.filter(state=State.PUBLISHED.value).get() == first


def test_crossing_is_asked_for_and_answered_once(wave: Wave, frame: Callable[..., SamplingFrame], signer: User) -> None:
    sampled_wave(wave, frame(), 24)
    asked = {"first": "size", "second": "district", "reason": "For the city."}

    def ask() -> None:
        ask_for_crossing(wave=wave, plan=completed_plan(SCHEMA, PLAN), actor=signer, **asked)

    assert refusal(ask) == "asked_already"
    made = CrossingRequest.objects.get()
    assert refusal(lambda: decline_crossing(request=made, answer="Too fine.", actor=signer)) == "answered_already"
