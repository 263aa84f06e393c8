"""The page of cleared figures: looked up in a cut or in a release of it, drawn once for each reader's language, made of
nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from survey.exchange.figures.block import Block
from survey.exchange.figures.blocks import planned_block
from survey.exchange.figures.captions import under_filter
from survey.exchange.figures.change_blocks import change_blocks, changes_by_code
from survey.exchange.figures.findings import title_of
from survey.exchange.figures.headlines import Headlines, headlines, with_changes
from survey.exchange.figures.reliability import reliability_tables
from survey.exchange.figures.response import response_block
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.tables.chapters import Portion, contents
from survey.methods.tables.plan import planned_tables, tables_of_page
from survey.selectors.results.kept import kept
from survey.selectors.results.standing import Standing
from survey.selectors.said import said as _
from survey.terms import Chapter, WaveStatus
from survey.views.results.address import ChapterLink, chapter_links
from survey.views.results.asked_cut import AskedCut, Link
from survey.views.results.blocks_of_page import block_sources
from survey.views.results.working_page import WHEN, overview_context


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBlock:
    """A block, and wider groups of firms for which figures that it withholds are shown."""

    block: Block
    wider: tuple[Link, ...] = ()


def figures_of_cut(page: AskedCut) -> SafeString:
    """The figures of the page with how they came about."""
    compared = [standing for standing in (page.standing, page.earlier) if standing]
    # Under the digests and all words of a page that a cut does not hold: another title draws it anew.
    revision = repr([_state(standing) for standing in compared])
    name = [standing.cut.wave_id for standing in compared], page.cut.pk, page.language, page.domain
    html = kept(
        revision,
        ("page of a cut", *name, page.chapter.value),
        lambda: render_to_string("results/cleared_figures.html", _context(page, _contents(page, revision, name))),
    )
    # The time stands for itself until the page is shown, or nothing could be kept.
    return mark_safe(html.replace(WHEN, localtime().strftime("%Y-%m-%d %H:%M")))


def _state(standing: Standing) -> tuple[object, ...]:
    """All that a page says of a wave and a cut does not hold; neither a cut nor a release ever changes."""
    wave = standing.cut.wave
    released = standing.release and standing.release.digest
    return standing.cut.digest, released, wave.title, wave.survey.title, wave.survey.is_demonstration, wave.status


def _contents(page: AskedCut, revision: str, name: Sequence[object]) -> list[ChapterLink]:
    """The chapters of the page; what has changed is looked up once for all of them."""

    def make() -> list[Chapter]:
        return contents(_planned(page), has_change=bool(_changed(page)))

    chapters = kept(revision, ("chapters of a cut", *name), make, is_light=True)
    return chapter_links(chapters, page.chapter, page.address)


def _context(page: AskedCut, links: Sequence[ChapterLink]) -> dict[str, Any]:
    wave, words, is_of = page.cut.wave, page.words, Portion(chapter=page.chapter).is_of
    response = page.tables.get("response")
    return {
        "chapter": page.chapter,
        "contents": links,
        "is_empty": not any(one.is_current for one in links),
        "overview": overview_context(page.tables) if page.chapter is Chapter.OVERVIEW else None,
        "has_method": is_of(Chapter.METHOD),
        "wave": wave,
        "firms": page.firms,
        "marks": page.marks,
        "is_provisional": page.is_provisional,
        "headlines": _headlines(page) if is_of(Chapter.OVERVIEW) else [],
        "blocks": _with_changes(page, list(_blocks(page))),
        "content": page.comparison if is_of(Chapter.OVERVIEW) else None,
        "response": _worded(page, response_block(response)) if response and is_of(Chapter.RESPONSE) else None,
        "threshold": words.plan.threshold.firms,
        "row_text": words.read(words.plan.row_text) or _("a row"),
        "query": page.address,
        "table_page": "dashboard_table",
        "account": reliability_tables() if is_of(Chapter.RESPONSE) else [],
        "time": WHEN,
    }


def _planned(page: AskedCut) -> Any:
    return tables_of_page([one for one in planned_tables(page.words) if one.code in page.tables], page.domain)


def _headlines(page: AskedCut) -> list[Headlines]:
    found = headlines(_planned(page), page.tables, page.words)
    return with_changes(found, changes_by_code(page.comparison)) if page.comparison else found


def _with_changes(page: AskedCut, blocks: list[DrawnBlock]) -> list[DrawnBlock]:
    """The blocks, those of change behind the first of the page."""
    changed = _changed(page) if page.chapter in (Chapter.CHANGE, Chapter.ALL) else []
    return [*blocks[:1], *(DrawnBlock(block=block) for block in changed), *blocks[1:]]


def _changed(page: AskedCut) -> list[Block]:
    return change_blocks(page.comparison, page.words, page.firms) if page.comparison else []


def _blocks(page: AskedCut) -> Iterator[DrawnBlock]:
    planned = _planned(page)
    codes = {*Portion(chapter=page.chapter).shown(planned)}
    shown = [one for one in planned if one.code in codes]
    for source in block_sources(shown, page.tables, page.words, page.firms):
        block = _worded(page, planned_block(source))
        yield DrawnBlock(block=block, wider=tuple(_wider(page, page.tables[source.planned.code])))


def _worded(page: AskedCut, block: Block) -> Block:
    """The block with the words of the release, where one says its figures: a sentence is frozen with them, and what
    made it may be another today."""
    said = page.released.get(block.code)
    if said is None:
        return block
    # A title that the plan gives, or one against a value from outside, is not among the words of a release.
    is_finding = block.title == under_filter(title_of(said.table), page.firms)
    worded = replace(block, title=said.title, measure=said.measure) if is_finding else block
    return replace(worded, base=said.firms)


def _wider(page: AskedCut, table: ClearedTable) -> Iterator[Link]:
    """The wider groups that withheld figures of a table name, each once."""
    named = (cell.coarser for _row, _column, cell in table.walk())
    yield from (page.link(domain) for domain in dict.fromkeys(named) if domain is not None and domain in page.groups)


def about_of(page: AskedCut) -> Mapping[str, Any]:
    """What stands above the figures: how many firms answered, to base 5, and of which moment they are."""
    # Of all firms, whatever the filter: the number under a filter stands with its figures.
    group = page.groups[()]
    is_closed = page.cut.wave.status == WaveStatus.CLOSED
    about = {"answered": group.n, "as_of": page.cut.moment, "cut": page.cut, "is_closed": is_closed}
    against = {"compared": page.compared, "earlier": page.earlier and page.earlier.cut.wave, "is_alone": page.is_alone}
    return {**about, **against, "release": page.release, "newer": page.standing.newer}
