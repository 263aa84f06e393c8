"""What an address asks of working figures: of which wave and firms, since which other wave, and which chapter."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from survey.exchange.figures.figure_table import FigureTable
from survey.forms.office.results import ResultFilterForm
from survey.methods.tables.chapters import Portion
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.in_hand import in_hand, take_in_hand
from survey.selectors.results.kept import make_together, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import earlier_waves, overlap_to_make
from survey.selectors.results.wave_results import chosen_wave, prepared_of, wave_vocabulary, waves_to_prepare
from survey.selectors.said import said as _
from survey.terms import Chapter
from survey.views.results.address import (
    ALONE,
    ChapterLink,
    UnknownAddressError,
    chapter_in,
    chapter_links,
    unknown_code,
    with_chapter,
)
from survey.views.results.drawn import DrawnParts
from survey.views.results.working_content import WorkingContent, working_content
from survey.views.results.working_tables import AskedFigures, chapters_asked, tables_asked


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """What an address asks of the results of a wave, in one language.

    Whatever depends on the address raises `UnknownAddressError` where that asks for what is not there.
    """

    wave: Wave
    query: QueryDict
    language: str
    table: str = ""
    """The one table that a file is of; empty for a page."""

    @cached_property
    def chapter(self) -> Chapter:
        """The chapter that is shown."""
        return chapter_in(self.query)

    @property
    def portion(self) -> Portion:
        return Portion(table=self.table) if self.table else Portion(chapter=self.chapter)

    @cached_property
    def compared(self) -> list[Wave]:
        """The earlier waves that can be compared with."""
        return earlier_waves(self.wave)

    @property
    def is_alone(self) -> bool:
        return self.query.get("against", "") == ALONE

    @cached_property
    def earlier(self) -> Wave | None:
        """The wave that is compared with."""
        against = self.query.get("against", "")
        if self.is_alone:
            return None
        if problem := unknown_code(self.compared, against):
            raise UnknownAddressError(problem)
        return chosen_wave(self.compared, against)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The values of groups in the address, known or not."""
        codes = [group.code for group in plan_of(self.wave).groups]
        # Only codes of groups of the plan: other parts of an address must not make pages to be kept.
        return tuple((code, value) for code in codes if (value := self.query.get(code, "")))

    def name(self, part: str) -> tuple[object, ...]:
        """Names a part of the page, for `kept`."""
        # The digest of the plan: its words and tables decide the page, and no revision of answers tells of them.
        waves = [(wave.pk, plan_of(wave).digest) for wave in (self.wave, self.earlier) if wave]
        return "page", part, waves, self.language, self.chosen, self.portion.name

    @property
    def revision(self) -> str:
        """That of the wave and the one that it is compared with."""
        return " ".join(revision_of(wave) for wave in (self.wave, self.earlier) if wave)

    @cached_property
    def form(self) -> ResultFilterForm:
        """The filter, all of whose values are known."""
        form = ResultFilterForm(self.query, self.words.filters, self.words.plan.groups, self.language)
        if groups := form.unknown():
            told = _("The address asks for a value of “%(group)s” that does not exist. Choose one from the list.")
            raise UnknownAddressError(told % {"group": groups[0]})
        return form

    @property
    def firms(self) -> str:
        """What the firms under the filter are called; empty for all."""
        return " · ".join(heading.label for heading in self.form.chosen())

    @cached_property
    def words(self) -> Vocabulary:
        """What the tables of the wave can be about."""
        return wave_vocabulary(self.wave, collected_of(self.wave), self.language)

    @cached_property
    def content(self) -> WorkingContent | None:
        """What is shown; None where too few firms are under the filter."""
        return None if self._is_hidden() else working_content(self.figures, self.drawn)

    @cached_property
    def figures(self) -> AskedFigures:
        """What is asked of the figures."""
        return AskedFigures(
            wave=self.wave,
            words=self.words,
            domain=self.form.domain(),
            firms=self.firms,
            portion=self.portion,
            against=self.earlier,
        )

    @cached_property
    def drawn(self) -> DrawnParts:
        """Parts that this process drew for the same page last: they may be taken over where they show the same."""
        return in_hand(self._drawing) or DrawnParts()

    def keep_drawn(self) -> None:
        """Have the parts of this page in hand for the next."""
        take_in_hand(self._drawing, self.drawn.for_next())

    @property
    def _drawing(self) -> tuple[object, ...]:
        # With all that blocks say beside what they show: the words of questionnaire and plan, whom the survey asks.
        waves = [self.words, *([self.figures.words_before] if self._compares else [])]
        words = [(one.questionnaire.digest, one.plan.digest, one.asks) for one in waves]
        return *self.name("drawn"), words

    @cached_property
    def tables(self) -> dict[str, FigureTable]:
        """The tables of what is shown, by their codes; none where too few firms are under the filter."""
        return {} if self._is_hidden() else tables_asked(self.figures)

    @property
    def query_again(self) -> str:
        """The query that asks for the same again, but for the chapter."""
        # Written from what was understood, not copied from the address: links of the page carry nothing unknown.
        against = self.earlier.code if self.earlier else ALONE
        return urlencode({"wave": self.wave.code, **dict(self.form.domain()), "against": against})

    @property
    def everybody(self) -> str:
        """The address of the same of all firms."""
        against = {"against": self.query["against"]} if self.query.get("against") else {}
        return "?" + with_chapter(urlencode({"wave": self.wave.code, **against}), self.chapter)

    @property
    def contents(self) -> list[ChapterLink]:
        """The chapters of the page with their addresses."""
        return chapter_links(chapters_asked(self.figures), self.chapter, self.query_again)

    def _is_hidden(self) -> bool:
        # First of all that is asked of the waves themselves.
        if self._compares and self.earlier is not None:
            together = waves_to_prepare([self.wave, self.earlier])
            make_together([*together, overlap_to_make(self.wave, self.earlier)])
        # Asked before anything is estimated: below the threshold there is no table that a mistake could show.
        return prepared_of(self.wave).hides(self.form.domain())

    @property
    def _compares(self) -> bool:
        return self.earlier is not None and self.figures.may_compare
