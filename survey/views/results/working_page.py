"""The page of working figures as it is shown, kept in the words of the reader until something changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from survey.exchange.figures.block import Block
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.reliability import reliability_tables
from survey.exchange.figures.weighting import account_tables
from survey.exchange.release.marks import marks_of
from survey.forms.office.results import ResultFilterForm
from survey.methods.tables.domain import Domain
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.in_hand import in_hand, take_in_hand
from survey.selectors.results.kept import kept, make_together, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import earlier_waves, overlap_to_make
from survey.selectors.results.wave_results import (
    chosen_wave,
    overview_of,
    partly_asked,
    prepared_of,
    wave_account,
    wave_vocabulary,
    waves_to_prepare,
)
from survey.selectors.said import said as _
from survey.terms import WaveStatus
from survey.views.results.drawn import DrawnParts
from survey.views.results.working_content import WorkingContent, compared_content, tables_with_change

ALONE = "none"
"""In the address: compared with no other wave."""
WHEN = "@@when@@"
"""Stands in a kept page for the time at which it is shown."""


def unknown_code(waves: Sequence[Wave], code: str) -> str:
    """What is wrong with the code of a wave in an address; empty where it is known or not given."""
    if not code or any(wave.code == code for wave in waves):
        return ""
    return _("There are no results of a wave “%(code)s”. Choose a wave from the list.") % {"code": code}


class UnknownAddressError(Exception):
    """An address that asks for what is not there; its text says what."""


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """What an address asks of the results of a wave, in one language.

    Whatever depends on the address raises `UnknownAddressError` where that asks for what is not there.
    """

    wave: Wave
    query: QueryDict
    language: str

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
        return "page", part, waves, self.language, self.chosen

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
        """What the tables of the wave can be about; first of all that is asked of the waves themselves."""
        if self.earlier is not None:
            make_together([*waves_to_prepare([self.wave, self.earlier]), overlap_to_make(self.wave, self.earlier)])
        return wave_vocabulary(self.wave, prepared_of(self.wave).collected, self.language)

    @cached_property
    def content(self) -> WorkingContent | None:
        """What is shown; None where too few firms are under the filter."""
        domain, earlier = self.form.domain(), self.earlier
        if self._is_hidden(domain):
            return None
        return compared_content(self.wave, self.words, domain, self.firms, self.language, earlier, self.drawn)

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
        waves = [wave_vocabulary(one, collected_of(one), self.language) for one in (self.wave, self.earlier) if one]
        words = [(one.questionnaire.digest, one.plan.digest, one.asks) for one in waves]
        return *self.name("drawn"), words

    @cached_property
    def tables(self) -> dict[str, FigureTable]:
        """The tables of what is shown, by their codes; none where too few firms are under the filter."""
        domain, earlier = self.form.domain(), self.earlier
        if self._is_hidden(domain):
            return {}
        return tables_with_change(self.wave, self.words, domain, self.language, earlier)

    def _is_hidden(self, domain: Domain) -> bool:
        # Asked before anything is estimated: below the threshold there is no table that a mistake could show.
        return prepared_of(self.wave).hides(domain)


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
    wave, words, earlier = asked.wave, asked.words, asked.earlier
    partly = partly_asked(wave)
    against = earlier.code if earlier else ALONE
    # First of all: what the account is made from is made beside it.
    content = asked.content
    account = account_tables(wave_account(wave), prepared_of(wave).weighted, words)
    # Written from what was understood, not copied from the address: links of the page carry nothing unknown.
    query = urlencode({"wave": wave.code, **dict(asked.form.domain()), "against": against})
    # Below each of some fifty tables, drawn once.
    source = render_to_string("results/source.html", {"wave": wave, "time": WHEN})
    is_provisional = wave.status != WaveStatus.CLOSED
    *blocks, response = _blocks(asked, {"is_provisional": is_provisional, "query": query, "source": source})
    return {
        "wave": wave,
        "content": content,
        "blocks": blocks,
        "response": response,
        "firms": asked.firms,
        "is_provisional": is_provisional,
        "marks": marks_of(wave),
        "threshold": words.plan.threshold.firms,
        "row_text": words.read(words.plan.row_text) or _("a row"),
        "withdrawn": [item.text.of(asked.language) for item in partly.withdrawn],
        "added": [item.text.of(asked.language) for item in partly.added],
        "account": [*reliability_tables(), *account],
        "time": WHEN,
        "source": source,
    }


def _blocks(asked: AskedPage, around: dict[str, Any]) -> list[SafeString]:
    """The blocks of the page as they are shown, that of the response last, with what stands `around` each."""
    content = asked.content
    if content is None:
        return [SafeString()]
    return [
        asked.drawn.part(f"page {block.code}", (block, around), partial(_block, block, around))
        for block in (*content.blocks, content.response)
    ]


def _block(block: Block, around: dict[str, Any]) -> SafeString:
    return render_to_string("results/block.html", {"block": block, "table_page": "working_table", **around})
