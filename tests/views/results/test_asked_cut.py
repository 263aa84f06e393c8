"""What an address of the dashboard asks: whose figures, and what is said where there are none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from survey.instrument.schema import Text
from survey.models import Cut, Release, SamplingFrame, Survey, Wave
from survey.selectors.results.standing import Standing
from survey.services.results.cuts import make_cut
from survey.terms import Role, WaveStatus
from survey.views.results.address import UnknownAddressError
from survey.views.results.asked_cut import AskedCut, words_of_source
from tests.answered import answered_wave, two_waves
from tests.views.results.shown import lines

PAGE, TABLE = "/admin/dashboard/", "/admin/dashboard/ranking.csv"
MOMENT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_filter_looks_up_a_group_of_the_cut(cut_wave: Wave, viewer: Any) -> None:
    found = lines(viewer.get(TABLE, {"industry": "C"}))
    assert {line["filter"] for line in found} == {viewer.get(PAGE, {"industry": "C"}).context["page"].firms}
    assert {int(line["n"]) for line in found if line["n"]} <= {20, 25, 30, 35, 40}


def test_groups_that_the_plan_does_not_cross_have_no_figures(cut_wave: Wave, as_role: Any) -> None:
    crossed = {"industry": "C", "district": "440305"}
    page = as_role(Role.ANALYST).get(PAGE, crossed).content.decode()
    told = ("These groups are not crossed", "Show the nearest group", "Ask for this crossing")
    assert [part for part in told if part not in page] == []
    assert as_role(Role.ANALYST).get(TABLE, crossed).status_code == 404


def test_group_of_which_nothing_is_shown_leads_to_a_wider_one(
    wave: Wave, frame: Callable[..., SamplingFrame], viewer: Any
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=14)
    make_cut(wave=wave, actor=None)
    hidden = next(group for group in viewer.get(PAGE).context["page"].groups.values() if not group.is_shown)
    page = viewer.get(PAGE, dict(hidden.domain))
    assert "Figures of this group of firms are withheld" in page.content.decode()
    assert page.context["nearest"] == ("All firms", "?wave=w1")
    assert viewer.get(TABLE, dict(hidden.domain)).status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"industry": "Z"}, "The address asks for a value of “Industry” that does not exist."),
        ({"wave": "w9"}, "There are no results of a wave “w9”."),
    ],
)
def test_unknown_value_of_an_address_is_not_found(
    cut_wave: Wave, viewer: Any, query: dict[str, str], sentence: str
) -> None:
    page = viewer.get(PAGE, query)
    assert (page.status_code, "figures" in page.context, sentence in page.content.decode()) == (404, False, True)
    assert viewer.get(TABLE, query).status_code == 404


def read(cut: Cut, *waves: Wave) -> AskedCut:
    """The address without a filter, of figures of a cut."""
    standing = Standing(cut=cut)
    return AskedCut(standing=standing, query=QueryDict(), language="en", waves=waves, now=timezone.now())


def test_filter_offers_the_groups_and_values_of_which_the_cut_has_tables(cut_wave: Wave) -> None:
    cut = Cut.objects.get()
    whole = {code: [heading.code for heading in headings] for code, headings in read(cut).offered.items()}
    assert whole["industry"] == ["C", "I"]
    cut.about["groups"] = [one for one in cut.about["groups"] if one[0] != "industry=C" and "district" not in one[0]]
    left = {code: [heading.code for heading in headings] for code, headings in read(cut).offered.items()}
    assert left == {code: codes for code, codes in whole.items() if code != "district"} | {"industry": ["I"]}


@pytest.mark.usefixtures("unguarded")
def test_change_is_told_of_a_wave_with_figures_since_the_one_before(
    wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    later, earlier = two_waves(wave, frame)
    cut, before = (make_cut(wave=each, actor=None) for each in (later, earlier))
    assert "change_ranking" in read(cut, later, earlier).changes
    assert read(before, later, earlier).changes == {}


def asked(query: str, release: Release | None = None, **of_wave: Any) -> AskedCut:
    """An address of a wave with its third cut, as it stands in memory."""
    wave = Wave(code="w1", title=Text("轮", "Wave"), survey=Survey(title=Text("调查", "Survey")), **of_wave)
    cut = Cut(wave=wave, number=3, as_of=MOMENT)
    return AskedCut(standing=Standing(cut=cut, release=release), query=QueryDict(query), language="en", now=MOMENT)


def test_figures_of_a_cut_are_provisional_until_the_wave_is_closed() -> None:
    assert [asked("", status=status.value).is_provisional for status in WaveStatus] == [
        status is not WaveStatus.CLOSED for status in WaveStatus
    ]


def test_address_that_compares_with_none_or_an_unknown_wave_has_no_earlier_one() -> None:
    assert (asked("against=none").is_alone, asked("against=none").earlier, asked("").is_alone) == (True, None, False)
    with pytest.raises(UnknownAddressError, match="w0"):
        _ = asked("against=w0").earlier


@override("en")
def test_figures_say_whether_they_are_of_a_cut_or_of_a_release() -> None:
    cut = asked("").standing
    assert words_of_source(cut).startswith("cut 3, as of ")
    assert words_of_source(replace(cut, release=Release(number=2))).startswith("release 2, as of ")
