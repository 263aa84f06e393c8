"""Every item kind is known everywhere, and nowhere but in its own file and in one table of each adapter."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from survey.exchange.offline.kinds import OFFLINE
from survey.exchange.xlsform.kinds import XLSFORM
from survey.forms.page.kinds import WEB
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import KINDS
from survey.instrument.messages import ENTRIES
from survey.methods.coding import COLUMNS
from survey.terms import ItemType
from survey.views.respondent.paper import PAPER

ROOT = Path(__file__).resolve().parent.parent
TABLES: dict[str, Mapping[ItemType, Any]] = {
    "kinds": KINDS,
    "web form": WEB,
    "paper": PAPER,
    "offline form": OFFLINE,
    "XLSForm": XLSFORM,
}
NAMED_ON_PURPOSE = {
    "survey/forms/page/kinds.py": "table of the web form",
    "survey/views/respondent/paper.py": "table of the printed questionnaire",
    "survey/exchange/offline/kinds.py": "table of the offline form",
    "survey/exchange/xlsform/kinds.py": "table of XLSForms",
    "survey/exchange/xlsform/read/item_types.py": "a row of a foreign form is one of several types by its parameters",
    "survey/management/demonstration/answers.py": "made-up answers to the types that the demonstration asks",
}
"""File -> why it may name several item types."""
MOST_NAMED = 2


@pytest.mark.parametrize("table", TABLES)
def test_every_item_type_stands_in_the_table(table: str) -> None:
    assert set(TABLES[table]) == set(ItemType)


def test_kind_is_listed_under_its_own_type() -> None:
    assert [kind.type for kind in KINDS.values()] == list(KINDS)


def test_every_shape_of_columns_is_coded() -> None:
    assert set(COLUMNS) == set(Columns)


def test_web_asks_what_is_asked() -> None:
    silent = {type_ for type_, web in WEB.items() if web.ask is None}
    assert silent == {type_ for type_, kind in KINDS.items() if kind.is_calculated}


def test_offline_form_has_a_cell_or_rows_for_what_can_be_typed() -> None:
    takes = {
        type_ for type_, kind in OFFLINE.items() if kind.has_cell or kind.parts is not OFFLINE[ItemType.NOTE].parts
    }
    assert takes == {type_ for type_, kind in KINDS.items() if kind.is_asked and not kind.is_file}


def test_refusals_of_a_kind_are_in_the_catalogue() -> None:
    assert {code: ENTRIES[code] for kind in KINDS.values() for code in kind.refusals} == {
        code: entry for kind in KINDS.values() for code, entry in kind.refusals.items()
    }


def test_example_of_a_kind_is_taken_as_it_is_shown() -> None:
    examples = {type_: kind.example for type_, kind in KINDS.items() if kind.example}
    assert all(KINDS[type_].form.fullmatch(example) for type_, example in examples.items())  # type: ignore[union-attr]


def types_named(path: Path) -> set[str]:
    return set(re.findall(r"\bItemType\.([A-Z_]+)", path.read_text("utf-8")))


def test_no_other_file_knows_several_item_types_by_name() -> None:
    kinds = ROOT / "survey" / "instrument" / "kinds"
    files = [path for path in (ROOT / "survey").rglob("*.py") if path.parent != kinds]
    named = {str(path.relative_to(ROOT)) for path in files if len(types_named(path)) > MOST_NAMED}
    assert named == set(NAMED_ON_PURPOSE)


def test_instrument_methods_and_selectors_name_no_item_type() -> None:
    kinds = ROOT / "survey" / "instrument" / "kinds"
    rooms = [ROOT / "survey" / room for room in ("instrument", "methods", "selectors")]
    files = [path for room in rooms for path in room.rglob("*.py") if path.parent != kinds]
    assert {str(path.relative_to(ROOT)): types_named(path) for path in files if types_named(path)} == {}
