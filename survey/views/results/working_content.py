"""What the page of working figures shows of a wave under a filter, made once and kept until something changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from survey.exchange.figures.block import Block
from survey.exchange.figures.blocks import BlockSource, planned_block, response_block
from survey.exchange.figures.change_blocks import Comparison, change_blocks, changes_by_code, comparison_of
from survey.exchange.figures.effects import effect_notes
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.headlines import Headlines, headlines, with_changes
from survey.methods.change.earlier import earlier_tables
from survey.methods.change.tables import Results
from survey.methods.production import Prepared, produce
from survey.methods.tables.domain import Domain
from survey.methods.tables.plan import PlannedTable, planned_tables, tables_of_page
from survey.methods.tables.table import ProtectedTable
from survey.methods.tables.taken_over import TakenOver
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.in_hand import in_hand, take_in_hand
from survey.selectors.results.kept import ToMake, kept, make_together, remembering, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import shared_cells_of
from survey.selectors.results.wave_results import (
    account_to_make,
    overview_of,
    prepared_of,
    prepared_to_show,
    wave_vocabulary,
)
from survey.views.results.blocks_of_page import block_sources
from survey.views.results.drawn import DrawnParts

Value = TypeVar("Value")
WRITTEN_DOWN = 20_000
"""Firms from which on making tables takes longer than packing them and writing them down."""
_TablesToMake = ToMake[dict[str, ProtectedTable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingContent:
    """The headline figures, the response, the blocks in the order of the page, and the tables that they show."""

    headlines: list[Headlines]
    response: Block
    blocks: list[Block]
    tables: dict[str, FigureTable]
    earlier_title: str = ""


def working_content(
    wave: Wave, words: Vocabulary, domain: Domain, firms: str, language: str, drawn: DrawnParts | None = None
) -> WorkingContent:
    """The content of the page; ``firms`` names the firms under the filter. Blocks that were `drawn` for the same wave,
    words and filter are taken over where they show the same."""
    planned, tables = _planned(words, domain), tables_under(wave, words, domain, language)
    effects, drawn = prepared_of(wave).effects, drawn or DrawnParts()
    response = tables["response"]
    return WorkingContent(
        headlines=headlines(planned, tables, words),
        response=drawn.part("block response", (response,), lambda: response_block(response)),
        tables={**tables},
        blocks=[
            _block(sheet, effect_notes(sheet.planned, effects, words), drawn)
            for sheet in block_sources(planned, tables, words, firms)
        ],
    )


def _block(sheet: BlockSource, notes: tuple[str, ...], drawn: DrawnParts) -> Block:
    shows = sheet.table, tuple(table for _planned, table in sheet.beside), sheet.firms, notes
    return drawn.part(f"block {sheet.planned.code}", shows, lambda: _with_notes(planned_block(sheet), notes))


def tables_under(wave: Wave, words: Vocabulary, domain: Domain, language: str) -> dict[str, ProtectedTable]:
    """The protected tables of the page. They alone are kept: what is drawn from them stands in the page itself."""
    tables = _tables(wave, words, domain, language)
    return _here(tables.revision, tables.parts, tables.rows, lambda: tables.read(None)())


def _tables_before(wave: Wave, words: Vocabulary, domain: Domain, language: str) -> dict[str, ProtectedTable]:
    return _kept(_before(wave, words, domain, language))


def _kept(tables: _TablesToMake) -> dict[str, ProtectedTable]:
    return kept(tables.revision, tables.parts, lambda: tables.read(None)(), is_light=True)


def _here(revision: str, parts: Sequence[object], rows: int, make: Callable[[], Value]) -> Value:
    """What a page is drawn from, kept for all workers where it is of many firms. Of few it is in hand here alone:
    another worker makes it as fast as this one would write it down after every answer."""
    if rows >= WRITTEN_DOWN:
        return kept(revision, parts, make, is_light=True)
    found = in_hand(("made", *parts))
    if found is not None and found[0] == revision:
        value: Value = found[1]
        return value
    value = make()
    take_in_hand(("made", *parts), (revision, value))
    return value


def _tables(wave: Wave, words: Vocabulary, domain: Domain, language: str) -> _TablesToMake:
    # Everything that the tables depend on beside the answers, which the revision stands for.
    name = "tables", wave.pk, words.plan.digest, language, domain
    return ToMake(
        revision=revision_of(wave),
        parts=name,
        read=lambda _before: partial(_produced, prepared_to_show(wave), words, domain, in_hand(name), name),
        rows=overview_of(wave).answered,
    )


def _produced(
    prepared: Prepared, words: Vocabulary, domain: Domain, taken: TakenOver | None, name: Sequence[object]
) -> dict[str, ProtectedTable]:
    """The tables, of which those are `taken` over that no changed answer is in."""
    taken = taken or TakenOver()
    tables = produce(prepared, words, _planned(words, domain), domain, taken)
    take_in_hand(name, taken.for_next())
    return tables


def _before(wave: Wave, words: Vocabulary, domain: Domain, language: str) -> _TablesToMake:
    """Of the earlier wave what changes are told from."""
    return ToMake(
        revision=revision_of(wave),
        parts=("tables before", wave.pk, words.plan.digest, language, domain),
        read=lambda _before: partial(earlier_tables, prepared_of(wave), words, _planned(words, domain), domain),
        rows=overview_of(wave).answered,
    )


def _planned(words: Vocabulary, domain: Domain) -> list[PlannedTable]:
    return tables_of_page(planned_tables(words), domain)


def compared_content(
    wave: Wave,
    words: Vocabulary,
    domain: Domain,
    firms: str,
    language: str,
    earlier: Wave | None,
    drawn: DrawnParts | None = None,
) -> WorkingContent:
    """The same with the change since an earlier wave, where that one has figures of these firms."""
    if earlier is not None and not prepared_of(earlier).hides(domain):
        words_before = wave_vocabulary(earlier, collected_of(earlier), language)
        both = _tables(wave, words, domain, language), _before(earlier, words_before, domain, language)
        # The account stands below the figures.
        make_together([*both, account_to_make(wave)], is_light=True)
    drawn = drawn or DrawnParts()
    content = working_content(wave, words, domain, firms, language, drawn)
    comparison = _comparison(wave, words, domain, language, earlier) if earlier else None
    if comparison is None:
        return content
    return replace(
        content,
        headlines=with_changes(content.headlines, changes_by_code(comparison)),
        # Change stands behind the first block: it is read after the figures that it is a change of.
        blocks=[*content.blocks[:1], *change_blocks(comparison, words, firms, drawn.part), *content.blocks[1:]],
        tables={**content.tables, **comparison.changes},
        earlier_title=comparison.earlier_title,
    )


def tables_with_change(
    wave: Wave, words: Vocabulary, domain: Domain, language: str, earlier: Wave | None
) -> dict[str, FigureTable]:
    """The tables of that content alone, which takes no drawing."""
    comparison = _comparison(wave, words, domain, language, earlier) if earlier else None
    return {**tables_under(wave, words, domain, language), **(comparison.changes if comparison else {})}


def _comparison(wave: Wave, words: Vocabulary, domain: Domain, language: str, earlier: Wave) -> Comparison | None:
    # A change beside a present figure gives away the earlier one: where that is hidden, so is the change.
    if prepared_of(earlier).hides(domain):
        return None
    tables = tables_under(wave, words, domain, language)
    before = _tables_before(earlier, wave_vocabulary(earlier, collected_of(earlier), language), domain, language)
    found = _here(
        f"{revision_of(wave)} {revision_of(earlier)}",
        ("comparison", wave.pk, words.plan.digest, earlier.pk, plan_of(earlier).digest, language, domain),
        min(overview_of(one).answered for one in (wave, earlier)),
        # Without the tables that it compares, which are kept already.
        lambda: replace(_compared(wave, words, domain, earlier, tables, before), tables={}, before={}),
    )
    return replace(found, tables=tables, before=before)


def _compared(
    wave: Wave,
    words: Vocabulary,
    domain: Domain,
    earlier: Wave,
    tables: Mapping[str, ProtectedTable],
    before: Mapping[str, ProtectedTable],
) -> Comparison:
    # The earlier wave in the words of its own version: its plan may be another.
    words_before = wave_vocabulary(earlier, collected_of(earlier), words.language)
    results = Results(prepared=prepared_of(wave), words=words, tables=tables)
    results_before = Results(prepared=prepared_of(earlier), words=words_before, tables=before)
    in_cells = partial(shared_cells_of, wave, earlier)
    with remembering(("changes", wave.pk, earlier.pk, domain)) as remembered:
        return comparison_of(wave, results, earlier, results_before, domain, remembered, in_cells)


def _with_notes(block: Block, notes: tuple[str, ...]) -> Block:
    return replace(block, notes=(*block.notes, *notes)) if notes else block
