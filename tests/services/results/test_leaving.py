"""What leaves the office is written down before it does, and refused where nobody has answered."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import SamplingFrame, StaffAction, Wave
from survey.services.results.microdata import MicrodataRefusedError, record_microdata_export
from survey.services.results.replicates import ReplicatesRefusedError, record_replicates_export
from survey.terms import Role
from tests.answered import answered_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.ANALYST)


def test_exports_are_written_down_with_what_they_hold(
    wave: Wave, frame: Callable[..., SamplingFrame], analyst: User
) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=12)
    record_microdata_export(wave=wave, with_words=True, actor=analyst)
    record_replicates_export(wave=wave, replicates=80, actor=analyst)
    assert list(StaffAction.objects.order_by("pk").values_list("verb", "actor", "detail"))[-2:] == [
        ("export_microdata", analyst.pk, {"answered": 12, "with_words": True}),
        ("export_replicates", analyst.pk, {"answered": 12, "replicates": 80}),
    ]


def test_with_one_answer_nothing_leaves(wave: Wave, frame: Callable[..., SamplingFrame], analyst: User) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=1)
    with pytest.raises(MicrodataRefusedError):
        record_microdata_export(wave=wave, with_words=False, actor=analyst)
    with pytest.raises(ReplicatesRefusedError):
        record_replicates_export(wave=wave, replicates=80, actor=analyst)
    assert not StaffAction.objects.filter(actor=analyst).exists()
