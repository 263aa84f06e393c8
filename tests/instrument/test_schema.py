import json
from typing import Any

from hypothesis import given

from survey.algorithms import canonical_json
from survey.instrument.languages import further_languages
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType, Missing
from tests.instrument.strategies import questionnaires
from tests.instrument.tiny import item, one_page, options, rule

FULL = one_page(
    item("c", ItemType.SINGLE, options=options("a", exclusive=True, specify=True), missing=(Missing.REFUSED,)),
    item("f", ItemType.FILE, file_types=("pdf", "png"), max_megabytes=5.0),
    item("t", ItemType.NUMBER_TABLE, rows=options("r"), options=options("k"), minimum=0, decimals=2, magnitude=3.0),
    rules=[rule("r", "${t} > 1", "t")],
)


def test_questionnaire_comes_back_from_json() -> None:
    assert Questionnaire.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL


@given(questionnaires())
def test_any_questionnaire_keeps_its_digest(form: Any) -> None:
    again = Questionnaire.from_dict(json.loads(canonical_json(form.to_dict())))
    assert (again, again.digest) == (form, form.digest)


def test_digest_depends_on_the_content() -> None:
    assert one_page(item("a")).digest == one_page(item("a")).digest
    assert one_page(item("a")).digest != one_page(item("a", minimum=0)).digest


def test_text_is_read_in_its_own_language_before_the_nearest() -> None:
    text = Text("中", "En", (("fr", "Fr"), ("zh-hant", "繁")))
    assert [text.of(language) for language in ("zh-hans", "zh-hant", "en", "fr", "vi")] == [
        "中",
        "繁",
        "En",
        "Fr",
        "En",
    ]


def test_text_without_a_reader_shows_every_different_wording() -> None:
    assert str(Text("%", "%", (("fr", "pour cent"),))) == "% / pour cent"


def test_further_languages_are_found_wherever_a_text_stands() -> None:
    asked = Item(
        code="q",
        type=ItemType.SINGLE,
        text=Text("问"),
        options=(Option(code="a", text=Text("甲", others=(("vi", "A"),))),),
    )
    pages = (Page(code="p", title=Text("页", others=(("fr", "Page"),)), items=(asked,)),)
    assert further_languages(
        Questionnaire(code="c", title=Text("卷"), sections=(Section(code="s", title=Text("节"), pages=pages),))
    ) == ("fr", "vi")
