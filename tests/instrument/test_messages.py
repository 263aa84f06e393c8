import re
from pathlib import Path

from survey.instrument.messages import ENTRIES, worded
from survey.instrument.schema import Text

SOURCES = Path(__file__).resolve().parents[2] / "survey" / "instrument"


def test_every_message_names_its_item_and_ends_as_a_sentence() -> None:
    for code, entry in ENTRIES.items():
        message = entry.message
        if code not in ("edit_rule", "reason_empty", "returned_untouched"):
            assert message.startswith("%(label)s: "), code
        if code != "edit_rule":
            assert message.endswith("."), code


def test_every_refusal_in_the_code_has_a_message() -> None:
    source = "\n".join(path.read_text("utf-8") for path in sorted((SOURCES / "kinds").glob("*.py")))
    source += (SOURCES / "answers.py").read_text("utf-8")
    codes = set(re.findall(r'RefusedInput\(\s*"(\w+)"', source))
    assert len(codes) > 15
    assert codes - ENTRIES.keys() == set()


def test_designed_message_is_shown_as_written() -> None:
    assert worded("edit_rule", {"message": Text("百分之百 100%", "all of 100%")}, "en") == "all of 100%"
