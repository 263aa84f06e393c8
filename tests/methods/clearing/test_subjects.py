"""What figures are about: an index follows from its parts, which are subjects of their own."""

from dataclasses import replace

from survey.methods.clearing.subjects import subjects_of
from survey.methods.estimates.statistics import IndexStatistic
from tests.methods.clearing.surveyed import STEPS, prepared
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
