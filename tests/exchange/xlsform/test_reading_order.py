"""A calculation may stand anywhere in an XLSForm; here it is put where rules can read it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.dialect.reading_order import in_reading_order
from survey.terms import ItemType
from tests.exchange.markdown_forms import items
from tests.instrument.tiny import item, one_page, page, questionnaire

SUM = item("sum", ItemType.CALCULATION, calculation="${a} + ${b}")
NUMBERS = (item("a"), item("b"))


def order(content: Any) -> Any:
    found, moved = in_reading_order(content)
    return [(part.code, list_of(part)) for section in found.sections for part in section.pages], moved


def list_of(part: Any) -> Any:
    return [asked.code for asked in part.items]


def test_calculation_that_stands_well_stays() -> None:
    content = one_page(*NUMBERS, SUM)
    assert in_reading_order(content) == (content, ())


def test_calculation_moves_behind_what_it_reads() -> None:
    assert order(one_page(SUM, *NUMBERS, item("c"))) == ([("page", ["a", "b", "sum", "c"])], ("sum",))


def test_calculation_moves_before_what_reads_it() -> None:
    content = one_page(*NUMBERS, item("c", relevant="${sum} > 1"), item("d"), SUM)
    assert order(content) == ([("page", ["a", "b", "sum", "c", "d"])], ("sum",))


def test_calculation_read_by_the_condition_of_a_page_moves_to_the_page_before() -> None:
    content = questionnaire(page("one", *NUMBERS), page("two", item("c"), relevant="${sum} > 1"), page("three", SUM))
    assert order(content)[0] == [("one", ["a", "b", "sum"]), ("two", ["c"]), ("three", [])]


def test_calculation_takes_the_condition_of_its_page_along() -> None:
    content = questionnaire(page("one", SUM, relevant="${x} > 1"), page("two", item("x"), *NUMBERS))
    found, _ = in_reading_order(content)
    assert found.items["sum"].relevant == "${x} > 1"


def test_calculation_moves_behind_a_condition_of_others_and_not_under_it() -> None:
    content = questionnaire(page("one", SUM, item("x")), page("two", *NUMBERS, relevant="${x} > 1"))
    assert order(content) == ([("one", ["x"]), ("two", ["a", "b"]), ("section_values", ["sum"])], ("sum",))


def test_calculation_that_is_read_before_it_can_be_computed_stays() -> None:
    content = one_page(item("first", relevant="${sum} > 1"), *NUMBERS, SUM)
    assert in_reading_order(content) == (content, ())


def test_calculations_that_read_each_other_stay() -> None:
    one = item("one", ItemType.CALCULATION, calculation="${two}")
    two = item("two", ItemType.CALCULATION, calculation="${one}")
    assert list(in_reading_order(one_page(one, two))[0].items) == ["one", "two"]


def test_form_with_calculations_anywhere_is_read_in_order(read: Any) -> None:
    assert list(items(read("calculations_anywhere"))) == [
        *("home", "export", "total", "share", "is_much", "why", "note_it", "n"),
    ]


def test_calculation_moves_before_the_wording_that_shows_it(read: Callable[[str], Reading]) -> None:
    assert list(items(read("note_before_calc"))) == ["c", "n1", "x"]


def test_calculation_read_by_the_condition_of_its_own_section_moves_before_it() -> None:
    source = item("source", ItemType.CALCULATION, calculation="'user'", relevant="true()")
    content = questionnaire(page("one", source, *NUMBERS))
    content = replace(content, sections=(replace(content.sections[0], relevant="${source} = 'user'"),))
    found, moved = in_reading_order(content)
    assert [
        (part.relevant, [asked.code for page in part.pages for asked in page.items]) for part in found.sections
    ] == [
        ("", ["source"]),
        ("${source} = 'user'", ["a", "b"]),
    ]
    assert (moved, found.items["source"].relevant) == (("source",), "true()")


def test_calculation_that_reads_its_own_section_does_not_move_before_it() -> None:
    content = questionnaire(page("one", *NUMBERS, SUM, relevant="${sum} > 1"))
    assert in_reading_order(content) == (content, ())


def test_calculation_that_reads_a_section_under_another_condition_stands_in_one_of_its_own() -> None:
    pages = [page("one", SUM, relevant="${x} > 1"), page("two", *NUMBERS), page("three", item("c"))]
    first, second, third = (questionnaire(part).sections[0] for part in pages)
    content = replace(
        questionnaire(page("zero", item("x"))),
        sections=(
            *questionnaire(page("zero", item("x"))).sections,
            replace(first, code="first"),
            replace(second, code="second", relevant="${x} > 5"),
            replace(third, code="third", relevant="${sum} > 3"),
        ),
    )
    found, moved = in_reading_order(content)
    assert [
        (part.code, [asked.code for page in part.pages for asked in page.items]) for part in found.sections[2:]
    ] == [
        ("second", ["a", "b"]),
        ("first_values", ["sum"]),
        ("third", ["c"]),
    ]
    assert (moved, found.items["sum"].relevant) == (("sum",), "${x} > 1")
