"""A release freezes a cut once, stands for the published one with a reason, and is what its digest says."""

from collections.abc import Callable

import pytest

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.wording import Planned
from survey.instrument.schema import Text
from survey.models import Release, Response, SamplingFrame, Wave
from survey.release_terms import ReleaseState
from survey.services.results.cuts import make_cut
from survey.services.results.release_check import verify_release
from survey.services.results.releases import ReleaseRefusedError, make_release, release_digest
from tests.answered import answer, answered_wave
from tests.interrupted import half_written
from tests.released import draft_of, small_release

pytestmark = pytest.mark.usefixtures("unguarded", "english")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def test_release_of_an_unchanged_cut_is_the_same_one(answered: Wave) -> None:
    first, second = draft_of(answered), draft_of(answered)
    assert (first, Release.objects.count(), first.steps.count()) == (second, 1, 1)


def test_release_after_another_answer_has_a_new_number_and_digest(answered: Wave) -> None:
    first = draft_of(answered)
    answer(answered, 1)
    second = draft_of(answered)
    assert (first.number, second.number, first.digest == second.digest) == (1, 2, False)


def test_release_beside_a_published_one_stands_for_it_with_a_reason(answered: Wave) -> None:
    published = small_release(answered, state=ReleaseState.PUBLISHED)
    with pytest.raises(ReleaseRefusedError, match="Say why it is revised"):
        draft_of(answered)
    made = draft_of(answered, reason="final figures")
    assert (made.number, made.replaces, made.steps.get().note) == (2, published, "final figures")
    assert made.content["languages"]["en"]["reason"] == "final figures"


def test_content_read_from_the_database_has_the_digest_that_it_was_given(answered: Wave) -> None:
    made = Release.objects.get(pk=draft_of(answered).pk)
    assert release_digest(made.content) == made.digest


def test_release_recomputed_from_the_stored_answers_differs_in_nothing(answered: Wave) -> None:
    verified = verify_release(draft_of(answered))
    assert (verified.holds, verified.has_changed, verified.erased) == (True, False, 0)
    assert verified.figures > 700


def test_changed_digit_of_the_content_is_named(answered: Wave) -> None:
    release = draft_of(answered)
    release.content["figures"][0]["tables"]["ranking"]["cells"][0][0]["estimate"] = 0.9999
    verified = verify_release(release)
    assert (verified.is_intact, verified.holds, len(verified.differences)) == (False, False, 1)
    assert "ranking" in verified.differences[0]
    assert "0.9999 -> " in verified.differences[0]


def test_erased_answers_leave_the_release_standing_and_are_said(answered: Wave) -> None:
    release = draft_of(answered)
    Response.objects.filter(case__wave=answered).update(erased_at="2030-01-01T00:00:00Z", answers={})
    verified = verify_release(release)
    assert (verified.is_intact, verified.erased, verified.figures) == (True, 60, 0)


def test_release_that_is_made_half_way_is_not_there(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    cut = make_cut(wave=wave, actor=None)
    content = content_of_cut(cut, Planned(reason=Text("", "")))
    assert half_written(lambda: make_release(cut=cut, content=content, actor=None)) == []
