"""The page of working figures as it is shown, kept in the words of the reader until something changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from survey.exchange.figures.block import Block
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.findings import title_of
from survey.exchange.figures.reliability import marks_in_short, reliability_tables
from survey.exchange.figures.weighting import AccountTable, account_tables
from survey.exchange.release.marks import marks_of
from survey.methods.tables.chapters import ALWAYS
from survey.models import Wave
from survey.selectors.results.kept import kept, revision_of
from survey.selectors.results.wave_results import overview_of, partly_asked, prepared_of, wave_account
from survey.selectors.said import said as _
from survey.terms import Chapter, WaveStatus
from survey.views.results.asked_page import AskedPage

WHEN = "@@when@@"
"""Stands in a kept page for the time at which it is shown."""


def filters_of(asked: AskedPage, waves: Sequence[Wave], permissions: Sequence[str]) -> SafeString:
    """The filter above the figures, for a reader with these permissions."""

    def make() -> str:
        domain = asked.form.domain()
        return render_to_string(
            "results/working_filters.html",
            {
                "wave": asked.wave,
                "waves": waves,
                "overview": overview_of(asked.wave),
                "compared": asked.compared,
                "earlier": asked.earlier,
                "is_alone": asked.is_alone,
                "is_filtered": bool(domain),
                "chapter": asked.chapter,
                "everybody": asked.everybody,
                "form": asked.form,
                "permissions": permissions,
            },
        )

    # Every wave of both lists: a new title of any of them has to show.
    shown = [*waves, *asked.compared]
    revision = " ".join(sorted({f"{wave.pk} {revision_of(wave)}" for wave in shown}))
    return mark_safe(kept(revision, (*asked.name("filters"), tuple(permissions)), make, is_light=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The part of the page below the filter, and whether it has any figure."""

    html: str
    is_hidden: bool

    @property
    def now(self) -> SafeString:
        """With the time at which it is shown."""
        return mark_safe(self.html.replace(WHEN, localtime().strftime("%Y-%m-%d %H:%M")))


def figures_asked(asked: AskedPage) -> Figures:
    """The figures with how they came about, or why there are none."""

    def make() -> Figures:
        html = render_to_string("results/working_figures.html", _context(asked))
        if asked.content is not None:
            asked.keep_drawn()
        return Figures(html=html, is_hidden=asked.content is None)

    return kept(asked.revision, asked.name("figures"), make, is_light=True)


def _context(asked: AskedPage) -> dict[str, Any]:
    # First of all: what the account is made from is made beside it.
    content = asked.content
    wave, words, is_of = asked.wave, asked.words, asked.portion.is_of
    partly, links = partly_asked(wave), [] if content is None else asked.contents
    # Below each of some fifty tables, drawn once.
    source = render_to_string("results/source.html", {"wave": wave, "time": WHEN})
    is_provisional = wave.status != WaveStatus.CLOSED
    around = {"is_provisional": is_provisional, "query": asked.query_again, "source": source}
    return {
        "chapter": asked.chapter,
        "contents": links,
        "is_empty": content is not None and asked.chapter not in ALWAYS and not content.blocks,
        "wave": wave,
        "content": content,
        "headlines": [] if content is None else content.headlines,
        "blocks": _blocks(asked, around),
        "overview": overview_context(content.tables) if content and asked.chapter is Chapter.OVERVIEW else None,
        "has_method": is_of(Chapter.METHOD),
        "firms": asked.firms,
        "is_provisional": is_provisional,
        "marks": marks_of(wave),
        "threshold": words.plan.threshold.firms,
        "row_text": words.read(words.plan.row_text) or _("a row"),
        "withdrawn": [item.text.of(asked.language) for item in partly.withdrawn],
        "added": [item.text.of(asked.language) for item in partly.added],
        "account": [] if content is None or not is_of(Chapter.RESPONSE) else _account(asked),
        "time": WHEN,
        "source": source,
    }


def overview_context(tables: Mapping[str, FigureTable]) -> dict[str, Any]:
    """What an overview says of response and quality: a sentence, and the signs that stand at figures."""
    response = tables.get("response")
    return {"response": title_of(response) if response is not None else "", "signs": marks_in_short()}


def _account(asked: AskedPage) -> list[AccountTable]:
    wave = asked.wave
    return [*reliability_tables(), *account_tables(wave_account(wave), prepared_of(wave).weighted, asked.words)]


def _blocks(asked: AskedPage, around: dict[str, Any]) -> list[SafeString]:
    """The blocks of the page as they are shown, that of the response last, with what stands `around` each."""
    content = asked.content
    if content is None:
        return []
    return [
        asked.drawn.part(f"page {block.code}", (block, around), partial(_block, block, around))
        for block in (*content.blocks, *content.response)
    ]


def _block(block: Block, around: dict[str, Any]) -> SafeString:
    return render_to_string("results/block.html", {"block": block, "table_page": "working_table", **around})
