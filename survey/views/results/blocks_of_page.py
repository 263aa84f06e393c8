"""What the pages of figures have in common: which blocks are drawn from which tables."""

from collections.abc import Iterator, Mapping, Sequence

from survey.exchange.figures.blocks import BlockSource
from survey.exchange.figures.figure_table import FigureTable
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import Presentation


def block_sources(
    planned: Sequence[PlannedTable], tables: Mapping[str, FigureTable], words: Vocabulary, firms: str
) -> Iterator[BlockSource]:
    """What each block is drawn from. Headlines stand at the head, and what is beside another table is drawn there."""
    # A table whose partner this page does not have stands alone rather than nowhere.
    codes = {one.code for one in planned}
    for one in planned:
        if one.block.presentation is not Presentation.HEADLINE and one.block.beside not in codes:
            beside = [(other, tables[other.code]) for other in planned if other.block.beside == one.code]
            yield BlockSource(planned=one, table=tables[one.code], beside=beside, words=words, firms=firms)
