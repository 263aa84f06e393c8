import pytest

from survey.instrument.routing.piping import Piping
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options, text

FORM = one_page(
    item("sites", ItemType.MULTIPLE, options=options("sz", "gz")),
    item("kind", ItemType.SINGLE, options=(Option(code="o", text=text("Other"), specify=True),)),
    item("staff"),
    item("pain", ItemType.SEVERITY),
    item("mix", ItemType.SHARES, rows=options("own")),
    item("racks", ItemType.NUMBER_TABLE, rows=options("wanted"), options=options("y1")),
)
PIPING = Piping(
    questionnaire=FORM,
    answers={
        "sites": ["sz", "gz"],
        "kind": "o",
        "kind__other": "barge",
        "staff": 30,
        "pain": "not_applicable",
        "mix": {"own": 60.0},
        "racks": {"wanted": {"y1": 8.0}},
    },
    facts={
        "frame_name": "Acme",
        "frame_size_class": "large",
        "frame_district": "440305",
        "previous_staff": 20,
        "previous_sites": ["sz"],
        "previous_kind": "o",
        "previous_kind__other": "canal",
    },
    labels={"frame_district": Text("南山", "Nanshan")},
)


@pytest.mark.parametrize(
    ("wording", "zh", "en"),
    [
        ("${sites}", "sz（中）、gz（中）", "sz, gz"),
        ("${kind}", "barge", "barge"),
        ("${ staff } people", "30 people", "30 people"),
        ("${pain}", "不适用", "Does not apply to us"),
        ("${frame_name}, ${frame_size_class}", "Acme, 大型", "Acme, Large"),
        ("${frame_district}", "南山", "Nanshan"),
        ("${previous_staff}/${previous_sites}", "20/sz（中）", "20/sz"),
        ("${nothing}", "…", "…"),
        ("${mix__own} %, ${racks__wanted__y1}", "60 %, 8", "60 %, 8"),
        ("${previous_kind}", "canal", "canal"),
        ("no names", "no names", "no names"),
    ],
)
def test_names_in_a_text_are_filled_in(wording: str, zh: str, en: str) -> None:
    assert PIPING.text(Text(wording, wording)) == Text(zh, en)


def test_texts_among_message_parameters_are_filled_in() -> None:
    assert PIPING.parameters({"label": Text("", "${staff}"), "limit": 5}) == {"label": Text("", "30"), "limit": 5}


def test_names_are_filled_in_in_every_language() -> None:
    asked = one_page(item("q", ItemType.INTEGER))
    piping = Piping(questionnaire=asked, answers={"q": 5}, facts={})
    assert piping.text(Text("${q}个", "${q} of", (("fr", "${q} de"),))) == Text("5个", "5 of", (("fr", "5 de"),))
