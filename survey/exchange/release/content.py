"""The content of a release, frozen from a cut: all figures, and all words in both languages."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from survey.asked_terms.speaking import speaking_of
from survey.exchange.release.wording import Background, Planned, release_wording_of
from survey.methods.production import Parameters
from survey.methods.released.freezing import frozen_release
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.weighting import WeightDiagnostics, diagnose_weights
from survey.models import Cut, CutSource, OutlierDecision, Release, SampleUnit
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.cleared import all_cleared_tables, groups_of_cut, words_of_cut
from survey.selectors.results.kept import revision_of
from survey.selectors.results.open_answers import cleared_open_answers
from survey.selectors.results.released_changes import earlier_release, tables_with_changes
from survey.selectors.results.wave_results import wave_account
from survey.selectors.said import said as _
from survey.services.results.cut_source import unpacked
from survey.weighting_terms import OutlierChoice


def content_of_cut(cut: Cut, planned: Planned) -> dict[str, Any]:
    """What a release of this cut says, as JSON values; nothing of it depends on what is stored later."""
    earlier = earlier_release(cut.wave, timezone.now())
    background, wordings = _background(cut, planned), {}
    for language, _name in settings.LANGUAGES:
        words = words_of_cut(cut, language)
        tables = all_cleared_tables(cut, words)
        if earlier is not None:
            with override(language), speaking_of(words.asks):
                tables = tables_with_changes(tables, words, background.questionnaire, earlier, notes_on_changes)
        wordings[language] = release_wording_of(background, words, tables)
    # What the figures were made from, so that whoever doubts a release can make it again and compare.
    origin: dict[str, Any] = {
        "cut": {"number": cut.number, "digest": cut.digest, "as_of": cut.as_of.isoformat()},
        "questionnaire": cut.version.digest,
        "parameters": _parameters(words).to_dict(),
    }
    if earlier is not None:
        told = {"wave": earlier.wave.code, "release": earlier.number, "digest": earlier.digest}
        origin["compared"] = told
    return frozen_release(cut.wave.code, wordings, adverse=_adverse(words), origin=origin)


def notes_on_changes(earlier: Release) -> list[str]:
    """What changes are since, and what their errors are, in the language that is spoken."""
    told = _("Since “%(wave)s”, release %(number)s: the later rounded figure less the earlier.")
    return [
        told % {"wave": earlier.wave, "number": earlier.number},
        _("Its error takes the waves for independent; of firms that answered in both it is smaller."),
    ]


def _background(cut: Cut, planned: Planned) -> Background:
    wave = cut.wave
    words = words_of_cut(cut, settings.LANGUAGES[0][0])
    # What changed since the cut may have changed the rates too, and those of today are not those of its figures.
    as_it_was = cut.about["revision"] == revision_of(wave)
    decided = OutlierDecision.objects.filter(case__wave=wave, choice=OutlierChoice.WEIGH_DOWN.value, at__lte=cut.as_of)
    return Background(
        wave=wave,
        questionnaire=questionnaire_of(cut.version),
        rule=_parameters(words).protection,
        as_of=cut.as_of,
        sampled=SampleUnit.objects.filter(sample__wave=wave).count(),
        answered=groups_of_cut(cut)[ALL_FIRMS].n,
        planned=planned,
        account=wave_account(wave) if as_it_was else None,
        spread=_spread(cut),
        weighed_down=decided.exists(),
        open_answers=cleared_open_answers(wave),
    )


def _spread(cut: Cut) -> WeightDiagnostics | None:
    """How unequal the weights of the respondents of the cut are; None once they are erased."""
    source = CutSource.objects.filter(cut=cut, erased_at__isnull=True).first()
    if source is None:
        return None
    kept = unpacked(bytes(source.content))
    # Behind the respondents stand strata that have none, with a weight of nothing.
    weights = kept.arrays["weight"][: len(kept.beside["firms"])]
    return diagnose_weights(weights, calibrated=True)


def _parameters(words: Vocabulary) -> Parameters:
    return Parameters.of_plan(words.plan.threshold).for_publication()


def _adverse(words: Vocabulary) -> dict[str, bool]:
    """By table whether high steps of its scale are bad."""
    scales = {block.code: words.scales.get(block.scale) for block in words.plan.blocks}
    return {code: scale is None or scale.is_adverse for code, scale in scales.items()}
