"""Every code that is written down while a form is read has its sentences, and no sentence lies idle."""

import re
from pathlib import Path

from survey.complaints import Weight
from survey.exchange.xlsform.finding_catalogue import ENTRIES

FOLDER = Path("survey/exchange/xlsform")
SOURCES = {path: path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name != "finding_catalogue.py"}


def test_every_code_that_is_written_down_is_in_the_catalogue() -> None:
    written = {code for text in SOURCES.values() for code in re.findall(r"findings\.add\(\s*\"(\w+)\"", text)}
    assert len(written) > 40
    assert written - ENTRIES.keys() == set()


def test_every_entry_is_written_down_somewhere() -> None:
    text = "".join(SOURCES.values())
    assert {code for code in ENTRIES if f'"{code}"' not in text} == set()


def test_what_is_heavier_than_a_note_says_how_to_mend_it() -> None:
    assert {code for code, entry in ENTRIES.items() if entry.weight is not Weight.NOTE and not entry.repair} == set()
