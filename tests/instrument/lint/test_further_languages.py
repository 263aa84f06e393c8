"""Languages besides Chinese and English: what is not written in them is noted, and stops nothing."""

from dataclasses import replace
from typing import Any

from survey.complaints import Weight
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.schema import Option, Questionnaire, Text
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options


def in_french(text: Text) -> Text:
    return replace(text, others=(("fr", "en français"),))


WRITTEN = item("c", ItemType.SINGLE, options=options("a", "b"))
HALF = replace(
    WRITTEN,
    text=in_french(WRITTEN.text),
    options=(WRITTEN.options[0], Option(code="b", text=in_french(Text("乙", "B")))),
)


def notes(form: Questionnaire, *languages: str) -> list[Any]:
    found = [each for each in lint(form, languages) if each.weight is Weight.NOTE]
    return [(each.code, each.place.kind, each.place.field, each.parameters.get("count")) for each in found]


def test_survey_in_two_languages_has_no_notes() -> None:
    assert notes(one_page(WRITTEN)) == []


def test_text_that_is_missing_in_a_language_of_others_is_noted_by_part() -> None:
    found = notes(one_page(HALF))
    assert ("further_language", "item", "options.a", 1) in found
    assert [each[1] for each in found] == ["questionnaire", "section", "page", "item"]


def test_listed_language_without_any_text_is_one_note() -> None:
    assert notes(one_page(WRITTEN), "fr") == [("language_unwritten", "questionnaire", "", None)]


def test_notes_say_what_is_missing_and_stop_nothing() -> None:
    found = lint(one_page(HALF))
    note = next(each for each in found if each.place.kind == "item")
    assert note.message() == "Not written in “fr”: 1 of the texts of this item, the first being the option “a”."
    assert errors_in(found) == ()


def test_notes_stand_behind_errors_and_warnings() -> None:
    form = one_page(HALF, item("m", ItemType.SINGLE))
    weights = [each.weight for each in lint(form)]
    assert weights == sorted(weights, key=list(Weight).index)
    assert weights[0] is Weight.ERROR


def test_kind_of_a_part_is_named_in_the_language_of_the_reader() -> None:
    form = one_page(item("never", relevant="1 = 2"))
    found = next(each for each in lint(form) if each.code == "unreachable")
    spoken = found.message(lambda text: {"item": "项目"}.get(text, text))
    assert spoken == "This 项目 is never asked: its condition cannot hold."
