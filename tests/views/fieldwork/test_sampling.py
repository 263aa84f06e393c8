from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from survey.instrument.schema import Text
from survey.models import Sample, SamplingFrame, StaffAction, Survey, Wave
from survey.terms import AskedUnit
from tests.local_units import by_local_units


@pytest.fixture
def filled(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    """What an officer enters."""
    return {
        "wave": wave.pk, "frame": frame().pk, "size": 24, "method": "proportional", "minimum_per_stratum": 2, "seed": 7,
        "response": 60, "relation": "fresh", "kept_percent": 70,
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


def test_draw_after_the_preview_stores_the_sample_and_leads_to_its_page(
    client: Client, officer: Any, filled: Any
) -> None:
    answer = draw(client, filled, preview_of(client, filled).context["fingerprint"])
    assert answer["Location"] == reverse("sample_page", args=["w1"])
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


def another(wave: Wave, code: str) -> Wave:
    """A wave of the same survey and dates."""
    return Wave.objects.create(
        survey=wave.survey, code=code, title=Text("二", "Two"), opens_at=wave.opens_at, closes_at=wave.closes_at
    )


@pytest.mark.usefixtures("officer")
def test_preview_shows_errors_of_all_firms_sections_and_sizes(client: Client, filled: Any) -> None:
    rows = preview_of(client, filled).context["domains"]
    assert rows[0].name == "All firms"
    assert (rows[0].population, rows[0].drawn, round(rows[0].answers, 1)) == (40, 24, 14.4)
    assert {row.name for row in rows} >= {"Large", "Small"}
    assert rows[0].points == pytest.approx(26.4978, abs=1e-4)


@pytest.mark.usefixtures("officer")
def test_smallest_sample_for_wanted_errors_finds_its_own_size(client: Client, filled: Any) -> None:
    wanted = {**filled, "size": "", "method": "targets", "points_all": "20"}
    answer = preview_of(client, wanted)
    assert answer.context["domains"][0].points <= 20
    draw(client, wanted, answer.context["fingerprint"])
    sample = Sample.objects.get()
    assert (sample.size, sample.targets) == (answer.context["plan"].size, {"all": 0.2})
    assert sample.expected_response == 0.6


@pytest.mark.usefixtures("officer")
def test_smallest_sample_for_a_wanted_cv_is_previewed_by_stratum_and_keeps_what_was_wanted(
    client: Client, filled: Any
) -> None:
    wanted = {**filled, "size": "", "method": "targets", "cv_revenue_all": "20", "cv_employees_industry_section": "30"}
    answer = preview_of(client, wanted)
    assert answer.context["domains"][0].cv_revenue <= 20
    assert answer.content.decode().count(">CV revenue<") == 2
    # A stratum that is taken whole has an error too where only a part of it answers.
    assert all(row.cv_revenue > 0 for row in answer.context["rows"])
    draw(client, wanted, answer.context["fingerprint"])
    assert Sample.objects.get().targets == {"revenue all": 0.2, "employees industry_section": 0.3}


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"method": "targets"}, "points_all", "needs an error that is wanted"),
        ({"method": "targets", "points_all": "1"}, "response", "no sample is exact enough"),
        ({"size": ""}, "size", "needs a sample size"),
        ({"relation": "keep"}, "related_to", "no earlier sample"),
        ({"relation": "avoid"}, "relation", "No firm was asked"),
    ],
)
def test_wish_that_cannot_be_met_says_how_to_mend_it(
    client: Client, filled: Any, changes: Any, field: str, words: str
) -> None:
    assert words in preview_of(client, filled | changes).context["form"].errors[field][0]


