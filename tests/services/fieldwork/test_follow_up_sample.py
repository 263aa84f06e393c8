"""A random follow-up sample of the silent: drawn once by stratum, then only its firms are called and stand for all."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from django.contrib.auth.models import User

from survey.casework_terms import CallReason, FollowUpPart
from survey.models import Case, SamplingFrame, StaffAction, Wave
from survey.selectors.fieldwork.follow_up import follow_up_state, number_drawn, silent_by_size
from survey.selectors.results.extract import collected_of
from survey.services.casework.calling import make_call_list
from survey.services.fieldwork.follow_up_sample import LEAST_PART, MOST_PART, FollowUpError, draw_follow_up_sample
from tests.calling import called_wave, silent
from tests.interrupted import half_written


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def called(wave: Wave, frame: Callable[..., SamplingFrame], officer: User) -> Wave:
    called_wave(wave, frame, officer)
    return Wave.objects.get(pk=wave.pk)


def test_part_of_the_silent_is_drawn_in_each_stratum(called: Wave, officer: User) -> None:
    sizes = Counter(case.sample_unit.stratum_id for case in silent(called))
    count = draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)
    drawn = Case.objects.filter(wave=called, follow_up_sample=FollowUpPart.DRAWN.value)
    assert Counter(case.sample_unit.stratum_id for case in drawn) == {
        stratum: number_drawn(firms, 0.3) for stratum, firms in sizes.items()
    }
    state = follow_up_state(called)
    assert state is not None
    assert (state.drawn, state.left, state.answered) == (count, 40 - count, 0)
    assert Case.history.filter(follow_up_sample=FollowUpPart.DRAWN.value).count() == count


def test_preview_counts_what_the_draw_takes(called: Wave, officer: User) -> None:
    rows = silent_by_size(called, 0.5)
    assert sum(row.silent for row in rows) == 40
    assert sum(row.drawn for row in rows) == draw_follow_up_sample(wave=called, part=0.5, seed=4, actor=officer)


def test_weights_know_who_was_drawn(called: Wave, officer: User) -> None:
    assert collected_of(called).second_phase is None
    count = draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)
    part = collected_of(Wave.objects.get(pk=called.pk)).fieldwork.second_phase
    assert part is not None
    assert np.bincount(part).tolist() == [40, count, 40 - count]


def test_only_drawn_firms_are_called_from_then_on(called: Wave, officer: User) -> None:
    draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)
    made = make_call_list(wave=Wave.objects.get(pk=called.pk), actor=officer)
    drawn = set(Case.objects.filter(follow_up_sample=FollowUpPart.DRAWN.value).values_list("pk", flat=True))
    assert set(made.calls.values_list("case", flat=True)) <= drawn
    assert CallReason.CLASS.value not in set(made.calls.values_list("reason", flat=True))


def test_second_draw_and_parts_that_are_none_are_refused(called: Wave, officer: User) -> None:
    with pytest.raises(FollowUpError) as refused:
        draw_follow_up_sample(wave=called, part=1.5, seed=4, actor=officer)
    assert refused.value.complaint.code == "no_part"
    draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)
    with pytest.raises(FollowUpError) as refused:
        draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)
    assert refused.value.complaint.code == "drawn_already"


@pytest.mark.parametrize("part", [LEAST_PART, MOST_PART])
def test_least_and_largest_part_are_drawn_and_written_down(called: Wave, officer: User, part: float) -> None:
    count = draw_follow_up_sample(wave=called, part=part, seed=4, actor=officer)
    action = StaffAction.objects.get(verb="draw_follow_up_sample")
    assert (action.actor, action.detail) == (officer, {"silent": 40, "drawn": count, "part": part, "seed": 4})


def test_draw_that_ends_half_way_marks_nobody_and_can_be_made(called: Wave, officer: User) -> None:
    assert half_written(lambda: draw_follow_up_sample(wave=called, part=0.3, seed=4, actor=officer)) == []
