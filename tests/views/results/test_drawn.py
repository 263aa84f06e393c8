"""A part of a page is drawn again where anything that it shows differs, and only there."""

from survey.views.results.drawn import DrawnParts


def drawn_after(first: tuple[object, ...], second: tuple[object, ...]) -> list[str]:
    """What a part shows on one page and on the next, each drawing another letter."""
    letters = iter("ab")
    page = DrawnParts()
    one = page.part("block", first, lambda: next(letters))
    other = page.for_next().part("block", second, lambda: next(letters))
    return [one, other]


def test_part_that_shows_the_same_is_taken_over() -> None:
    assert drawn_after((1, "large firms"), (1, "large firms")) == ["a", "a"]


def test_part_that_shows_something_else_is_drawn_anew() -> None:
    assert drawn_after((1, "large firms"), (1, "small firms")) == ["a", "b"]


def test_part_of_another_name_is_no_other_one() -> None:
    page = DrawnParts()
    page.part("one", (1,), lambda: "a")
    assert page.for_next().part("two", (1,), lambda: "b") == "b"


def test_only_parts_of_the_last_page_are_taken_over() -> None:
    page = DrawnParts()
    page.part("block", (1,), lambda: "a")
    between = page.for_next()
    assert between.for_next().part("block", (1,), lambda: "b") == "b"