@pytest.mark.usefixtures("officer")
def test_sample_that_keeps_firms_takes_their_seed_and_shows_whom_it_shares(
    client: Client, wave: Wave, filled: Any
) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    later = another(wave, "w2")
    keeping = {
        **filled,
        "wave": later.pk,
        "relation": "keep",
        "related_to": wave.sample.pk,
        "kept_percent": 100,
        "seed": 9,
    }
    draw(client, keeping, preview_of(client, keeping).context["fingerprint"])
    assert (later.sample.seed, later.sample.related_to, later.sample.kept_share) == (7, wave.sample, 1.0)
    page = client.get(reverse("sample_page", args=["w2"]))
    assert [(row.sample, row.firms) for row in page.context["shared"]] == [(wave.sample, 24)]
    assert [(row.times, row.firms) for row in page.context["burden"]] == [(2, 24)]


@pytest.mark.usefixtures("officer")
def test_sample_that_avoids_firms_meets_only_those_that_are_all_taken(client: Client, wave: Wave, filled: Any) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    later = another(wave, "w2")
    avoiding = {**filled, "wave": later.pk, "relation": "avoid"}
    expected = preview_of(client, avoiding).context["plan"].meetings[0]
    draw(client, avoiding, preview_of(client, avoiding).context["fingerprint"])
    shared = client.get(reverse("sample_page", args=["w2"])).context["shared"][0]
    assert expected.is_coordinated
    assert shared.firms < 24
    assert shared.firms == pytest.approx(expected.firms, abs=3)


@pytest.mark.usefixtures("officer")
def test_draw_is_voided_by_the_code_of_the_wave_and_can_be_drawn_again(client: Client, wave: Wave, filled: Any) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    page = client.post(reverse("sample_void", args=["w1"]), {"typed": "w2"})
    assert "Type w1 to void the draw." in page.content.decode()
    client.post(reverse("sample_void", args=["w1"]), {"typed": "w1"})
    assert (Sample.objects.count(), wave.cases.count()) == (0, 0)
    assert StaffAction.objects.filter(verb="void_sample").get().detail["seed"] == 7
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    assert wave.cases.count() == 24


@pytest.mark.usefixtures("officer")
def test_draw_stands_once_a_code_is_issued(client: Client, wave: Wave, filled: Any) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    wave.cases.filter(pk=wave.cases.all()[0].pk).update(code_sent_at=wave.opens_at)
    page = client.post(reverse("sample_void", args=["w1"]), {"typed": "w1"})
    assert "1 of its firms have their access code" in page.content.decode()
    assert Sample.objects.count() == 1


@pytest.mark.usefixtures("officer")
def test_same_seed_typed_again_is_not_called_new_random_numbers(client: Client, filled: Any) -> None:
    draw(client, filled, preview_of(client, filled).context["fingerprint"])
    assert "new random numbers" not in client.get(reverse("sample_page", args=["w1"])).content.decode()


@pytest.mark.usefixtures("officer")
def test_sample_of_local_units_is_previewed_and_drawn_as_such(client: Client, wave: Wave, filled: Any) -> None:
    filled["frame"] = by_local_units(wave, lambda units: SamplingFrame.objects.get()).pk
    preview = preview_of(client, filled)
    page = preview.content.decode()
    assert ("Draw these 24 local units" in page, "All local units" in page, "All firms" in page) == (True, True, False)
    answer = client.get(draw(client, filled, preview.context["fingerprint"])["Location"]).content.decode()
    assert "24 local units are drawn. Next, issue their access codes." in answer


@pytest.mark.usefixtures("officer")
def test_form_says_what_the_waves_ask_that_can_be_drawn(client: Client, wave: Wave, filled: Any) -> None:
    other = Survey.objects.create(
        code="other", title=wave.survey.title, approval_expires="2099-12-31", asks=AskedUnit.LOCAL_UNIT.value
    )
    of_firms = client.get(reverse("sample_draw")).content.decode()
    Wave.objects.create(survey=other, code="w9", title=wave.title, opens_at=wave.opens_at, closes_at=wave.closes_at)
    of_both = client.get(reverse("sample_draw")).content.decode()
    assert ("Which firms</h2>" in of_firms, "Which firms or local units</h2>" in of_both) == (True, True)
    chosen = preview_of(client, filled).content.decode()
    assert ("Which firms</h2>" in chosen, "Draw these 24 firms" in chosen) == (True, True)
