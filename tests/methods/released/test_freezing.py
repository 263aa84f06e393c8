"""What a release keeps: its digest stands for this document."""

from dataclasses import replace

import pytest

from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.released.freezing import ReleaseWording, frozen_release
from survey.methods.released.table import Frozen
from survey.methods.tables.table import Heading
from survey.terms import AskedUnit
from tests.small_content import INDUSTRY, LABELS, small_content, small_wording


def frozen(wording: ReleaseWording, **adverse: bool) -> Frozen:
    return frozen_release("w1", {"en": wording}, adverse=adverse, origin={"cut": 3})


def test_release_says_its_wave_its_origin_and_the_order_of_its_parts() -> None:
    content = frozen(small_wording("en"))
    assert [content[name] for name in ("wave", "cut", "spoken", "order")] == [
        "w1", 3, ["en"], ["ranking", "distribution"],
    ]  # fmt: skip


def test_high_steps_of_a_scale_are_bad_unless_it_is_said_that_they_are_good() -> None:
    specs = frozen_release("w1", {"en": small_wording("en")}, adverse={"ranking": False}, origin={})["specs"]
    assert {code: spec["is_adverse"] for code, spec in specs.items()} == {"ranking": False, "distribution": True}


def test_headings_of_a_table_are_those_of_all_groups_of_firms() -> None:
    wording = small_wording("en")
    whole = wording.tables[INDUSTRY]["ranking"]
    rows = replace(whole.spec.rows, headings=(*whole.spec.rows.headings, Heading(code="more", label="More")))
    other = ClearedTable._of(replace(whole.spec, rows=rows), (*whole.cells, (withheld_cell(),)), whole.base)
    tables = {**wording.tables, INDUSTRY: {"ranking": other}}
    kept = frozen(replace(wording, tables=tables))["specs"]["ranking"]["rows"]
    assert list(kept["headings"]) == ["cost", "data", "more"]


@pytest.mark.parametrize("asks", list(AskedUnit))
def test_what_was_asked_is_kept_only_where_it_is_not_firms(asks: AskedUnit) -> None:
    wording = small_wording("en")
    facts = frozen(replace(wording, facts=replace(wording.facts, asks=asks.value)))["languages"]["en"]["facts"]
    assert facts.get("asks") == (None if asks is AskedUnit.FIRM else asks.value)


def test_figures_are_those_of_the_first_language_and_words_those_of_each() -> None:
    content = small_content()
    assert [one["domain"] for one in content["figures"]] == [[], [["industry", "C"]]]
    assert {language: said["groups"] for language, said in content["languages"].items()} == {
        language: [labels["all"], labels["C"]] for language, labels in LABELS.items()
    }
