from datetime import date

import pytest
from django.utils import timezone

from survey.models import QuestionnaireVersion, StaffAction, Survey, Wave
from survey.services.fieldwork.waves import WaveError, close_wave, open_wave
from survey.terms import Role

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def planned(cases) -> Wave:
    Wave.objects.update(status="planned")
    return Wave.objects.get()


def test_opened_wave_is_open_and_its_version_fielded(planned, office_user):
    wave = open_wave(wave=planned, actor=office_user(Role.FIELD_OFFICER))
    assert (wave.status, QuestionnaireVersion.objects.get().status) == ("open", "fielded")


def test_opening_is_written_to_both_histories(planned, office_user):
    officer = office_user(Role.FIELD_OFFICER)
    open_wave(wave=planned, actor=officer)
    assert (StaffAction.objects.get(verb="open_wave").actor, planned.history.first().history_user) == (officer, officer)


def test_open_wave_is_not_opened_twice(planned):
    open_wave(wave=planned, actor=None)
    with pytest.raises(WaveError, match="open already"):
        open_wave(wave=planned, actor=None)


def test_wave_with_a_retired_version_is_not_opened(planned):
    QuestionnaireVersion.objects.update(status="retired")
    with pytest.raises(WaveError, match="Choose another version"):
        open_wave(wave=planned, actor=None)


def test_wave_without_a_version_is_not_opened(planned):
    Wave.objects.update(version=None)
    with pytest.raises(WaveError, match="Publish a questionnaire"):
        open_wave(wave=planned, actor=None)


def test_wave_without_a_sample_is_not_opened(wave, version):
    Wave.objects.update(status="planned")
    with pytest.raises(WaveError, match="Draw a sample"):
        open_wave(wave=wave, actor=None)


def test_wave_past_its_deadline_is_not_opened(planned):
    Wave.objects.update(closes_at=timezone.now())
    with pytest.raises(WaveError, match="later date"):
        open_wave(wave=planned, actor=None)


def test_wave_is_not_opened_after_the_approval_of_its_survey(planned):
    Survey.objects.update(approval_expires=date(2020, 1, 1))
    with pytest.raises(WaveError, match="later date"):
        open_wave(wave=planned, actor=None)


def test_closed_wave_can_be_opened_again(cases):
    wave = close_wave(wave=cases[0].wave, actor=None)
    assert (wave.status, open_wave(wave=wave, actor=None).status) == ("closed", "open")


def test_planned_wave_cannot_be_closed(planned):
    with pytest.raises(WaveError, match="not open"):
        close_wave(wave=planned, actor=None)
