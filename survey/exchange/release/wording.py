"""What a release says in one language, made once when it is frozen: pages and files of it never make a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import override

from survey.asked_terms.speaking import speaking_of
from survey.exchange.figures.captions import base_line, under_filter
from survey.exchange.figures.effects import missing_notes
from survey.exchange.figures.findings import measure_of, title_of
from survey.exchange.release.account import open_answers_table, released_account, released_codebook, rounded_firms
from survey.exchange.release.method import method_notes
from survey.instrument.schema import NO_TEXT, Questionnaire, Text
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.released.freezing import ReleaseWording, Said
from survey.methods.released.publication import CoverFacts
from survey.methods.tables.account import Account
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.vocabulary import Vocabulary, headings_of
from survey.methods.weights.weighting import WeightDiagnostics
from survey.models import Wave
from survey.selectors.said import said as _
from survey.terms import WaveStatus

Tables = Mapping[Domain, Mapping[str, ClearedTable]]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What a person says of a release before it is made: when the next one comes, and of one that stands for another
    why it does."""

    next_publication: date | None = None
    reason: Text = field(default=NO_TEXT)


@dataclass(frozen=True, kw_only=True)
class Background:
    """What the words of a release are made from besides its tables: the wave as it was at the cut.

    `account` and `spread` are None where they are not known any more; `answered` is rounded already.
    `open_answers` are, by item, those that a person let out.
    """

    wave: Wave
    questionnaire: Questionnaire
    rule: DisclosureRule
    as_of: datetime
    sampled: int
    answered: int | None
    planned: Planned
    account: Account | None = None
    spread: WeightDiagnostics | None = None
    weighed_down: bool = False
    open_answers: Mapping[str, Sequence[str]] = field(default_factory=dict)


def release_wording_of(background: Background, words: Vocabulary, tables: Tables) -> ReleaseWording:
    """All that the release says in the language of the words, whose labels the tables have."""
    # Frozen in the language of its words and not of whoever presses the button.
    with override(words.language), speaking_of(words.asks):
        groups = {domain: label_of_group(domain, words) for domain in tables}
        # Only methods that a table uses are explained: notes about others would be looked for in the tables.
        statistics = {table.spec.statistic for table in tables[ALL_FIRMS].values() if table.cells}
        return ReleaseWording(
            facts=_facts(background, words.language),
            groups=groups,
            tables=tables,
            said={domain: _all_said(of, groups[domain] if domain else "") for domain, of in tables.items()},
            notes=tuple(method_notes(words, background.rule, statistics, weighed_down=background.weighed_down)),
            account=(
                *released_account(background.account, background.spread),
                open_answers_table(background.open_answers, words),
            ),
            codebook=released_codebook(background.questionnaire, words.language),
            reason=background.planned.reason.of(words.language),
        )


def label_of_group(domain: Domain, words: Vocabulary) -> str:
    """A group of firms by the labels of its values."""
    known = [_label(variable, value, words) for variable, value in domain]
    return " · ".join(known) if known else _("All firms")


def _label(variable: str, value: str, words: Vocabulary) -> str:
    # Of every group of the plan: some are told only crossed with others, and neither filter nor split anything.
    own = [group for group in words.plan.groups if group.code == variable]
    classes = {each.code: words.read(each.text) for group in own for each in group.classes}
    # A group may have left the plan since: any label of the value is better than its code.
    headings = (each for group in (*own, *words.plan.groups) for each in headings_of(words, group))
    return classes.get(value) or next((each.label for each in headings if each.code == value), value)


def _all_said(tables: Mapping[str, ClearedTable], firms: str) -> dict[str, Said]:
    return {code: _said(table, firms) for code, table in tables.items()}


def _said(table: ClearedTable, firms: str) -> Said:
    notes = (*(_(note) for note in table.notes), *dict.fromkeys(missing_notes(table)))
    title = under_filter(title_of(table), firms)
    return Said(title=title, measure=measure_of(table), firms=base_line(table, firms), notes=notes)


def _facts(background: Background, language: str) -> CoverFacts:
    wave, survey = background.wave, background.wave.survey
    following = background.planned.next_publication
    return CoverFacts(
        survey=survey.title.of(language),
        wave=wave.title.of(language),
        period=wave.reference_period.of(language),
        authority=survey.issuing_authority.of(language),
        form_number=survey.form_number,
        approval_number=survey.approval_number,
        contact=survey.contact.of(language),
        next_publication=f"{following:%Y-%m-%d}" if following else _("not fixed yet"),
        sampled=rounded_firms(background.sampled),
        answered=rounded_firms(background.answered) if background.answered is not None else "[c]",
        as_of=f"{timezone.localtime(background.as_of):%Y-%m-%d %H:%M}",
        # While a wave collects its figures will change, whatever the release is called.
        is_provisional=wave.status != WaveStatus.CLOSED.value,
        is_demonstration=survey.is_demonstration,
        asks=survey.asks,
    )
