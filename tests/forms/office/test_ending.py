"""A date that ends the collection of open waves asks first."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from survey.forms.office.ending import AsksBeforeApprovalEnds, AsksBeforeWaveEnds
from survey.models import Survey, Wave
from survey.terms import WaveStatus

YESTERDAY, LATER = date.today() - timedelta(days=1), date(2098, 1, 1)


class Approval(AsksBeforeApprovalEnds):
    class Meta:
        model = Survey
        fields = ["approval_expires"]


class Deadline(AsksBeforeWaveEnds):
    class Meta:
        model = Wave
        fields = ["closes_at"]


def approval(wave: Wave, day: date, **more: Any) -> Approval:
    return Approval({"approval_expires": day.isoformat(), **more}, instance=Survey.objects.get())


def test_approval_that_ends_a_collection_is_asked_about(english: None, wave: Wave) -> None:
    form = approval(wave, YESTERDAY)
    assert not form.is_valid()
    assert form.ends_collection.startswith("With this date the collection of Wave one ends at once")
    assert form.errors["approval_expires"] == ["This date ends the collection. Tick the box above if it is to."]


def test_confirmed_approval_is_stored(wave: Wave) -> None:
    assert approval(wave, YESTERDAY, _end_collection="1").is_valid()


def test_later_approval_is_not_asked_about(wave: Wave) -> None:
    assert approval(wave, LATER).is_valid()


@pytest.mark.parametrize("status", [WaveStatus.PLANNED, WaveStatus.CLOSED])
def test_wave_that_does_not_collect_is_not_asked_about(wave: Wave, status: WaveStatus) -> None:
    Wave.objects.update(status=status.value)
    assert approval(wave, YESTERDAY).is_valid()


@pytest.mark.parametrize(("confirmed", "is_valid"), [({}, False), ({"_end_collection": "1"}, True)])
def test_deadline_in_the_past_of_an_open_wave_is_asked_about(wave: Wave, confirmed: Any, is_valid: bool) -> None:
    typed = timezone.localtime() - timedelta(minutes=5)
    form = Deadline({"closes_at": typed.strftime("%Y-%m-%d %H:%M:%S"), **confirmed}, instance=wave)
    assert form.is_valid() == is_valid
