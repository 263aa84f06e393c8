from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from survey.instrument.schema import Text
from survey.models import Sample, SamplingFrame, Wave
from survey.terms import Role


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> Any:
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def filled(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    """What an officer enters."""
    return {
        "wave": wave.pk, "frame": frame().pk, "size": 24, "method": "proportional", "minimum_per_stratum": 2, "seed": 7,
    }  # fmt: skip


def preview_of(client: Client, filled: Any) -> Any:
    return client.post(reverse("sample_draw"), {**filled, "preview": "1"})


def draw(client: Client, filled: Any, previewed: Any, **more: Any) -> Any:
    return client.post(reverse("sample_draw"), {**filled, "draw": "1", "previewed": previewed} | more)


@pytest.mark.usefixtures("officer")
def test_preview_shows_the_allocation_and_draws_nothing(client: Client, filled: Any) -> None:
    answer = preview_of(client, filled)
    assert sum(row.sample_size for row in answer.context["rows"]) == 24
    assert "Draw these 24 firms" in answer.content.decode()
    assert not Sample.objects.exists()


def test_draw_after_the_preview_stores_the_sample_and_leads_to_the_cases(
    client: Client, officer: Any, filled: Any
) -> None:
    answer = draw(client, filled, preview_of(client, filled).context["fingerprint"])
    assert answer["Location"] == f"{reverse('case_list')}?wave=w1"
    assert (Sample.objects.get().size, Sample.objects.get().seed, Sample.objects.get().drawn_by) == (24, 7, officer)


@pytest.mark.usefixtures("officer")
def test_figures_changed_after_the_preview_are_previewed_again(client: Client, filled: Any) -> None:
    answer = draw(client, filled, preview_of(client, filled).context["fingerprint"], size=30)
    assert "differ from those previewed" in answer.content.decode()
    assert not Sample.objects.exists()


@pytest.mark.usefixtures("officer")
def test_sample_too_small_is_refused_at_its_field(client: Client, filled: Any) -> None:
    answer = preview_of(client, {**filled, "size": 3})
    assert answer.context["form"].errors["size"] == [
        "A sample of 3 is too small: all large firms and at least 2 of every other stratum are 24 firms. "
        "Enter at least 24."
    ]


@pytest.mark.usefixtures("officer")
def test_second_click_on_draw_does_not_draw_again(client: Client, filled: Any) -> None:
    previewed = preview_of(client, filled).context["fingerprint"]
    draw(client, filled, previewed)
    assert draw(client, filled, previewed).status_code == 200
    assert Sample.objects.count() == 1


@pytest.mark.usefixtures("officer")
def test_page_without_frame_and_wave_says_what_comes_first(client: Client) -> None:
    text = client.get(reverse("sample_draw")).content.decode()
    assert "Import one first." in text
    assert "Add a wave first." in text


@pytest.mark.usefixtures("officer")
def test_wave_with_a_sample_is_not_offered(client: Client, filled: Any, frame: Callable[..., SamplingFrame]) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    Wave.objects.create(
        survey=Wave.objects.get().survey, code="w2", title=Text("二", "Two"),
        opens_at=Wave.objects.get().opens_at, closes_at=Wave.objects.get().closes_at,
    )  # fmt: skip
    form = client.get(reverse("sample_draw")).context["form"]
    assert [wave.code for wave in form.fields["wave"].queryset] == ["w2"]


@pytest.mark.usefixtures("officer")
def test_frames_of_one_title_are_told_apart_by_firms_and_day(
    client: Client, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    first = frame()
    page = client.get(reverse("sample_draw")).content.decode()
    assert f"{first.title} ({first.unit_count:,} firms, imported {localdate(first.created_at)})" in page
