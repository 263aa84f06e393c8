"""Every digit that differs between two releases is named, and nothing else."""

from dataclasses import replace

from survey.methods.released.differences import differing_figures, differing_parts
from tests.small_content import ROUGH, SHOWN, small_content

BEFORE = small_content()


def test_equal_figures_differ_in_nothing() -> None:
    assert differing_figures(BEFORE, small_content()) == []


def test_one_digit_is_one_difference_with_its_place() -> None:
    after = small_content(cells=(replace(SHOWN, estimate=0.47), ROUGH))
    assert list(map(str, differing_figures(BEFORE, after))) == [
        "all firms / ranking / cost / all, estimate: 0.46 -> 0.47"
    ]


def test_figure_that_only_one_has_differs_from_none() -> None:
    after = small_content(cells=(replace(SHOWN, rank_high=None), ROUGH))
    (found,) = differing_figures(BEFORE, after)
    assert (found.figure, found.before, found.after) == ("rank_high", 2, None)


def test_part_that_only_one_document_has_differs_as_a_whole() -> None:
    assert list(differing_parts({"a": {"b": 2}}, {"a": 3})) == ["a: {'b': 2} -> 3"]
    assert list(differing_parts({"a": [1]}, {"a": [1, 2]})) == ["a: [1] -> [1, 2]"]


def test_parts_of_documents_are_named_by_their_path() -> None:
    before, after = {"a": [1, {"b": 2}], "c": 3}, {"a": [1, {"b": 4}], "c": 3}
    assert list(differing_parts(before, after)) == ["a/1/b: 2 -> 4"]
    assert list(differing_parts(before, before)) == []
