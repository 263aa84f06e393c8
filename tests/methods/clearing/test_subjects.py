"""What figures are about: an index follows from its parts, which are subjects of their own."""

from dataclasses import replace

import numpy as np

from survey.methods.clearing.subjects import subject_of, subjects_of
from survey.methods.estimates.economy import SizeShare, size_share_of, with_sizes
from survey.methods.estimates.statistics import IndexStatistic
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Heading
from tests.methods.clearing.surveyed import STEPS, prepared
from tests.methods.clearing.surveyed import WORDS as SURVEYED
from tests.methods.scale_statistics import likert_mean
from tests.methods.words import WORDS, tables

EXTRACT = prepared([[20, 20]]).extract


def test_part_of_an_index_that_no_other_table_shows_is_a_subject() -> None:
    (ranking,) = tables(WORDS, "ranking")
    index = IndexStatistic(item="climate", parts=tuple((likert_mean(item, STEPS[:5]), 0.5) for item in ("B1", "B2")))
    asked = {(ranking.spec.rows.codes[0], ranking.spec.columns.codes[0]): index}
    found = subjects_of(EXTRACT, [replace(ranking, asked=asked)], lambda _name: False)
    assert (found["climate"].parts, found["climate"].columns) == (("B1", "B2"), ("B1", "B2"))
    assert [found[item].columns for item in ("B1", "B2")] == [("B1",), ("B2",)]


def test_figures_are_about_the_item_of_their_table_or_of_their_row() -> None:
    """An indicator has a code of its own; by employees few firms may carry what by number many do."""
    spec, row = tables(WORDS, "ranking")[0].spec, Heading(code="pmi", item="orders")
    of_item = replace(spec, item="B1")
    assert (subject_of(spec, row, None), subject_of(of_item, row, None)) == ("orders", "B1")
    assert subject_of(spec, Heading(code="B2"), likert_mean("B2", STEPS[:5])) == "B2"
    by_size = SizeShare(item="x", name="size_share", size="employees")
    assert subject_of(of_item, row, by_size) == "B1@employees"


def test_amounts_of_a_subject_are_those_that_few_firms_could_make_up() -> None:
    """Also where a median is all that is told of them: of few firms it is the amount of one."""
    planned = [plan for plan in planned_tables(SURVEYED) if plan.code in ("medians", "means", "ranking")]
    alone = [plan for plan in planned if plan.code != "means"]
    for plans, quantities in ((planned, ["revenue"]), (alone, ["revenue"]), (planned, [])):
        found = subjects_of(EXTRACT, plans, quantities.__contains__)
        assert found["revenue"].amounts == tuple(quantities)
        assert (found["revenue"].columns, found["revenue"].size) == (("revenue",), "")
        assert (found["B1"].amounts, found["B1"].columns) == ((), ("B1",))


def test_subject_by_size_knows_the_column_that_firms_count_by() -> None:
    (ranking,) = tables(WORDS, "ranking")
    by_size = size_share_of(likert_mean("B1", STEPS[:5]), "employees")
    extract = with_sizes(replace(EXTRACT, values={**EXTRACT.values, "employees": np.arange(1.0, 41)}), [by_size])
    found = subjects_of(extract, [replace(ranking, asked={("B1", "4+5"): by_size})], lambda _name: True)
    assert found["B1@employees"].size == by_size.denominator
