"""Whom a survey asks is chosen on its page, and stands once a sample was drawn."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from survey.models import SamplingFrame, Survey, Wave
from tests.answered import sampled_wave
from tests.forms.office.test_translated import survey_form


@pytest.fixture
def survey(wave: Wave) -> Survey:
    return wave.survey


def test_survey_of_local_units_is_chosen_on_its_page(designer: Client, survey: Survey) -> None:
    assert designer.post(*survey_form(survey, asks="local_unit")).status_code == 302
    survey.refresh_from_db()
    assert survey.asks == "local_unit"


def test_form_that_does_not_name_it_leaves_it(designer: Client, survey: Survey) -> None:
    Survey.objects.update(asks="local_unit")
    assert designer.post(*survey_form(survey)).status_code == 302
    survey.refresh_from_db()
    assert survey.asks == "local_unit"


def test_survey_with_a_sample_goes_on_to_ask_the_same(
    designer: Client, wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled_wave(wave, frame(), 24)
    page = designer.post(*survey_form(wave.survey, asks="local_unit"))
    wave.survey.refresh_from_db()
    assert (page.status_code, wave.survey.asks) == (200, "firm")
    assert "A sample was drawn for this survey." in page.content.decode()


def test_list_of_local_units_has_a_template(designer: Client, as_role: Callable[..., Client]) -> None:
    found = as_role("field_officer").get(reverse("frame_import_template"), {"rows": "local_unit"})
    assert "local-units-template.xlsx" in found["Content-Disposition"]
