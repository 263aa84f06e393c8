"""Waves that have results, and a wave made ready for any table; kept until something of it changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from survey.instrument.concepts import concept_map
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.collected import Collected
from survey.methods.production import Prepared, prepare
from survey.methods.tables.account import Account, account_of
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.second_interval import Limits, second_limits
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.design.version import questionnaire_of
from survey.selectors.prepared import PreparedQuery
from survey.selectors.results.extract import (
    collected_of,
    corrected_documents,
    latest_version,
    questionnaires_of,
)
from survey.selectors.results.kept import ToMake, at_revision, kept, revision_of
from survey.selectors.results.plan import newest_questionnaire, plan_of
from survey.selectors.results.vocabulary import frame_names, known_words
from survey.terms import Missing

RESAMPLED_AT_ONCE = 10_000
"""Firms up to which a page waits for second intervals. They are for skew amounts of few firms; of more, both agree."""
CALIBRATED_AT_ONCE = 3_000
"""The same where weights are calibrated, and so each replicate."""


def waves_with_sample() -> list[Wave]:
    """Waves that have drawn their sample, the newest first."""
    return _WITH_SAMPLE.all()


_WITH_SAMPLE = PreparedQuery(lambda: Wave.objects.filter(sample__isnull=False).select_related("survey"))


def named_wave(waves: list[Wave], code: str) -> Wave | None:
    """The wave with this code, or the newest one; None where there is none."""
    return next((wave for wave in waves if wave.code == code), waves[0] if waves else None)


def chosen_wave(waves: list[Wave], code: str) -> Wave | None:
    """The same wave as it is at this moment."""
    chosen = named_wave(waves, code)
    return at_revision([chosen])[0] if chosen and not chosen.revision else chosen


def has_enough(collected: Collected) -> bool:
    """Whether enough firms responded for anything to be estimated, and not only such as stand for themselves alone."""
    return collected.fieldwork.can_be_weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a page says of a wave before any figure, without reading its answers: firms answered and sampled."""

    answered: int
    sampled: int
    has_enough: bool


def overview_of(wave: Wave) -> Overview:
    """How many firms answered until now, counted anew only where something has changed."""

    def make() -> Overview:
        collected = collected_of(wave)
        return Overview(answered=collected.answered, sampled=collected.sampled, has_enough=has_enough(collected))

    return kept(revision_of(wave), ("overview", wave.pk), make, is_light=True)


def latest_questionnaire(wave: Wave) -> Questionnaire:
    """The questionnaire whose items and wording the tables of the wave show."""
    return questionnaire_of(latest_version(wave))


@dataclass(frozen=True, slots=True)
class PartlyAsked:
    """Items that a wave asked some firms only, because its version was corrected while it was open.

    ``withdrawn`` are asked no longer and stand in no table; ``added`` were not asked of those that began before.
    """

    withdrawn: tuple[Item, ...] = ()
    added: tuple[Item, ...] = ()


def partly_asked(wave: Wave) -> PartlyAsked:
    """The items that not all versions of the wave ask, by what they measure."""
    versions = questionnaires_of(wave)
    withdrawn: list[Item] = []
    added: list[Item] = []
    for line in concept_map(versions) if len(versions) > 1 else ():
        asked = [version.items[code] for version, code in zip(versions, line.items, strict=True) if code]
        if len(asked) < len(versions) and not kind_of(asked[-1]).is_calculated:
            (added if line.items[-1] else withdrawn).append(asked[-1])
    return PartlyAsked(tuple(withdrawn), tuple(added))


def wave_vocabulary(wave: Wave, collected: Collected, language: str) -> Vocabulary:
    """What the tables of the wave can be about, with labels in this language."""

    frame = kept(revision_of(wave), ("frame names", wave.pk), partial(frame_names, collected), is_light=True)
    # Found by its digest: it would be packed anew after every answer.
    return known_words(newest_questionnaire(wave), plan_of(wave), frame, language, wave.survey.asks)


def published(wave: Wave) -> Prepared:
    """The prepared wave by the rules for figures that leave the office."""
    prepared = prepared_of(wave)
    return replace(prepared, parameters=prepared.parameters.for_publication(), second=second_of(wave))


def prepared_to_show(wave: Wave) -> Prepared:
    """The prepared wave as a page shows it: second intervals of very many firms take seconds, and are left to
    releases."""
    prepared = prepared_of(wave)
    most = RESAMPLED_AT_ONCE if prepared.replicate_design.calibration is None else CALIBRATED_AT_ONCE
    return replace(prepared, second=second_of(wave)) if prepared.extract.rows <= most else prepared


def second_of(wave: Wave) -> Limits:
    """Bootstrap intervals of amounts over all firms, made once for all that shows them."""
    return kept(revision_of(wave), ("second", wave.pk, plan_of(wave).digest), lambda: _second(wave))


def _second(wave: Wave) -> Limits:
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, "en")
    return second_limits(planned_tables(words), prepared.extract, prepared.replicate_design, words)


def open_answers(wave: Wave, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """What firms wrote to each long-text item, in alphabetical order, which tells nothing of the firm."""
    items = [item.code for item in questionnaire.items.values() if kind_of(item).is_long]
    found: dict[str, list[str]] = {item: [] for item in items}
    for _case, answers in corrected_documents(wave):
        for item in items:
            if isinstance(text := answers.get(item), str) and text not in set(Missing):
                found[item].append(text)
    return {item: sorted(texts) for item, texts in found.items() if texts}


def prepared_of(wave: Wave) -> Prepared:
    """The weighted wave with its protection, made anew only where something has changed."""
    return kept(
        revision_of(wave),
        _name(wave),
        lambda: _read(wave)(),
        renew=lambda before: _read(wave, before)(),
        rows=lambda prepared: prepared.extract.rows,
    )


def waves_to_prepare(waves: Sequence[Wave]) -> list[ToMake[Prepared]]:
    """Waves that a page will ask for, to be prepared side by side."""
    return [
        ToMake(
            revision=revision_of(wave), parts=_name(wave), read=partial(_read, wave), rows=overview_of(wave).answered
        )
        for wave in waves
    ]


def _name(wave: Wave) -> tuple[object, ...]:
    return "prepared", wave.pk, plan_of(wave).digest


def wave_account(wave: Wave) -> Account:
    """How the wave was answered and weighted, made anew only where something has changed."""
    wanted = account_to_make(wave)
    return kept(wanted.revision, wanted.parts, lambda: wanted.read(None)(), is_light=True)


def account_to_make(wave: Wave) -> ToMake[Account]:
    """The same, to be made beside the tables."""

    def read(_before: Account | None) -> Callable[[], Account]:
        prepared = prepared_of(wave)
        return partial(account_of, prepared.collected, prepared.weighted)

    parts = "account", wave.pk, plan_of(wave).digest
    return ToMake(revision=revision_of(wave), parts=parts, read=read, rows=overview_of(wave).answered)


def _read(wave: Wave, before: Prepared | None = None) -> Callable[[], Prepared]:
    """What prepares the wave, which asks the database for nothing more."""
    collected = collected_of(wave)
    finest = None if before is None else before.finest
    return partial(prepare, collected, wave_vocabulary(wave, collected, "en"), before=finest)
