from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.methods.sampling.plan import permanent_random_numbers
from survey.models import Case, FrameUnit, Sample, SampleUnit, SamplingFrame, StaffAction, Stratum, Survey, Wave
from survey.services.fieldwork.access_codes import derive_code, find_case
from survey.services.fieldwork.sample_plan import plan_sample
from survey.services.fieldwork.sampling import draw_sample, void_sample
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.terms import AskedUnit, Role, WaveStatus
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def draw(wave: Wave, frame: Callable[..., SamplingFrame]) -> Callable[..., Any]:
    """Draws 24 of 40 firms (10 large) for the wave; arguments change the draw."""

    def drawn(**changes: Any) -> Any:
        settings: dict[str, Any] = {
            "wave": wave,
            "size": 24,
            "method": "proportional",
            "seed": 11,
            "actor": None,
        } | changes
        settings["frame"] = settings.get("frame") or frame()
        return draw_sample(**settings)

    return drawn


def chosen_codes(sample: Sample) -> list[str]:
    return sorted(sample.units.values_list("unit__credit_code", flat=True))


def another_wave(wave: Wave) -> Wave:
    wave.pk, wave.code = None, "w2"
    wave.save()
    return wave


def test_draw_stores_as_many_units_and_cases_as_asked(draw: Callable[..., Any]) -> None:
    sample = draw()
    assert (sample.units.count(), Case.objects.filter(wave=sample.wave).count()) == (24, 24)


def test_draw_takes_all_large_firms(draw: Callable[..., Any]) -> None:
    sample = draw()
    large = sample.strata.filter(size_class="large")
    assert list(large.values_list("population", "sample_size", "is_take_all")) == [(6, 6, True), (6, 6, True)]


def test_design_weights_of_a_stratum_add_up_to_its_population(draw: Callable[..., Any]) -> None:
    sample = draw()
    for stratum in sample.strata.all():
        weights = stratum.units.values_list("design_weight", flat=True)
        assert sum(weights) == pytest.approx(stratum.population)


def test_inclusion_probability_is_sample_by_population(draw: Callable[..., Any]) -> None:
    draw()
    for unit in SampleUnit.objects.select_related("stratum"):
        assert unit.inclusion_probability == unit.stratum.sample_size / unit.stratum.population


def test_same_seed_draws_the_same_firms_from_rows_in_another_order(
    draw: Callable[..., Any], frame: Callable[..., SamplingFrame], wave: Wave
) -> None:
    first, second = frame(title="A"), frame(title="B")
    rows = list(second.units.order_by("-credit_code"))
    FrameUnit.objects.filter(frame=second).delete()
    for row in rows:
        row.pk = None
    FrameUnit.objects.bulk_create(rows)
    one = draw(frame=first)
    assert chosen_codes(one) == chosen_codes(draw(frame=second, wave=another_wave(wave)))


def test_another_seed_draws_other_firms(
    draw: Callable[..., Any], frame: Callable[..., SamplingFrame], wave: Wave
) -> None:
    made = frame()
    one = draw(frame=made, seed=1)
    assert chosen_codes(one) != chosen_codes(draw(frame=made, seed=2, wave=another_wave(wave)))


def test_draw_takes_the_smallest_random_numbers_of_each_stratum(draw: Callable[..., Any]) -> None:
    sample = draw()
    for stratum in sample.strata.filter(is_take_all=False):
        firms = FrameUnit.objects.filter(industry_section=stratum.industry_section, size_class=stratum.size_class)
        numbers = sorted(permanent_random_numbers(firms.values_list("credit_code", flat=True), sample.seed))
        drawn = stratum.units.order_by("permanent_random_number").values_list("permanent_random_number", flat=True)
        assert list(drawn) == numbers[: stratum.sample_size]


def test_every_drawn_case_is_found_by_its_code(draw: Callable[..., Any]) -> None:
    draw()
    assert [find_case(derive_code(case)) for case in Case.objects.all()] == list(Case.objects.all())


def test_draw_is_written_to_the_audit_history(
    draw: Callable[..., Any], office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    sample = draw(actor=officer)
    action = StaffAction.objects.get()
    assert (action.actor, action.verb, action.detail["seed"], sample.drawn_by) == (officer, "draw_sample", 11, officer)


def test_plan_stores_nothing(frame: Callable[..., SamplingFrame]) -> None:
    plan = plan_sample(frame=frame(), size=24, method="neyman")
    assert (plan.strata["sample_size"].sum(), plan.population, Stratum.objects.count()) == (24, 40, 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 19}, "size_too_small"),
        ({"size": 41}, "size_too_large"),
        ({"minimum_per_stratum": 1}, "minimum_too_small"),
        ({"seed": -1}, "seed_out_of_range"),
        ({"method": "guess"}, "no_allocation"),
    ],
)
def test_impossible_draw_is_refused_with_a_code_and_stores_nothing(
    draw: Callable[..., Any], changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(SamplingError) as refusal:
        draw(**changes)
    assert (refusal.value.code, Sample.objects.count()) == (code, 0)


def test_refusal_of_a_small_sample_says_the_smallest_possible(draw: Callable[..., Any]) -> None:
    with pytest.raises(SamplingError, match="24 firms"):
        draw(size=19)


def test_frame_that_is_still_loading_is_refused(draw: Callable[..., Any], frame: Callable[..., SamplingFrame]) -> None:
    loading = frame()
    SamplingFrame.objects.update(status=SamplingFrame.Status.LOADING)
    with pytest.raises(SamplingError, match="no firms ready"):
        draw(frame=loading)


@pytest.mark.parametrize(
    ("lists", "asks", "code"),
    [
        (AskedUnit.LOCAL_UNIT, AskedUnit.FIRM, "lists_units"),
        (AskedUnit.FIRM, AskedUnit.LOCAL_UNIT, "lists_firms"),
    ],
)
def test_survey_is_not_drawn_from_a_list_of_other_units(
    draw: Callable[..., Any], frame: Callable[..., SamplingFrame], lists: AskedUnit, asks: AskedUnit, code: str
) -> None:
    listed = frame()
    SamplingFrame.objects.update(lists=lists.value)
    Survey.objects.update(asks=asks.value)
    with pytest.raises(SamplingError) as refused:
        draw(frame=listed)
    assert refused.value.code == code
    assert not Sample.objects.exists()


def test_second_draw_for_a_wave_is_refused(draw: Callable[..., Any]) -> None:
    draw()
    with pytest.raises(SamplingError, match="already has its sample"):
        draw()


def test_closed_wave_is_refused(draw: Callable[..., Any], wave: Wave) -> None:
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    with pytest.raises(SamplingError, match="closed"):
        draw()


def test_frame_without_spread_gets_a_sentence_for_neyman(
    draw: Callable[..., Any], frame: Callable[..., SamplingFrame]
) -> None:
    made = frame()
    FrameUnit.objects.update(revenue=5.0)
    with pytest.raises(SamplingError, match="Choose proportional allocation"):
        draw(frame=made, method="neyman", size=30)


def test_draw_that_ends_half_way_leaves_no_sample(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    known = frame()
    how: dict[str, Any] = {"size": 24, "method": "proportional", "seed": 11, "actor": None}
    assert half_written(lambda: draw_sample(wave=wave, frame=known, **how)) == []


def test_draw_that_is_taken_back_half_way_stands(draw: Callable[..., Any]) -> None:
    wave = draw().wave
    assert half_written(lambda: void_sample(wave=wave, typed=wave.code, actor=None)) == []
