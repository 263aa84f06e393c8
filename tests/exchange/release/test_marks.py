"""What leaves of a wave says that it is made up, or that figures will change."""

import pytest

from survey.exchange.release.marks import marks_of
from survey.models import Wave
from survey.terms import WaveStatus

MADE_UP = "Demonstration: firms, persons and answers are made up."
PROVISIONAL = "Provisional: the wave is still open, and figures will change."


@pytest.mark.parametrize(
    ("is_demonstration", "status", "marks"),
    [
        (True, WaveStatus.OPEN, (MADE_UP, PROVISIONAL)),
        (True, WaveStatus.CLOSED, (MADE_UP,)),
        (False, WaveStatus.OPEN, (PROVISIONAL,)),
        (False, WaveStatus.CLOSED, ()),
    ],
)
def test_wave_bears_the_marks_that_are_true_of_it(
    wave: Wave, english: None, is_demonstration: bool, status: WaveStatus, marks: tuple[str, ...]
) -> None:
    wave.survey.is_demonstration, wave.status = is_demonstration, status.value
    assert marks_of(wave) == marks
