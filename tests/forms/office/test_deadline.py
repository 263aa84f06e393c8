"""Dates of a wave that cannot be are refused at their field; what a deadline does is said first."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from survey.forms.office.deadline import AsksAboutDeadline
from survey.models import Case, Wave
from survey.terms import WaveStatus

pytestmark = pytest.mark.usefixtures("english")
NOW = timezone.now()


class Dates(AsksAboutDeadline):
    class Meta:
        model = Wave
        fields = ["opens_at", "closes_at"]


def dates(wave: Wave, closes: datetime, **more: Any) -> Dates:
    shown = {"opens_at": wave.opens_at, "closes_at": closes}
    typed = {name: timezone.localtime(day).strftime("%Y-%m-%d %H:%M:%S") for name, day in shown.items()}
    return Dates({**typed, **more}, instance=wave)


def test_deadline_before_the_opening_is_said_at_its_field_alone(wave: Wave) -> None:
    form = dates(wave, wave.opens_at - timedelta(days=1))
    assert not form.is_valid()
    assert list(form.errors) == ["closes_at"]
    assert "is before the opening" in form.errors["closes_at"][0]


def test_opening_behind_the_deadline_that_stands_is_said_at_its_field_alone(wave: Wave) -> None:
    late = timezone.localtime(wave.closes_at + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    form = dates(wave, wave.closes_at, opens_at=late)
    assert list(form.errors) == ["opens_at"]
    assert "is behind the deadline" in form.errors["opens_at"][0]


def test_past_deadline_of_a_planned_wave_is_refused(wave: Wave) -> None:
    wave.status, wave.opens_at = WaveStatus.PLANNED.value, NOW - timedelta(days=30)
    wave.save()
    form = dates(wave, NOW - timedelta(days=1), _change_deadline="1")
    assert "This day is over" in form.errors["closes_at"][0]


@pytest.mark.parametrize(("confirmed", "is_valid"), [({}, False), ({"_change_deadline": "1"}, True)])
def test_far_deadline_is_confirmed(wave: Wave, confirmed: dict[str, str], is_valid: bool) -> None:
    Wave.objects.update(status=WaveStatus.PLANNED.value)
    wave.refresh_from_db()
    form = dates(wave, NOW + timedelta(days=800), **confirmed)
    assert form.is_valid() == is_valid
    assert ("more than a year" in form.deadline_question) != is_valid


def test_new_deadline_of_an_open_wave_says_whom_it_concerns(wave: Wave, cases: list[Case]) -> None:
    Wave.objects.update(status=WaveStatus.OPEN.value)
    wave.refresh_from_db()
    Case.objects.filter(pk__in=[case.pk for case in cases[:5]]).update(code_sent_at=NOW)
    Case.objects.filter(pk=cases[0].pk).update(status="submitted")
    form = dates(wave, wave.closes_at + timedelta(days=3))
    assert not form.is_valid()
    assert "23 firms that have not submitted" in form.deadline_question
    assert "4 of them have been written to with the old date" in form.deadline_question
    assert dates(wave, wave.closes_at + timedelta(days=3), _change_deadline="1").is_valid()


def test_unchanged_deadline_asks_nothing(wave: Wave) -> None:
    assert dates(wave, wave.closes_at.replace(microsecond=0)).deadline_question == ""
