from dataclasses import replace

import pytest

from survey.complaints import WHOLE, Catalogue, Complaint, Entry, Place, Refused, Weight, literal, words_of

CATALOGUE = Catalogue(
    entries={
        "too_long": Entry("The %(field)s “%(value)s” has %(length)s characters.", "Shorten it."),
        "fine": Entry("%(value)s is kept.", "", Weight.NOTE),
        "lacking": Entry("%(column)s is missing in row %(row)s.", "Fill in %(column)s."),
    },
    in_words=words_of("field", "column"),
)
CHINESE = {"title": "标题", "row %(row)s": "第 %(row)s 行", "revenue": "营业收入"}


class TooLongError(Refused):
    catalogue = CATALOGUE


def chinese(text: str) -> str:
    return CHINESE.get(text, text)


def too_long(place: Place = WHOLE) -> Complaint:
    return CATALOGUE.complaint("too_long", place=place, value="title", field="title", length=300)


def test_complaint_says_what_is_wrong_and_how_to_mend_it() -> None:
    assert too_long().sentences() == "The title “title” has 300 characters. Shorten it."


def test_words_are_translated_and_values_are_not() -> None:
    assert too_long().message(chinese) == "The 标题 “title” has 300 characters."


def test_note_has_no_repair() -> None:
    note = CATALOGUE.complaint("fine", value="a")
    assert (note.weight, note.repair(), note.sentences()) == (Weight.NOTE, "", "a is kept.")


def test_place_fills_the_sentences() -> None:
    complaint = CATALOGUE.complaint("lacking", place=Place(row=3, column="revenue"))
    assert complaint.message() == "Revenue is missing in row 3."
    assert complaint.repair(chinese) == "Fill in 营业收入."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (WHOLE, ""),
        (Place(sheet="survey", row=3, column="type"), "survey, row 3, type"),
        (Place(sheet="form", cell="B7"), "form, B7"),
        (Place(kind="item", code="cost", field="relevant"), "cost relevant"),
        (Place(sheet="survey", row=2, rows=(3, 4)), "survey, row 2 (also in 3, 4)"),
        (Place(sheet="s", rows=tuple(range(9))), "s (also in 0, 1, 2, 3, 4, 5, 6, 7 …)"),
    ],
)
def test_place_is_named_as_people_find_it(place: Place, words: str) -> None:
    assert place.words() == words


def test_place_is_named_in_the_language_of_the_reader() -> None:
    assert Place(sheet="survey", row=3).words(chinese) == "survey, 第 3 行"


def test_equal_complaints_count_once() -> None:
    assert len({too_long(), too_long(), too_long(Place(row=2))}) == 2


def test_refusal_carries_its_complaint() -> None:
    with pytest.raises(TooLongError, match=r"\[too_long\] The title “x” has 9 characters. Shorten it.") as refused:
        raise TooLongError("too_long", "x", field="title", length=9)
    assert refused.value.complaint == replace(too_long(), value="x", parameters={"field": "title", "length": 9})


def test_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        CATALOGUE.complaint("other")


def test_filled_in_sentences_may_hold_any_sign() -> None:
    complaint = Complaint(code="c", entry=literal("100 % of %(x)s.", "Take 5 %."))
    assert complaint.sentences() == "100 % of %(x)s. Take 5 %."


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    assert Complaint(code="c", entry=literal("工作簿已损坏。", "请另存。")).sentences() == "工作簿已损坏。请另存。"
