"""Verifying a release tells whether its content is that of its digest, and whether the wave has changed since."""

from collections.abc import Callable

import pytest

from survey.models import Release, Response, SamplingFrame, Wave
from survey.services.operation.erasing import erase_response
from survey.services.results.release_check import Verified, verify_release
from tests.answered import answer, answered_wave
from tests.released import draft_of

pytestmark = pytest.mark.usefixtures("unguarded", "english")


@pytest.fixture
def release(wave: Wave, frame: Callable[..., SamplingFrame]) -> Release:
    return draft_of(answered_wave(wave, frame, firms=120, sample=80, answers=60))


@pytest.mark.parametrize(
    ("verified", "holds"),
    [
        (Verified(is_intact=True, erased=0), True),
        (Verified(is_intact=False, erased=0), False),
        (Verified(is_intact=True, erased=0, differences=("x",)), False),
        (Verified(is_intact=True, erased=3, has_changed=True), True),
    ],
)
def test_release_holds_where_nothing_speaks_against_it(verified: Verified, holds: bool) -> None:
    assert verified.holds is holds


def test_every_figure_of_an_unchanged_wave_is_recomputed(release: Release) -> None:
    cells = [
        cell
        for page in release.content["figures"]
        for table in page["tables"].values()
        for row in table["cells"]
        for cell in row
    ]
    assert verify_release(release) == Verified(is_intact=True, erased=0, figures=len(cells))


def test_wave_that_changed_since_is_said(release: Release) -> None:
    answer(release.wave, 1)
    verified = verify_release(release)
    assert (verified.is_intact, verified.has_changed, len(verified.differences) > 0) == (True, True, True)


def test_erased_answers_are_counted_and_nothing_is_recomputed(release: Release) -> None:
    for response in Response.objects.order_by("pk")[:2]:
        erase_response(response)
    assert verify_release(release) == Verified(is_intact=True, erased=2, figures=0)
