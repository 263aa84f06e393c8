"""The choices of a column as lines of text."""

from survey.instrument.kinds.choice_lines import choices_on_lines, line_without_code, lines_of_choices
from survey.instrument.schema import Option, Text

CHOICES = (
    Option(code="wired", text=Text("有线", "By wire", (("fr", "Filaire"),))),
    Option(code="air", text=Text("无线", "")),
)


def test_a_line_is_a_code_and_words_in_each_language() -> None:
    assert choices_on_lines(Text("wired 有线\n\n air  无线 ", "wired By wire")) == (
        Option(code="wired", text=Text("有线", "By wire")),
        Option(code="air", text=Text("无线", "")),
    )


def test_choices_are_read_back_from_their_lines() -> None:
    written = lines_of_choices(CHOICES)
    assert (written.zh, written.en) == ("wired 有线\nair 无线", "wired By wire\nair")
    assert [(choice.code, choice.text.to_dict()) for choice in choices_on_lines(written)] == [
        ("wired", {"zh": "有线", "en": "By wire", "fr": "Filaire"}),
        ("air", {"zh": "无线", "en": "", "fr": ""}),
    ]


def test_wording_with_line_breaks_stays_one_choice() -> None:
    broken = (Option(code="a", text=Text("一\n二", "One\ntwo")),)
    assert choices_on_lines(lines_of_choices(broken)) == (Option(code="a", text=Text("一 二", "One two")),)


def test_no_choices_are_no_lines() -> None:
    assert (lines_of_choices(()), choices_on_lines(Text())) == (Text(), ())


def test_line_without_a_code_is_found() -> None:
    assert line_without_code(Text("wired 有线\n无线 air", "wired By wire")) == "无线 air"
    assert line_without_code(Text("wired 有线", "wired")) == ""
