"""A release goes from draft to published by the hands of two people, and every step is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from survey.models import AuditEntry, Release, ReleaseStep, StaffAction, Wave
from survey.release_terms import ReleaseAct, ReleaseState
from survey.services.results.release_life import (
    TRANSITIONS,
    ReleaseStepRefusedError,
    acts_open_to,
    certify_release,
    check_release,
    embargo_release,
    publish_due,
    publish_release,
    sign_release,
    withdraw_release,
)
from survey.terms import Role
from tests.interrupted import half_written
from tests.released import CERTIFICATE, small_release

pytestmark = pytest.mark.django_db
State = ReleaseState


@pytest.fixture
def maker(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.ANALYST)


@pytest.fixture
def signer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.METHODOLOGIST)


def state_of(release: Release) -> str:
    return Release.objects.get(pk=release.pk).state


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(ReleaseStepRefusedError) as refused:
        do()
    return str(refused.value.code)


def test_whole_life_leaves_a_step_each_with_who_and_a_place_in_the_chain(wave: Wave, maker: User, signer: User) -> None:
    release = small_release(wave, actor=maker)
    certify_release(release=release, certificate=CERTIFICATE, actor=None)
    check_release(release=release, actor=maker, note="looked through")
    sign_release(release=release, actor=signer)
    publish_release(release=release, actor=maker)
    steps = list(release.steps.values_list("act", "by", "note"))
    assert steps == [
        ("certify", None, ""), ("check", maker.pk, "looked through"), ("sign", signer.pk, ""), ("publish", maker.pk, ""),
    ]  # fmt: skip
    assert AuditEntry.objects.filter(kind="releasestep").count() == 4
    verbs = StaffAction.objects.filter(subject=str(release)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["certify_release", "check_release", "sign_release", "publish_release"]


def test_nobody_signs_a_release_of_their_own(wave: Wave, maker: User) -> None:
    release = small_release(wave, state=State.CHECKED, actor=maker, certificate=CERTIFICATE)
    assert refusal(lambda: sign_release(release=release, actor=maker)) == "own_release"
    assert state_of(release) == State.CHECKED


@pytest.mark.parametrize(
    ("certificate", "code"),
    [
        (None, "no_certificate"),
        ({"holds": False, "failures": [{"proof": "world"}]}, "certificate_fails"),
        ({"holds": False, "failures": [], "left": 3}, "earlier_unproved"),
    ],
)
def test_nothing_is_signed_without_a_certificate_that_holds(
    wave: Wave, maker: User, signer: User, certificate: dict[str, object] | None, code: str
) -> None:
    release = small_release(wave, state=State.CHECKED, actor=maker, certificate=certificate)
    assert refusal(lambda: sign_release(release=release, actor=signer)) == code


def test_certificate_is_put_on_once(wave: Wave) -> None:
    release = small_release(wave, certificate=CERTIFICATE)
    assert (
        refusal(lambda: certify_release(release=release, certificate={"holds": True}, actor=None))
        == "certified_already"
    )


@pytest.mark.parametrize("state", [state for state in State if state is not State.CHECKED])
def test_only_a_checked_release_is_signed(wave: Wave, signer: User, state: State) -> None:
    release = small_release(wave, state=state, certificate=CERTIFICATE)
    assert refusal(lambda: sign_release(release=release, actor=signer)) == "not_now"


def test_embargo_ends_by_the_clock_and_not_before(wave: Wave, maker: User) -> None:
    release, until = small_release(wave, state=State.SIGNED), timezone.now() + timedelta(hours=2)
    embargo_release(release=release, until=until, actor=maker)
    assert (publish_due(until - timedelta(seconds=1)), state_of(release)) == ([], State.EMBARGOED)
    assert (publish_due(until), state_of(release)) == ([release], State.PUBLISHED)
    assert release.steps.get(act=ReleaseAct.PUBLISH.value).by is None


def test_embargo_can_be_moved_but_not_into_the_past(wave: Wave, maker: User) -> None:
    release, now = small_release(wave, state=State.SIGNED), timezone.now()
    for hours in (2, 5):
        embargo_release(release=release, until=now + timedelta(hours=hours), actor=maker)
    assert Release.objects.get(pk=release.pk).embargo_until == now + timedelta(hours=5)
    past = now - timedelta(minutes=1)
    assert refusal(lambda: embargo_release(release=release, until=past, actor=maker)) == "embargo_in_the_past"


def test_publishing_a_revision_revises_the_earlier_one_and_keeps_it(wave: Wave, maker: User) -> None:
    first = small_release(wave, state=State.PUBLISHED)
    second = small_release(wave, number=2, state=State.SIGNED, replaces=first)
    publish_release(release=second, actor=maker)
    assert (state_of(first), state_of(second)) == (State.REVISED, State.PUBLISHED)
    assert ReleaseStep.objects.get(release=first).detail == {"by": 2}


def test_a_wave_has_one_published_release(wave: Wave, maker: User) -> None:
    small_release(wave, state=State.PUBLISHED)
    other = small_release(wave, number=2, state=State.SIGNED)
    assert refusal(lambda: publish_release(release=other, actor=maker)) == "another_published"


def test_withdrawing_needs_a_reason_and_keeps_the_release(wave: Wave, maker: User) -> None:
    release = small_release(wave)
    assert refusal(lambda: withdraw_release(release=release, actor=maker, note=" ")) == "reason_needed"
    withdraw_release(release=release, actor=maker, note="wrong period")
    assert (state_of(release), release.steps.get().note) == (State.WITHDRAWN, "wrong period")


def test_acts_are_offered_by_state_and_permission(wave: Wave) -> None:
    release = small_release(wave, state=State.CHECKED)
    assert acts_open_to(release, {"export_release": True}) == [ReleaseAct.WITHDRAW]
    assert acts_open_to(release, {"sign_release": True}) == [ReleaseAct.SIGN]


def write(release: Release, **columns: object) -> bool:
    """Whether the database lets columns be written past the services."""
    try:
        with transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**columns)
    except IntegrityError:
        return False
    return True


def test_database_knows_the_same_life(wave: Wave) -> None:
    led = {(before, one.after) for act, one in TRANSITIONS.items() for before in one.before if before is not one.after}
    release = small_release(wave)
    let = set()
    for number, before in enumerate(State, 2):
        made = small_release(wave, number=number, state=before)
        let |= {(before, after) for after in State if after is not before and tried(made, after)}
    assert let == led
    assert not write(release, content={})


def tried(release: Release, after: State) -> bool:
    with transaction.atomic():
        is_let = write(release, state=after.value)
        transaction.set_rollback(True)
    return is_let


def test_certificate_and_steps_are_not_changed_past_the_services(wave: Wave, maker: User) -> None:
    release = small_release(wave)
    certify_release(release=release, certificate=CERTIFICATE, actor=maker)
    assert not write(release, certificate={"holds": False})
    with pytest.raises(IntegrityError), transaction.atomic():
        release.steps.update(note="other")


def test_every_step_of_a_release_stands_with_its_row_and_its_entry_or_not_at_all(
    wave: Wave, maker: User, signer: User
) -> None:
    first, until = small_release(wave, state=State.PUBLISHED), timezone.now() + timedelta(hours=2)
    second = small_release(wave, number=2, actor=maker, replaces=first)
    assert half_written(lambda: certify_release(release=second, certificate=CERTIFICATE, actor=None)) == []
    assert half_written(lambda: check_release(release=second, actor=maker)) == []
    assert half_written(lambda: sign_release(release=second, actor=signer)) == []
    assert half_written(lambda: embargo_release(release=second, until=until, actor=maker)) == []
    assert half_written(lambda: publish_release(release=second, actor=maker)) == []
    other = small_release(wave, number=3)
    assert half_written(lambda: withdraw_release(release=other, actor=maker, note="wrong period")) == []
