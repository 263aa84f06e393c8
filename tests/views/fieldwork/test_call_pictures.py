"""The picture of the error over the lists of calls."""

import pytest
from django.test import Client
from django.urls import reverse

from survey.models import CallList
from survey.views.fieldwork.call_pictures import picture_of_errors


def made_of(*lists: tuple[float, float]) -> list[CallList]:
    """Lists with the error reached and the one expected after them, the newest first."""
    rows = [CallList(number=place, error=now, expected=then) for place, (now, then) in enumerate(lists, start=1)]
    return rows[::-1]


def test_before_the_first_list_there_is_no_picture() -> None:
    assert picture_of_errors([]) is None


def test_what_a_list_was_expected_to_reach_stands_where_the_next_one_begins() -> None:
    picture = picture_of_errors(made_of((4.0, 3.0), (2.0, 1.0)))
    assert picture is not None
    heights = {name: [float(point.split(",")[1]) for point in points.split()] for name, points in picture.lines}
    # Up to an error of 4 the picture is as high as it is: an error of 1 is a quarter of it above the ground.
    unit = picture.height / 4
    assert heights == {
        "planned": pytest.approx([0, unit, 3 * unit]),
        "so-far": pytest.approx([0, 2 * unit]),
    }
    assert picture.target == pytest.approx(3 * unit)
    assert [tick.text for tick in picture.along] == ["1", "2", "3"]


@pytest.mark.usefixtures("officer")
def test_progress_shows_the_error_reached_and_expected(client: Client, made: CallList) -> None:
    shown = client.get(reverse("wave_monitor", args=[made.wave.code])).content.decode()
    assert "Error reached and expected" in shown
    assert "Error, in targets" in shown
    assert '<text class="up"' in shown
