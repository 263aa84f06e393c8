"""What the dashboard shows of a wave under a filter, made once and kept until something of the wave changes."""

from dataclasses import dataclass, replace

from survey.exchange.figures.blocks import (
    Block,
    Headline,
    distribution_block,
    energy_ratio_block,
    headlines,
    heat_map_block,
    indicator_block,
    ranking_block,
    response_block,
)
from survey.exchange.figures.change_blocks import change_blocks, comparison_of, with_changes
from survey.instrument.kinds.registry import KINDS
from survey.methods.change.tables import Results
from survey.methods.production import produce
from survey.methods.tables.plan import (
    RANKING,
    PlannedTable,
    Vocabulary,
    choice_table,
    core_table,
    distribution_table,
    energy_ratio_table,
    heat_map_table,
    mean_table,
    median_table,
    not_applicable_table,
    ranking_table,
)
from survey.methods.tables.table import Domain, ProtectedTable
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import kept, revision_of
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary


@dataclass(frozen=True, slots=True)
class DashboardContent:
    """The headline figures, the response, the blocks in the order of the page, and the tables that they show."""

    headlines: list[Headline]
    response: Block
    blocks: list[Block]
    tables: dict[str, ProtectedTable]
    earlier_title: str = ""


def dashboard_content(wave: Wave, words: Vocabulary, domain: Domain, firms: str, language: str) -> DashboardContent:
    """The content of the page; ``firms`` names the firms under the filter."""
    parts = ("dashboard", wave.pk, language, domain)
    return kept(revision_of(wave), parts, lambda: _made(wave, words, domain, firms))


def compared_content(
    wave: Wave, words: Vocabulary, domain: Domain, firms: str, language: str, earlier: Wave | None
) -> DashboardContent:
    """The same with the change since an earlier wave, where that one has figures of these firms."""
    content = dashboard_content(wave, words, domain, firms, language)
    if earlier is None or prepared_of(earlier).hides(domain):
        return content
    return kept(
        f"{revision_of(wave)} {revision_of(earlier)}",
        ("change", wave.pk, earlier.pk, language, domain),
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
    results = Results(prepared_of(wave), words, content.tables)
    results_before = Results(prepared_of(earlier), words_before, before.tables)
    comparison = comparison_of(wave, results, earlier, results_before, domain)
    core = [item.code for item in words.severity if item.theme]
    return replace(
        content,
        headlines=with_changes(content.headlines, comparison),
        blocks=[content.blocks[0], *change_blocks(comparison, core, firms), *content.blocks[1:]],
        tables={**content.tables, **comparison.changes},
        earlier_title=comparison.earlier_title,
    )


def split_of(words: Vocabulary, domain: Domain) -> str:
    """The variable by which the heat map splits the firms: the first that is not filtered; empty if all are."""
    filtered = {variable for variable, _ in domain}
    return next((variable for variable in words.groups if variable not in filtered), "")


def planned_tables(words: Vocabulary, domain: Domain) -> list[PlannedTable]:
    """The tables of the page."""
    split = split_of(words, domain)
    return [
        core_table(words),
        ranking_table(words),
        distribution_table(words),
        not_applicable_table(words),
        *([heat_map_table(words, split)] if split else []),
        energy_ratio_table(words),
        mean_table(words),
        median_table(words),
        *(choice_table(words, item) for item in words.choices if KINDS[item.type].is_ranked),
    ]


def _made(wave: Wave, words: Vocabulary, domain: Domain, firms: str) -> DashboardContent:
    planned = planned_tables(words, domain)
    tables = produce(prepared_of(wave), words, planned, domain)
    core = [item.code for item in words.severity if item.theme]
    units = {item.code: item.unit for item in words.numbers}
    split = split_of(words, domain)
    choices = [tables[plan.spec.code] for plan in planned if plan.spec.code.startswith("choices_")]
    return DashboardContent(
        headlines=headlines(tables, words.items_of_themes),
        response=response_block(tables["response"]),
        tables=tables,
        blocks=[
            ranking_block(tables[RANKING], core, firms),
            distribution_block(tables["distribution"], tables["not_applicable"], core, firms),
            *([heat_map_block(tables[f"severity_by_{split}"], core, firms)] if split else []),
            *([energy_ratio_block(tables["energy_ratio"], firms)] if tables["energy_ratio"].cells else []),
            indicator_block(tables["means"], tables["medians"], units, firms),
            *(ranking_block(table, (), firms) for table in choices),
        ],
    )
