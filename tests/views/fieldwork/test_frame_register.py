"""What the register knows of a list: firms that are gone are taken out, facts taken over where they were ticked."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import District, Firm, FrameUnit, SamplingFrame, Territory
from survey.services.register.from_frame import register_frame

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(frame: Callable[..., SamplingFrame], officer: User) -> SamplingFrame:
    """Six firms; of two the register has another name, one it knows to be closed."""
    made = frame(units=6)
    register_frame(frame=made, actor=None)
    for number, firm in enumerate(Firm.objects.order_by("credit_code")[:3]):
        changed = {"status": "closed", "status_source": "register"} if number == 2 else {"name": f"New name {number}"}
        Firm.objects.filter(pk=firm.pk).update(**changed)
    return made


def names(frame: SamplingFrame) -> list[str]:
    return list(frame.units.order_by("credit_code").values_list("name", flat=True))[:2]


def post(client: Client, frame: SamplingFrame, **typed: object) -> int:
    return client.post(reverse("frame_register", args=[frame.pk]), typed).status_code


def test_page_names_what_differs_and_who_is_gone(client: Client, listed: SamplingFrame) -> None:
    context = client.get(reverse("frame_register", args=[listed.pk])).context
    assert [unit.name for unit, _differences in context["rows"]] == names(listed)
    assert (len(context["gone"]), context["is_drawn"]) == (1, False)


def test_only_ticked_facts_are_taken_over(client: Client, listed: SamplingFrame) -> None:
    first = FrameUnit.objects.order_by("credit_code")[0]
    before = names(listed)
    post(client, listed, unit=[str(first.pk), "x", "²", "9" * 19])
    assert names(listed) == ["New name 0", before[1]]
    post(client, listed, all="1")
    assert names(listed) == ["New name 0", "New name 1"]


def test_firms_that_are_gone_are_taken_out(client: Client, listed: SamplingFrame) -> None:
    post(client, listed, take_out="1")
    assert FrameUnit.objects.filter(frame=listed).count() == 5


def test_list_that_is_loading_is_not_there(client: Client, listed: SamplingFrame) -> None:
    SamplingFrame.objects.update(status=SamplingFrame.Status.LOADING)
    assert client.get(reverse("frame_register", args=[listed.pk])).status_code == 404


def test_officer_of_one_district_changes_no_list(client: Client, listed: SamplingFrame, officer: User) -> None:
    Territory.objects.create(user=officer, district=District.objects.order_by("code")[0])
    assert post(client, listed, take_out="1") == 403
    assert FrameUnit.objects.filter(frame=listed).count() == 6
