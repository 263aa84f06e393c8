"""The page of a release draws its frozen tables and nothing else."""

import pytest
from django.utils.translation import override

from survey.exchange.figures.block import Block
from survey.exchange.release.page_blocks import released_block
from survey.methods.released.publication import publication_of
from survey.methods.tables.domain import Domain
from tests.small_content import INDUSTRY, small_content


def block(code: str, domain: Domain = ()) -> Block:
    with override("en"):
        return released_block(publication_of(small_content(), "en").tables[domain][code])


def test_list_has_figure_interval_firms_and_rank_of_each_row() -> None:
    found = block("ranking")
    assert found.heads == ("Figure", "Interval (95%)", "Firms", "Rank", "Rank interval")
    assert [figure.text for figure in found.rows[0].figures] == ["46.0%", "37.0% – 55.0%", "120", "1", "1 – 2"]
    assert found.chart is not None


def test_matrix_has_a_figure_for_each_column() -> None:
    found = block("distribution")
    assert (found.heads, len(found.rows[0].figures)) == (("All firms", "Serious"), 2)


@pytest.mark.parametrize("domain", [INDUSTRY])
def test_group_of_which_all_is_withheld_has_its_table_and_no_chart(domain: Domain) -> None:
    found = block("ranking", domain)
    assert (len(found.rows), found.chart) == (2, None)
