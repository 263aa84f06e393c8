"""What the dashboard shows of a wave under a filter, made once and kept until something of the wave changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.exchange.figures.block import Block
from survey.exchange.figures.blocks import BlockSource, planned_block, response_block
from survey.exchange.figures.change_blocks import change_blocks, changes_by_code, comparison_of
from survey.exchange.figures.effects import effect_notes
from survey.exchange.figures.headlines import Headlines, headlines, with_changes
from survey.methods.change.tables import Results
from survey.methods.production import produce
from survey.methods.tables.plan import PlannedTable, planned_tables, tables_of_page
from survey.methods.tables.table import Domain, ProtectedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import kept, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_results import prepared_of, shown, wave_vocabulary
from survey.terms import Presentation


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardContent:
    """The headline figures, the response, the blocks in the order of the page, and the tables that they show."""

    headlines: list[Headlines]
    response: Block
    blocks: list[Block]
    tables: dict[str, ProtectedTable]
    earlier_title: str = ""


def dashboard_content(wave: Wave, words: Vocabulary, domain: Domain, firms: str, language: str) -> DashboardContent:
    """The content of the page; ``firms`` names the firms under the filter."""
    # Everything that the content depends on beside the answers, which the revision stands for.
    parts = ("dashboard", wave.pk, words.plan.digest, language, domain)
    return kept(revision_of(wave), parts, lambda: _made(wave, words, domain, firms))


def compared_content(
    wave: Wave, words: Vocabulary, domain: Domain, firms: str, language: str, earlier: Wave | None
) -> DashboardContent:
    """The same with the change since an earlier wave, where that one has figures of these firms."""
    content = dashboard_content(wave, words, domain, firms, language)
    # A change beside a present figure gives away the earlier one: where that is hidden, so is the change.
    if earlier is None or prepared_of(earlier).hides(domain):
        return content
    return kept(
        f"{revision_of(wave)} {revision_of(earlier)}",
        ("change", wave.pk, words.plan.digest, earlier.pk, plan_of(earlier).digest, language, domain),
        lambda: _with_change(content, wave, words, domain, firms, language, earlier),
    )


def _with_change(
    content: DashboardContent,
    wave: Wave,
    words: Vocabulary,
    domain: Domain,
    firms: str,
    language: str,
    earlier: Wave,
) -> DashboardContent:
    words_before = wave_vocabulary(earlier, collected_of(earlier), language)
    before = dashboard_content(earlier, words_before, domain, firms, language)
    results = Results(prepared=prepared_of(wave), words=words, tables=content.tables)
    results_before = Results(prepared=prepared_of(earlier), words=words_before, tables=before.tables)
    comparison = comparison_of(wave, results, earlier, results_before, domain)
    return replace(
        content,
        headlines=with_changes(content.headlines, changes_by_code(comparison)),
        blocks=[*content.blocks[:1], *change_blocks(comparison, words, firms), *content.blocks[1:]],
        tables={**content.tables, **comparison.changes},
        earlier_title=comparison.earlier_title,
    )


def _made(wave: Wave, words: Vocabulary, domain: Domain, firms: str) -> DashboardContent:
    planned = tables_of_page(planned_tables(words), domain)
    prepared = shown(wave)
    tables = produce(prepared, words, planned, domain)
    return DashboardContent(
        headlines=headlines(planned, tables, words),
        response=response_block(tables["response"]),
        tables=tables,
        blocks=[
            _with_notes(planned_block(sheet), effect_notes(sheet.planned, prepared.effects, words))
            for sheet in _sheets(planned, tables, words, firms)
        ],
    )


def _with_notes(block: Block, notes: tuple[str, ...]) -> Block:
    return replace(block, notes=(*block.notes, *notes)) if notes else block


def _sheets(
    planned: Sequence[PlannedTable], tables: Mapping[str, ProtectedTable], words: Vocabulary, firms: str
) -> Iterator[BlockSource]:
    """What each block is drawn from. Headlines stand at the head, and what is beside another table is drawn there."""
    codes = {one.code for one in planned}
    for one in planned:
        if one.block.presentation is not Presentation.HEADLINE and one.block.beside not in codes:
            beside = [(other, tables[other.code]) for other in planned if other.block.beside == one.code]
            yield BlockSource(planned=one, table=tables[one.code], beside=beside, words=words, firms=firms)
