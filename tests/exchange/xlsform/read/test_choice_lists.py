"""Lists of choices: which rows are options, what a filter leaves of them, and what is one choice or two."""

from survey.exchange.xlsform.dialect.names import Names
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import XlsformRow
from survey.exchange.xlsform.languages import Languages
from survey.exchange.xlsform.read.choice_lists import (
    ChoiceLists,
    any_of,
    choice_lists,
    list_key,
    merged_options,
    offered_if,
    with_other,
)
from survey.instrument.schema import Option, Text
from survey.terms import Missing

HEADERS = ("list name", "name", "label", "province")


def rows(*lines: tuple[str, ...], sheet: str = "choices") -> list[XlsformRow]:
    columns = [(header,) for header in HEADERS]
    return [
        XlsformRow(
            sheet=sheet,
            number=number,
            values=dict(zip(columns, line, strict=False)),
            headers={column: column[0] for column in columns[: len(line)]},
        )
        for number, line in enumerate(lines, start=2)
    ]


def lists(*lines: tuple[str, ...]) -> ChoiceLists:
    return choice_lists(rows(*lines), Languages(columns=()), Findings())


TOWNS = (("towns", "gz", "Canton", "gd"), ("towns", "sz", "Shenzhen", "gd"), ("towns", "xm", "Amoy", "fj"))


def codes_by_filter(choice_filter: str) -> tuple[dict[str, str], list[str]]:
    read = lists(*TOWNS)
    place = read.rows["towns"][0].place("name")
    found = read.filtered("towns", choice_filter, Names(), place)
    return {option.code: option.relevant for option in found}, [one.code for one in read.findings.found]


def test_rows_without_a_list_or_a_name_are_remarks() -> None:
    read = lists(*TOWNS, ("", "b", "B"), ("towns", "", "C"))
    assert [row.name for row in read.rows["towns"]] == ["gz", "sz", "xm"]


def test_list_of_the_other_sheet_may_have_the_same_name() -> None:
    assert (list_key("choices", "towns"), list_key("external_choices", "towns")) == ("towns", "external_choices!towns")


def test_non_answer_among_the_choices_is_no_option() -> None:
    options, missing = lists(*TOWNS[:1], ("towns", "dont_know", "No idea")).options("towns", Names())
    assert ([option.code for option in options], missing) == (["gz"], (Missing.DONT_KNOW,))


def test_choice_without_a_label_is_shown_by_its_name() -> None:
    read = lists(("l", "a", ""))
    (option,), _missing = read.options("l", Names())
    assert (option.text.of("en"), [one.code for one in read.findings.found]) == ("a", ["choice_label"])


def test_choice_that_stands_twice_with_another_label_gets_a_code_of_its_own() -> None:
    read = lists(("l", "a", "One"), ("l", "a", "Two"), ("l", "a", "One"))
    options, _missing = read.options("l", Names())
    assert [(option.code, option.text.of("en")) for option in options] == [("a", "One"), ("a_2", "Two")]
    assert [one.code for one in read.findings.found] == ["choice_twice"]


def test_filter_by_an_answer_is_the_condition_of_each_choice() -> None:
    assert codes_by_filter("province = ${p}") == (
        {"gz": "'gd' = ${p}", "sz": "'gd' = ${p}", "xm": "'fj' = ${p}"},
        [],
    )


def test_fixed_filter_leaves_choices_away_once_for_all() -> None:
    assert codes_by_filter("province = 'gd'") == ({"gz": "", "sz": ""}, [])


def test_filter_that_lets_nothing_through_or_names_no_column_is_found() -> None:
    assert codes_by_filter("province = 'bj'") == ({}, ["filter_column"])
    assert codes_by_filter("county = ${p}")[1] == ["filter_column"]


def test_filter_that_cannot_be_read_offers_nothing_and_is_found() -> None:
    assert codes_by_filter("province = 'gd") == ({}, ["choice_filter"])


def test_choices_that_differ_in_their_condition_alone_are_one() -> None:
    one, other = (Option(code="a", text=Text("甲", "A"), relevant=relevant) for relevant in ("${x} = 1", "${x} = 2"))
    assert [option.relevant for option in merged_options([one, other])] == ["(${x} = 1) or (${x} = 2)"]


def test_any_of_several_conditions_always_holds_where_one_is_empty() -> None:
    assert [any_of(given) for given in (["a", "a"], ["a", ""], ["a", "b"])] == ["a", "", "(a) or (b)"]


def test_own_condition_of_an_option_stands_before_the_filter() -> None:
    option = Option(code="a", text=Text("甲", "A"), relevant="${x} = 1")
    assert offered_if(option, "1 = 2") == option


def test_other_is_the_choice_of_that_name_or_a_further_one() -> None:
    plain = Option(code="a", text=Text("甲", "A"))
    named = Option(code="other", text=Text("别的", "Else"))
    assert [(option.code, option.specify) for option in with_other((plain,))] == [("a", False), ("other", True)]
    assert [(option.text.of("en"), option.specify) for option in with_other((named,))] == [("Else", True)]
