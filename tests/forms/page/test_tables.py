"""Tables on a page: which control each cell has, and how its answers read."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from survey.forms.page.kinds import WEB
from survey.forms.page.tables import MOST_SIDE_BY_SIDE
from survey.forms.page.wording import Wording
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType
from tests.instrument.kinds.test_cells import POSTED, SITES, STORED

WORDS = Wording("en")


def control(item: Item, raw: dict[str, list[str]]) -> dict[str, Any]:
    with override("en"):
        ask = WEB[item.type].ask
        assert ask is not None
        return ask(RouteItem(item=item, options=item.options, required=False), WORDS).control(raw)


def test_cell_is_typed_or_chosen_as_its_column_says() -> None:
    cells = control(SITES, POSTED)["rows"][0]["cells"]
    assert [(cell["value"], cell["inputmode"], cell["guide"], len(cell["choices"])) for cell in cells] == [
        ("总部", "text", "", 0),
        ("约 1,200", "numeric", "", 0),
        ("air", "text", "", 2),
        ("", "text", "For example 2026-03-31", 0),
        ("", "text", "", 2),
    ]
    assert [choice["label"] for choice in cells[2]["choices"] if choice["checked"]] == ["By air"]


def test_table_wider_than_a_desk_is_stacked() -> None:
    many = tuple(
        Option(code=f"c{n}", text=Text("列", "Column"), type=ItemType.TEXT) for n in range(MOST_SIDE_BY_SIDE + 1)
    )
    wide = Item(code="t", type=ItemType.TABLE, text=Text("表", "Table"), rows=SITES.rows, options=many)
    assert (control(SITES, {})["is_wide"], control(wide, {})["is_wide"]) == (False, True)


@pytest.mark.parametrize("kind", [ItemType.TABLE, ItemType.NUMBER_TABLE])
def test_required_columns_are_marked(kind: ItemType) -> None:
    columns = (Option(code="a", text=Text("甲", "One"), required=True), Option(code="b", text=Text("乙", "Two")))
    table = replace(SITES, type=kind, options=columns, required="true()")
    found = control(table, {})
    assert [cell["label"] for cell in found["rows"][0]["cells"]] == ["One (required)", "Two"]
    assert found["columns"] == ["One (required)", "Two"]


def test_answers_read_cell_by_cell() -> None:
    with override("en"):
        said = WEB[ItemType.TABLE].say(SITES, STORED, WORDS, {})
    assert said.splitlines() == [
        "One, Name: 总部",
        "One, People: 1,200",
        "One, Link: By air",
        "Two, Since: 2020-03-01",
        "Two, Own: Yes",
    ]
