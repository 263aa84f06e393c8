import pytest

from survey.instrument.piping import Piping
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options, text

FORM = one_page(
    item("sites", ItemType.MULTIPLE, options=options("sz", "gz")),
    item("kind", ItemType.SINGLE, options=(Option("o", text("Other"), specify=True),)),
    item("staff"),
    item("pain", ItemType.SEVERITY),
)
PIPING = Piping(
    FORM,
    {"sites": ["sz", "gz"], "kind": "o", "kind__other": "barge", "staff": 30, "pain": "not_applicable"},
    {
        "frame_name": "Acme",
        "frame_size_class": "large",
        "frame_district": "440305",
        "previous_staff": 20,
        "previous_sites": ["sz"],
    },
    {"frame_district": Text("南山", "Nanshan")},
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
        ("no names", "no names", "no names"),
    ],
)
def test_names_in_a_text_are_filled_in(wording, zh, en):
    assert PIPING.text(Text(wording, wording)) == Text(zh, en)


def test_texts_among_message_parameters_are_filled_in():
    assert PIPING.parameters({"label": Text("", "${staff}"), "limit": 5}) == {"label": Text("", "30"), "limit": 5}
