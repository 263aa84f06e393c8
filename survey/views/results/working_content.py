"""What a portion of the page of working figures shows of a wave under a filter."""

from dataclasses import dataclass, replace

from survey.exchange.figures.block import Block
from survey.exchange.figures.blocks import BlockSource, planned_block
from survey.exchange.figures.change_blocks import change_blocks, changes_by_code
from survey.exchange.figures.effects import effect_notes
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.headlines import Headlines, headlines, with_changes
from survey.exchange.figures.response import response_block
from survey.selectors.results.wave_results import prepared_of
from survey.terms import Chapter
from survey.views.results.blocks_of_page import block_sources
from survey.views.results.drawn import DrawnParts
from survey.views.results.working_tables import AskedFigures, comparison_asked, tables_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingContent:
    """The headline figures, the block of response where it is asked for, the other blocks in the order of the page, and
    the tables that were made for them."""

    headlines: list[Headlines]
    response: list[Block]
    blocks: list[Block]
    tables: dict[str, FigureTable]
    earlier_title: str = ""


def working_content(asked: AskedFigures, drawn: DrawnParts | None = None) -> WorkingContent:
    """The content of what is asked. Blocks that were `drawn` for the same wave, words and filter are taken over where
    they show the same."""
    comparison = comparison_asked(asked)
    page, words, tables = asked.page, asked.words, tables_asked(asked, comparison)
    effects, drawn = prepared_of(asked.wave).effects, drawn or DrawnParts()
    shown = {*asked.portion.shown(page)}
    blocks = [
        _block(sheet, effect_notes(sheet.planned, effects, words), drawn)
        for sheet in block_sources([one for one in page if one.code in shown], tables, words, asked.firms)
    ]
    heads = headlines(page, tables, words) if asked.portion.is_of(Chapter.OVERVIEW) else []
    content = WorkingContent(
        headlines=heads,
        response=[_response(tables["response"], drawn)] if asked.portion.is_of(Chapter.RESPONSE) else [],
        tables=tables,
        blocks=blocks,
    )
    if comparison is None:
        return content
    changes = change_blocks(comparison, words, asked.firms, drawn.part)
    return replace(
        content,
        headlines=with_changes(heads, changes_by_code(comparison)),
        # Change stands behind the first block: it is read after the figures that it is a change of.
        blocks=[*blocks[:1], *changes, *blocks[1:]],
        earlier_title=comparison.earlier_title,
    )


def _response(table: FigureTable, drawn: DrawnParts) -> Block:
    return drawn.part("block response", (table,), lambda: response_block(table))


def _block(sheet: BlockSource, notes: tuple[str, ...], drawn: DrawnParts) -> Block:
    shows = sheet.table, tuple(table for _planned, table in sheet.beside), sheet.firms, notes
    return drawn.part(f"block {sheet.planned.code}", shows, lambda: _with_notes(planned_block(sheet), notes))


def _with_notes(block: Block, notes: tuple[str, ...]) -> Block:
    return replace(block, notes=(*block.notes, *notes)) if notes else block
