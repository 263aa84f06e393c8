"""The earlier cuts of a wave stand from the oldest on, with what each was made from."""

from collections.abc import Callable

import pytest

from survey.methods.clearing.response import ANSWERED, RATES, SILENT
from survey.models import SamplingFrame, Wave
from survey.services.operation.erasing import erase_source
from survey.services.results.cuts import make_cut
from survey.services.results.earlier_cuts import CutRefusedError, earlier_cuts
from tests.answered import answer, answered_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice_cut(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """Cut with 60 answers, then with 75."""
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    make_cut(wave=wave, actor=None)
    answer(wave, 15)
    make_cut(wave=wave, actor=None)
    return wave


def test_cuts_stand_from_the_oldest_on_and_only_those_before_a_number(twice_cut: Wave) -> None:
    assert [cut.cube.n[()] for cut in earlier_cuts(twice_cut)] == [60, 75]
    assert [cut.cube.n[()] for cut in earlier_cuts(twice_cut, before=2)] == [60]
    assert earlier_cuts(twice_cut, before=1) == []


def test_outcomes_of_the_whole_sample_are_kept_with_a_cut(twice_cut: Wave) -> None:
    kept = [cut.sampled.given[RATES].tolist() for cut in earlier_cuts(twice_cut) if cut.sampled]
    assert [(one.count(ANSWERED), one.count(SILENT)) for one in kept] == [(60, 20), (75, 5)]


def test_cut_whose_source_was_erased_is_no_measure(twice_cut: Wave) -> None:
    cut = twice_cut.cuts.get(number=2)
    erase_source(cut.source)
    with pytest.raises(CutRefusedError) as refused:
        earlier_cuts(twice_cut)
    assert (refused.value.code, refused.value.complaint.parameters["number"]) == ("source_erased", 2)
    assert len(earlier_cuts(twice_cut, before=2)) == 1
