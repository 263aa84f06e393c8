"""The tables of what is asked of a page of working figures, made for it alone and kept until something changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from survey.exchange.figures.change_blocks import Comparison, comparison_of
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.headlines import sources_of_headlines
from survey.methods.change.compared import Compared, change_code, compared_tables
from survey.methods.change.earlier import earlier_tables
from survey.methods.change.tables import Results
from survey.methods.production import Prepared, produce
from survey.methods.tables.chapters import WHOLE_PAGE, Portion, contents, tables_to_make
from survey.methods.tables.domain import Domain
from survey.methods.tables.plan import PlannedTable, planned_tables, tables_of_page
from survey.methods.tables.second_interval import is_skew
from survey.methods.tables.table import ProtectedTable
from survey.methods.tables.taken_over import TakenOver
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.in_hand import in_hand, take_in_hand
from survey.selectors.results.kept import ToMake, kept, make_together, remembering, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import same_measures, shared_cells_of
from survey.selectors.results.wave_results import (
    account_to_make,
    overview_of,
    prepared_of,
    prepared_to_show,
    wave_vocabulary,
)
from survey.terms import Chapter, Presentation

Value = TypeVar("Value")
WRITTEN_DOWN = 20_000
"""Firms from which on making tables takes longer than packing them and writing them down."""
PORTIONS = 10
"""Parts of a page under one filter whose tables are at hand for the others: its chapters."""
_TablesToMake = ToMake[dict[str, ProtectedTable]]


@dataclass(frozen=True, eq=False, kw_only=True)
class AskedFigures:
    """What is asked of the figures of a wave under a filter: a portion of its page, in the words of the reader.

    ``firms`` names the firms under the filter. Nothing is compared where the earlier wave hides these firms.
    """

    wave: Wave
    words: Vocabulary
    domain: Domain
    firms: str = ""
    portion: Portion = WHOLE_PAGE
    against: Wave | None = None

    @cached_property
    def page(self) -> list[PlannedTable]:
        """All tables of the page."""
        return _page(self.words, self.domain)

    @cached_property
    def earlier(self) -> Wave | None:
        """The wave that is compared with."""
        # A change beside a present figure gives away the earlier one: where that is hidden, so is the change.
        return None if self.against is None or prepared_of(self.against).hides(self.domain) else self.against

    @cached_property
    def words_before(self) -> Vocabulary:
        """Those of the earlier wave, in the words of its own version: its plan may be another."""
        assert self.against is not None, "words of no wave"
        return wave_vocabulary(self.against, collected_of(self.against), self.words.language)

    @cached_property
    def compared(self) -> list[Compared]:
        """The tables of the page that the page of the earlier wave has too, whichever firms that one hides."""
        if self.against is None:
            return []
        pages = (self.page, _page(self.words_before, self.domain))
        codes, codes_before = ({one.code for one in page} for page in pages)
        items = same_measures(self.wave, self.against).items
        return [
            one
            for one in compared_tables(self.words, self.words_before, items)
            if one.code in codes and one.code_before in codes_before
        ]

    @cached_property
    def changes(self) -> list[Compared]:
        """Those whose change is asked for."""
        # Where nothing is compared the earlier wave need not be prepared.
        if not self.may_compare or self.earlier is None:
            return []
        return [one for one in self.compared if self.portion.shows_change(one.change_code, one.presentation)]

    @property
    def may_compare(self) -> bool:
        """Whether the portion shows any change."""
        if self.portion.table:
            return any(self.portion.table == change_code(one.code) for one in self.page)
        if self.portion.chapter is Chapter.OVERVIEW:
            return any(one.block.presentation is Presentation.HEADLINE for one in self.page)
        return self.portion.chapter in (Chapter.CHANGE, Chapter.ALL)

    @cached_property
    def made(self) -> list[PlannedTable]:
        """The tables that are made: those that are shown, or changed, with what these need."""
        codes = {*self.portion.shown(self.page), *(one.code for one in self.changes)}
        if self.portion.is_of(Chapter.OVERVIEW):
            codes.update(sources_of_headlines(self.page, self.words))
        return tables_to_make(self.page, codes)

    @property
    def chapters(self) -> list[Chapter]:
        """The contents of the page. That of changes says so where the earlier wave hides the firms under the filter: to
        know it before, every chapter would have to prepare that wave."""
        has_change = any(one.rows and one.presentation is not Presentation.HEADLINE for one in self.compared)
        return contents(self.page, has_change=has_change)

    @property
    def name(self) -> tuple[object, ...]:
        """Names its tables, for `kept`: everything that they depend on beside the answers, for which the revision
        stands."""
        codes = tuple(one.code for one in self.made)
        return self.wave.pk, self.words.plan.digest, self.words.language, self.domain, codes


def chapters_asked(asked: AskedFigures) -> list[Chapter]:
    """The contents of the page, kept: whether anything can have changed is told from the words of both waves."""
    if asked.against is None:
        return asked.chapters
    waves = asked.wave, asked.against
    plans = [plan_of(wave).digest for wave in waves]
    parts = "chapters", *(wave.pk for wave in waves), plans, asked.words.language, asked.domain
    return kept(" ".join(map(revision_of, waves)), parts, lambda: asked.chapters, is_light=True)


def tables_under(asked: AskedFigures) -> dict[str, ProtectedTable]:
    """The protected tables that are made. They alone are kept: what is drawn from them stands in the page itself."""
    tables = _tables(asked)
    return _here(tables.revision, tables.parts, tables.rows, lambda: tables.read(None)())


def tables_asked(asked: AskedFigures, comparison: Comparison | None = None) -> dict[str, FigureTable]:
    """The same with the tables of change."""
    comparison = comparison or comparison_asked(asked)
    return {**tables_under(asked), **(comparison.changes if comparison else {})}


def comparison_asked(asked: AskedFigures) -> Comparison | None:
    """What is asked of the change since the earlier wave; None where that is nothing."""
    if not asked.changes or asked.earlier is None:
        return None
    wave, earlier = asked.wave, asked.earlier
    both = _tables(asked), _before(asked)
    # The account stands below the figures.
    beside = [account_to_make(wave)] if asked.portion.is_of(Chapter.RESPONSE) else []
    make_together([*both, *beside], is_light=True)
    tables, before = tables_under(asked), _kept(both[1])
    found = _here(
        f"{revision_of(wave)} {revision_of(earlier)}",
        ("comparison", *asked.name, earlier.pk, plan_of(earlier).digest, asked.portion.name),
        min(overview_of(one).answered for one in (wave, earlier)),
        # Without the tables that it compares, which are kept already.
        lambda: replace(_compared(asked, earlier, tables, before), tables={}, before={}),
    )
    return replace(found, tables=tables, before=before)


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


def _tables(asked: AskedFigures) -> _TablesToMake:
    wave = asked.wave

    def read(_before: object) -> Callable[[], dict[str, ProtectedTable]]:
        with_second = not asked.domain and any(map(is_skew, asked.made))
        prepared = prepared_to_show(wave) if with_second else prepared_of(wave)
        return partial(_produced, prepared, asked, in_hand(_hand(asked)) or {})

    return ToMake(revision=revision_of(wave), parts=("tables", *asked.name), read=read, rows=overview_of(wave).answered)


def _hand(asked: AskedFigures) -> tuple[object, ...]:
    return "tables", asked.wave.pk, asked.words.plan.digest, asked.words.language, asked.domain


def _produced(
    prepared: Prepared, asked: AskedFigures, in_hand_before: Mapping[tuple[str, str], TakenOver]
) -> dict[str, ProtectedTable]:
    """The tables, of which those are taken over that another part of the page has, or that no changed answer is in."""
    taken = TakenOver.of_all(in_hand_before.values())
    tables = produce(prepared, asked.words, asked.made, asked.domain, taken, asked.page)
    others = {name: one for name, one in in_hand_before.items() if name != asked.portion.name}
    last = dict(list(others.items())[1 - PORTIONS :])
    take_in_hand(_hand(asked), {**last, asked.portion.name: taken.for_next()})
    return tables


def _before(asked: AskedFigures) -> _TablesToMake:
    """Of the earlier wave what the changes are told from."""
    earlier, words, domain = asked.earlier, asked.words_before, asked.domain
    assert earlier is not None, "tables of no wave"
    codes = tuple(one.code_before for one in asked.changes)
    return ToMake(
        revision=revision_of(earlier),
        parts=("tables before", earlier.pk, words.plan.digest, words.language, domain, codes),
        read=lambda _before: partial(earlier_tables, prepared_of(earlier), words, _page(words, domain), domain, codes),
        rows=overview_of(earlier).answered,
    )


def _page(words: Vocabulary, domain: Domain) -> list[PlannedTable]:
    return tables_of_page(planned_tables(words), domain)


def _compared(
    asked: AskedFigures,
    earlier: Wave,
    tables: Mapping[str, ProtectedTable],
    before: Mapping[str, ProtectedTable],
) -> Comparison:
    wave, domain = asked.wave, asked.domain
    results = Results(prepared=prepared_of(wave), words=asked.words, tables=tables)
    results_before = Results(prepared=prepared_of(earlier), words=asked.words_before, tables=before)
    in_cells = partial(shared_cells_of, wave, earlier)
    with remembering(("changes", wave.pk, earlier.pk, domain, asked.portion.name)) as remembered:
        return comparison_of(wave, results, earlier, results_before, domain, remembered, in_cells)
