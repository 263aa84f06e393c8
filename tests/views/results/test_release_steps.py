"""A step of a release is confirmed on a page that says what it means, by those who may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from survey.models import Release, Wave
from survey.release_terms import ReleaseState
from survey.terms import Role
from tests.released import CERTIFICATE, small_release

PAGE = "/admin/releases/w1/1/"
State = ReleaseState


@pytest.fixture
def users(office_user: Callable[[Role | str], User]) -> dict[Role, User]:
    return {role: office_user(role) for role in (Role.ANALYST, Role.METHODOLOGIST, Role.VIEWER)}


def enter(client: Client, user: User) -> Client:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def state_of(release: Release) -> str:
    return Release.objects.get(pk=release.pk).state


def test_step_is_done_only_after_its_page_was_confirmed(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    release = small_release(wave)
    analyst = enter(client, users[Role.ANALYST])
    page = analyst.get(f"{PAGE}check/").content.decode()
    assert ("found no fault" in page, state_of(release)) == (True, State.DRAFT)
    assert analyst.post(f"{PAGE}check/", {"note": ""})["Location"] == PAGE
    assert state_of(release) == State.CHECKED


def test_signing_is_for_those_with_the_right_and_not_for_the_maker(
    wave: Wave, client: Client, users: dict[Role, User]
) -> None:
    maker = users[Role.METHODOLOGIST]
    release = small_release(wave, state=State.CHECKED, certificate=CERTIFICATE, actor=maker)
    assert enter(client, users[Role.ANALYST]).post(f"{PAGE}sign/", {}).status_code == 403
    page = enter(client, maker).post(f"{PAGE}sign/", {}).content.decode()
    assert "You made release w1 r1 yourself. Have it signed by another person with the right to sign." in page
    assert state_of(release) == State.CHECKED


def test_another_person_signs(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    release = small_release(wave, state=State.CHECKED, certificate=CERTIFICATE, actor=users[Role.ANALYST])
    enter(client, users[Role.METHODOLOGIST]).post(f"{PAGE}sign/", {"note": "seen"})
    assert (state_of(release), str(release.steps.get().by)) == (State.SIGNED, "methodologist_1")


def test_embargo_is_given_as_a_moment_of_the_site(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    release = small_release(wave, state=State.SIGNED)
    enter(client, users[Role.ANALYST]).post(f"{PAGE}embargo/", {"until": "2099-05-01T09:30"})
    until = timezone.localtime(Release.objects.get(pk=release.pk).embargo_until)
    assert (state_of(release), f"{until:%Y-%m-%d %H:%M}") == (State.EMBARGOED, "2099-05-01 09:30")


def test_embargo_in_the_past_keeps_what_was_typed(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    release = small_release(wave, state=State.SIGNED)
    page = enter(client, users[Role.ANALYST]).post(f"{PAGE}embargo/", {"until": "2001-05-01T09:30", "note": "early"})
    assert "The moment 2001-05-01 09:30 has passed. Choose a later one, or publish at once." in page.content.decode()
    assert (page.context["form"]["note"].value(), state_of(release)) == ("early", State.SIGNED)


def test_withdrawing_asks_for_a_reason(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    release = small_release(wave)
    page = enter(client, users[Role.ANALYST]).post(f"{PAGE}withdraw/", {"note": ""})
    assert (list(page.context["form"].errors), state_of(release)) == (["note"], State.DRAFT)


def test_page_offers_what_can_be_done_now(wave: Wave, client: Client, users: dict[Role, User]) -> None:
    small_release(wave, state=State.SIGNED)
    page = enter(client, users[Role.ANALYST]).get(PAGE).content.decode()
    offered = [act for act in ("check", "sign", "embargo", "publish", "withdraw") if f'href="{PAGE}{act}/"' in page]
    assert offered == ["embargo", "publish", "withdraw"]


@pytest.mark.parametrize("act", ["revise", "make", "other"])
def test_address_of_another_act_is_not_there(wave: Wave, client: Client, users: dict[Role, User], act: str) -> None:
    small_release(wave)
    assert enter(client, users[Role.ANALYST]).get(f"{PAGE}{act}/").status_code == 404
