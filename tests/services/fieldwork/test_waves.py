from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from survey.models import Case, QuestionnaireVersion, StaffAction, Survey, Wave
from survey.services.fieldwork.waves import WaveError, close_wave, field_version, open_wave
from survey.terms import Role
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def planned(cases: list[Case]) -> Wave:
    Wave.objects.update(status="planned")
    return Wave.objects.get()


def test_opened_wave_is_open_and_its_version_fielded(planned: Wave, office_user: Callable[[Role | str], User]) -> None:
    wave = open_wave(wave=planned, actor=office_user(Role.FIELD_OFFICER))
    assert (wave.status, QuestionnaireVersion.objects.get().status) == ("open", "fielded")


def test_opening_is_written_to_both_histories(planned: Wave, office_user: Callable[[Role | str], User]) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    open_wave(wave=planned, actor=officer)
    assert (StaffAction.objects.get(verb="open_wave").actor, planned.history.all()[0].history_user) == (
        officer,
        officer,
    )


def test_open_wave_is_not_opened_twice(planned: Wave) -> None:
    open_wave(wave=planned, actor=None)
    with pytest.raises(WaveError, match="open already"):
        open_wave(wave=planned, actor=None)


def test_version_that_was_retired_meanwhile_is_not_fielded(planned: Wave) -> None:
    seen = QuestionnaireVersion.objects.get()
    QuestionnaireVersion.objects.update(status="retired")
    with transaction.atomic(), pytest.raises(WaveError) as refused:
        field_version(version=seen)
    assert refused.value.complaint.code == "version_retired"


def test_wave_with_a_retired_version_is_not_opened(planned: Wave) -> None:
    QuestionnaireVersion.objects.update(status="retired")
    with pytest.raises(WaveError, match="Choose another version"):
        open_wave(wave=planned, actor=None)


def test_wave_without_a_version_is_not_opened(planned: Wave) -> None:
    Wave.objects.update(version=None)
    with pytest.raises(WaveError, match="Publish a questionnaire"):
        open_wave(wave=planned, actor=None)


def test_wave_without_a_sample_is_not_opened(wave: Wave, version: QuestionnaireVersion) -> None:
    Wave.objects.update(status="planned")
    with pytest.raises(WaveError, match="Draw a sample"):
        open_wave(wave=wave, actor=None)


def test_wave_past_its_deadline_is_not_opened(planned: Wave) -> None:
    Wave.objects.update(closes_at=timezone.now())
    with pytest.raises(WaveError, match="later date"):
        open_wave(wave=planned, actor=None)


def test_wave_is_not_opened_after_the_approval_of_its_survey(planned: Wave) -> None:
    Survey.objects.update(approval_expires=date(2020, 1, 1))
    with pytest.raises(WaveError, match="later date"):
        open_wave(wave=planned, actor=None)


def test_closed_wave_can_be_opened_again(cases: list[Case]) -> None:
    wave = close_wave(wave=cases[0].wave, actor=None)
    assert (wave.status, open_wave(wave=wave, actor=None).status) == ("closed", "open")


def test_planned_wave_cannot_be_closed(planned: Wave) -> None:
    with pytest.raises(WaveError, match="not open"):
        close_wave(wave=planned, actor=None)


def test_wave_is_opened_and_closed_with_all_that_follows_or_not_at_all(planned: Wave) -> None:
    assert half_written(lambda: open_wave(wave=planned, actor=None)) == []
    assert half_written(lambda: close_wave(wave=planned, actor=None)) == []
