"""Two waves are joined by the firms that answered in both and by what they measured alike."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache

from survey.instrument.schema import Item, Text
from survey.methods.matching import places_among
from survey.models import Correction, Response, SamplingFrame, Survey, Wave
from survey.selectors.results.extract import corrected_documents
from survey.selectors.results.wave_comparison import earlier_waves, overlap_of, pairing_of
from tests.answered import ITEMS, answer, answered_wave, earlier_wave, in_another_version

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Any, Any]:
    later = answered_wave(wave, frame, firms=60, sample=30, answers=20)
    return later, earlier_wave(later, frame, firms=60, sample=40, answers=25)


def firms(wave: Wave) -> list[str]:
    codes = dict(
        Response.objects.filter(case__wave=wave).values_list("case_id", "case__sample_unit__unit__credit_code")
    )
    return [codes[case] for case, _answers in corrected_documents(wave)]


def test_rows_of_the_overlap_are_the_same_firms(waves: tuple[Any, Any]) -> None:
    overlap = overlap_of(*waves)
    first, second = map(firms, waves)
    assert [first[row] for row in overlap.later] == [second[row] for row in overlap.earlier]
    assert len(overlap) == len(set(first) & set(second)) > 0


def test_firms_in_common_are_looked_for_where_others_have_answered(
    waves: tuple[Wave, Wave], django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after a correction, by which nobody else has."""
    looked: list[int] = []

    def counted(known: Any, asked: Any) -> Any:
        looked.append(len(known))
        return places_among(known, asked)

    monkeypatch.setattr("survey.selectors.results.wave_comparison.places_among", counted)
    # Another test may have looked for the same firms.
    cache.clear()
    later, earlier = waves
    firms_in_common = []
    for change in (None, correct, answer_once_more):
        if change is not None:
            change(later, django_user_model)
        now, before = (Wave.objects.select_related("survey").get(pk=one.pk) for one in (later, earlier))
        firms_in_common.append(overlap_of(now, before).later.tolist())
    assert looked == [20, 21]
    assert firms_in_common[0] == firms_in_common[1]


def correct(wave: Wave, users: Any) -> None:
    response = Response.objects.filter(case__wave=wave)[0]
    Correction.objects.create(
        response=response,
        item="B1_severity",
        new="2",
        reason="Telephone",
        author=users.objects.create(username="editor"),
    )


def answer_once_more(wave: Wave, _users: Any) -> None:
    answer(wave, 1)


def test_items_of_the_same_version_compare(waves: tuple[Any, Any]) -> None:
    pairing = pairing_of(*waves)
    assert pairing.items["B1_severity"] == "B1_severity"
    assert pairing.broken == []


def with_items(wave: Wave, *items: Item) -> None:
    """Let the later wave ask other items in another version."""
    Response.objects.filter(case__wave=wave).update(version=in_another_version(wave, *items))


def test_renamed_item_compares_by_its_concept(waves: tuple[Any, Any]) -> None:
    later, earlier = waves
    renamed = replace(ITEMS[0], code="B1_new", concept="B1_severity", text=Text("换了说法", "Put otherwise"))
    with_items(later, renamed, *ITEMS[1:])
    assert pairing_of(later, earlier).items["B1_new"] == "B1_severity"


def test_item_with_fewer_options_compares_and_is_named(waves: tuple[Any, Any]) -> None:
    later, earlier = waves
    offered = {option.code for option in ITEMS[4].options[:2]}
    for response in Response.objects.filter(case__wave=later):
        chosen = [code for code in response.answers["H_demands"] if code in offered]
        Response.objects.filter(pk=response.pk).update(answers={**response.answers, "H_demands": chosen})
    with_items(later, *ITEMS[:4], replace(ITEMS[4], options=ITEMS[4].options[:2]))
    pairing = pairing_of(later, earlier)
    assert (pairing.changed, pairing.items["H_demands"]) == (["H_demands"], "H_demands")


def test_item_with_another_unit_does_not_compare(waves: tuple[Any, Any]) -> None:
    later, earlier = waves
    with_items(later, replace(ITEMS[3], unit=Text("千瓦时", "kWh")))
    pairing = pairing_of(later, earlier)
    assert (pairing.broken, pairing.items) == (["E2_energy_ratio"], {})


def test_earlier_waves_are_those_of_the_survey_with_results(waves: tuple[Any, Any], wave: Wave) -> None:
    later, earlier = waves
    assert [earlier_waves(later), earlier_waves(earlier)] == [[earlier], []]
    earlier.survey = Survey.objects.create(
        code="other", title=Text("别的", "Other"), approval_expires=later.survey.approval_expires
    )
    earlier.save()
    assert earlier_waves(later) == []
