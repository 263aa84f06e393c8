"""What an address of the dashboard asks: whose figures, of which firms, and since which other wave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from survey.exchange.figures.change_blocks import Comparison, cleared_comparison
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.release.marks import marks_of
from survey.exchange.release.text_sheets import marks_of_facts
from survey.forms.office.results import ResultFilterForm
from survey.instrument.plan.plan import Group
from survey.methods.clearing.changes import ClearedPage
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.released.publication import Publication
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import Heading
from survey.methods.tables.vocabulary import Vocabulary, headings_of
from survey.models import Cut, Release, Wave
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.cleared import ClearedGroup, groups_of_cut, words_of_cut
from survey.selectors.results.standing import (
    Standing,
    earlier_with_figures,
    released_group,
    standing_of,
    tables_of,
)
from survey.selectors.results.wave_comparison import same_items
from survey.selectors.results.wave_results import named_wave
from survey.selectors.results.wider import nearest_shown
from survey.selectors.said import said as _
from survey.terms import Chapter, GroupSource, WaveStatus
from survey.views.results.address import ALONE, UnknownAddressError, chapter_in, unknown_code, with_chapter

Link = tuple[str, str]
"""What a group of firms is called, and the address of its figures."""


@dataclass(frozen=True, kw_only=True)
class AskedCut:
    """What an address asks of the figures that stand for a wave, in one language. Raises `UnknownAddressError` for a
    group that does not exist."""

    standing: Standing
    query: QueryDict
    language: str
    waves: Sequence[Wave] = ()
    """Those that the reader may choose from, the newest first."""
    now: datetime
    sees_all: bool = False
    """Whether the reader may know of releases that are not out."""

    @property
    def cut(self) -> Cut:
        """The cut that the figures are of."""
        return self.standing.cut

    @property
    def release(self) -> Release | None:
        """The release that says them, if one does."""
        return self.standing.release

    @cached_property
    def chapter(self) -> Chapter:
        """The chapter that is shown."""
        return chapter_in(self.query)

    @cached_property
    def words(self) -> Vocabulary:
        return words_of_cut(self.cut, self.language)

    @cached_property
    def groups(self) -> dict[Domain, ClearedGroup]:
        return groups_of_cut(self.cut)

    @cached_property
    def offered(self) -> dict[str, tuple[Heading, ...]]:
        """The groups of the frame with their values of which the cut has tables."""
        ours = [group for group in self.words.plan.groups if group.source is GroupSource.FRAME]
        found = {group.code: tuple(self._with_tables(group)) for group in ours}
        return {code: headings for code, headings in found.items() if headings}

    def _with_tables(self, group: Group) -> Iterator[Heading]:
        yield from (heading for heading in headings_of(self.words, group) if heading.domain in self.groups)

    @cached_property
    def form(self) -> ResultFilterForm:
        """The filter, all of whose values are known."""
        # Groups by an answer would tell who said what; they are for those who are sworn to secrecy (0042).
        if answers := [group for group in self.words.plan.groups if self._asks_by_answer(group.code)]:
            told = _("Figures by “%(group)s”, which firms answered, are working figures. Choose a group of the list.")
            raise UnknownAddressError(told % {"group": answers[0].text.of(self.language)})
        form = ResultFilterForm(self.query, self.offered, self.words.plan.groups, self.language)
        # An unknown value is said and not passed over: figures of all firms would be read as those of some.
        if groups := form.unknown():
            told = _("The address asks for a value of “%(group)s” that does not exist. Choose one from the list.")
            raise UnknownAddressError(told % {"group": groups[0]})
        return form

    def _asks_by_answer(self, code: str) -> bool:
        return code not in self.offered and bool(self.query.get(code, ""))

    @property
    def offered_labels(self) -> dict[str, str]:
        """What each of these groups is called, by its code."""
        return {code: str(self.form.fields[code].label) for code in self.offered}

    @property
    def asked_crossing(self) -> tuple[tuple[str, str], ...]:
        """The two groups of the address, as the fields of the request for their crossing name them."""
        codes = [code for code, _value in self.domain]
        # A request is for two groups; of an address with three it takes the first two.
        return tuple(zip(("first", "second"), codes, strict=False)) if len(codes) > 1 else ()

    @cached_property
    def domain(self) -> Domain:
        return self.form.domain()

    @property
    def group(self) -> ClearedGroup | None:
        """The firms under the filter; None where the cut does not cross these groups."""
        return self.groups.get(self.domain)

    @property
    def firms(self) -> str:
        """What the firms under the filter are called; empty for all."""
        return " · ".join(heading.label for heading in self.form.chosen())

    @property
    def is_shown(self) -> bool:
        """Whether any figure of these firms is shown."""
        return self.group is not None and self.group.is_shown

    @cached_property
    def tables(self) -> dict[str, ClearedTable]:
        """The tables of these firms, as far as any figure of them is shown."""
        return tables_of(self.standing, self.words, self.domain)

    @cached_property
    def compared(self) -> list[Wave]:
        """The earlier waves that have figures to compare with."""
        return earlier_with_figures(self.cut.wave, self.waves)

    @property
    def is_alone(self) -> bool:
        """Whether the address asks for no comparison."""
        return self.query.get("against", "") == ALONE

    @cached_property
    def earlier(self) -> Standing | None:
        """What stands for the wave that is compared with: the one of the address, or the newest."""
        against = self.query.get("against", "")
        if not self.is_alone and (problem := unknown_code(self.compared, against)):
            raise UnknownAddressError(problem)
        chosen = None if self.is_alone else named_wave(self.compared, against)
        return standing_of(chosen, self.now, sees_all=self.sees_all) if chosen else None

    @cached_property
    def comparison(self) -> Comparison | None:
        """The change since that wave, from what both tell of these firms alone."""
        if self.earlier is None or not self.tables:
            return None
        # The earlier figures have the words of their own version: options and names may have been others then.
        words = words_of_cut(self.earlier.cut, self.language)
        before = tables_of(self.earlier, words, self.domain)
        # By the versions of the two cuts: the wave may have changed its version since.
        versions = ([questionnaire_of(one.version)] for one in (self.earlier.cut, self.cut))
        return cleared_comparison(
            ClearedPage(tables=self.tables, words=self.words),
            ClearedPage(tables=before, words=words),
            same_items(*versions),
            self.domain,
            titles=(str(self.cut.wave), str(self.earlier.cut.wave)),
            source=words_of_source(self.earlier),
        )

    @property
    def changes(self) -> Mapping[str, FigureTable]:
        """The tables of change by their codes."""
        return self.comparison.changes if self.comparison else {}

    @property
    def address(self) -> str:
        """The query that asks for the same again, but for the chapter."""
        # Only what was understood goes into links and file names.
        return urlencode({"wave": self.cut.wave.code, **self._against, **dict(self.domain)})

    @property
    def everybody(self) -> str:
        """The address of the same of all firms."""
        return "?" + with_chapter(urlencode({"wave": self.cut.wave.code, **self._against}), self.chapter)

    @property
    def _against(self) -> dict[str, str]:
        against = self.query.get("against", "")
        return {"against": against} if against else {}

    @cached_property
    def publication(self) -> Publication | None:
        """What the release says of these firms; None where the figures are those of the cut alone."""
        return None if self.release is None else released_group(self.release, self.language, self.domain)

    @property
    def released(self) -> Mapping[str, ReleasedTable]:
        """The tables of the release with their words; none where the figures are those of the cut alone."""
        return self.publication.tables[self.domain] if self.publication else {}

    @property
    def is_provisional(self) -> bool:
        """Whether the wave took answers after these figures."""
        if self.publication is not None:
            # The release was frozen with this word; a wave that is opened again later does not change it.
            return self.publication.facts.is_provisional
        return self.cut.wave.status != WaveStatus.CLOSED

    @property
    def marks(self) -> Sequence[str]:
        """The sentences that the page and its files bear."""
        return marks_of_facts(self.publication.facts) if self.publication else marks_of(self.cut.wave)

    def link(self, domain: Domain) -> Link:
        """A group of firms with the address of its figures."""
        labels = {heading.domain: heading.label for headings in self.offered.values() for heading in headings}
        # Each group of the frame is offered alone; two at once are called by the labels of both.
        label = " · ".join(labels.get((pair,), pair[1]) for pair in domain) or self.words.everybody.label
        query = urlencode({"wave": self.cut.wave.code, **dict(domain)})
        return label, "?" + with_chapter(query, self.chapter)

    @property
    def nearest(self) -> Link | None:
        """The nearest wider group that has figures."""
        found = nearest_shown(self.domain, self.words, self.groups)
        return None if found is None else self.link(found)


def words_of_source(standing: Standing) -> str:
    """What figures are of, in brackets behind a wave."""
    told = {"number": standing.cut.number, "moment": standing.cut.moment}
    if standing.release is None:
        return _("cut %(number)s, as of %(moment)s") % told
    return _("release %(number)s, as of %(moment)s") % {**told, "number": standing.release.number}
