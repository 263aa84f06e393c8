"""Lines as a picture: the numbers on its axes stand where the lines mean them."""

from itertools import pairwise

import pytest

from survey.views.fieldwork.line_chart import LineChart, line_chart


def chart(values: list[float], *, names: int = 3, target: float | None = None, least: float = 0.0) -> LineChart:
    labels = [f"d{place}" for place in range(names)]
    return line_chart({"so-far": values}, labels, across="Day", upright="Answers", target=target, least_step=least)


@pytest.mark.parametrize(
    ("highest", "texts"),
    [
        (4000, ["0", "1,000", "2,000", "3,000", "4,000"]),
        (1.3, ["0", "0.5", "1", "1.5"]),
        (0.04, ["0", "0.01", "0.02", "0.03", "0.04"]),
        (7, ["0", "2", "4", "6", "8"]),
        (0, ["0", "1"]),
    ],
)
def test_upright_axis_has_round_numbers_up_to_the_highest_value(highest: float, texts: list[str]) -> None:
    assert [tick.text for tick in chart([0, highest]).up] == texts


def test_counts_have_no_halves() -> None:
    assert [tick.text for tick in chart([0, 2], least=1).up] == ["0", "1", "2"]


def test_value_stands_at_the_height_of_its_number() -> None:
    found = chart([0, 20, 50])
    heights = {tick.text: tick.at for tick in found.up}
    assert found.lines == [("so-far", f"0.0,{heights['0']} 320.0,{heights['20']} 640.0,{heights['50']}")]


def test_target_above_all_values_is_within_the_picture() -> None:
    found = chart([0.2, 0.4], target=1.0)
    assert found.target == {tick.text: tick.at for tick in found.up}["1"]


def test_few_places_are_all_named_and_many_at_equal_distances() -> None:
    assert [tick.text for tick in chart([1], names=7).along] == [f"d{place}" for place in range(7)]
    many = chart([1], names=31).along
    assert [tick.text for tick in many] == ["d0", "d5", "d10", "d15", "d20", "d25", "d30"]
    assert {round(after.at - before.at, 1) for before, after in pairwise(many)} == {106.7, 106.6}


def test_one_place_alone_stands_at_the_left_edge() -> None:
    found = chart([3], names=1)
    assert ([tick.at for tick in found.along], found.lines[0][1].split(",")[0]) == ([0.0], "0.0")
