"""Blocks of change: both figures, the change, its interval and p, worked by hand for seven firms in two waves."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from survey.exchange.figures.block import Block
from survey.exchange.figures.change_blocks import Comparison, change_blocks, changes_by_code, item_labels
from survey.methods.change.compared import compared_tables
from survey.methods.change.tables import Pairing, change_tables
from tests.methods.change.test_tables import BEFORE, SAME, results
from tests.methods.words import WORDS


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def comparison(pairing: Pairing = SAME) -> Comparison:
    now, before = results(), results(BEFORE)
    return Comparison(
        earlier_title="Spring",
        title="Autumn",
        tables=now.tables,
        before=before.tables,
        changes=change_tables(now, before, pairing),
        compared=list(compared_tables(WORDS, WORDS, pairing.items)),
    )


def blocks(found: Comparison, **options: Any) -> dict[str, Block]:
    return {block.code: block for block in change_blocks(found, WORDS, **options)}


def test_row_has_both_figures_the_change_its_error_and_its_firms() -> None:
    """8/14 now and 2/14 before: test_tables of the changes works them out."""
    block = blocks(comparison())["change_ranking"]
    assert block.heads[:3] == ("Spring", "Autumn", "Rise or fall")
    first = block.rows[0]
    assert first.label == WORDS.label("B1")
    assert [figure.text for figure in first.figures][:3] == ["14.3%", "57.1%", "+42.9"]
    assert first.figures[5].text == "5"
    assert {len(row.figures) for row in block.rows} == {len(block.heads)}


def test_headlines_are_no_list_of_changes() -> None:
    found = comparison()
    assert "change_core" in found.changes
    assert list(blocks(found)) == ["change_ranking"]


def test_table_without_a_comparable_row_has_no_block() -> None:
    nothing = Pairing(overlap=SAME.overlap, items={}, broken=["B1", "B2"])
    assert blocks(comparison(nothing)) == {}


def test_change_in_points_is_drawn_with_what_its_marks_mean() -> None:
    block = blocks(comparison())["change_ranking"]
    assert block.chart is not None
    assert "● significant; ◇ not significant, by p below 5%." in block.notes


def test_firms_of_a_filter_stand_in_the_title() -> None:
    assert "small firms" in blocks(comparison(), firms="small firms")["change_ranking"].title


def test_changes_are_found_by_the_table_that_changed() -> None:
    found = comparison()
    assert changes_by_code(found)["ranking"] is found.changes["change_ranking"]
    assert "change_ranking" not in changes_by_code(found)


def test_items_of_tables_have_the_wording_that_people_read() -> None:
    labels = item_labels(WORDS)
    assert {code: labels[code] for code in ("B1", "B2")} == {code: WORDS.label(code) for code in ("B1", "B2")}
    assert set(labels) == {code for code in labels if WORDS.item(code) is not None}
