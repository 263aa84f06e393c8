"""The queue of selective editing: firms with answers that look wrong, by how far a figure would move if they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from survey.instrument.concepts import concept_of
from survey.instrument.schema import Item
from survey.methods.arrays import Floats
from survey.methods.editing.impact import ImpactScores, anticipate, score_answers
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Case, Correction, EditingDecision, Response, Wave
from survey.selectors.fieldwork.territory import Somebody, visible_cases
from survey.selectors.results.extract import collected_of, decisions_of
from survey.selectors.results.outliers import amounts, cases_of
from survey.selectors.results.wave_comparison import earlier_waves
from survey.selectors.results.wave_results import latest_questionnaire

LEAST_SCORE = 0.005
"""Part of a total below which an answer is left as it is: nobody would see the difference in a figure."""
MOST_FIRMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One suspicious answer: its value, what was anticipated and from where, the part of the total at stake, and
    whether an analyst has decided about its influence."""

    item: Item
    value: float
    anticipated: float
    is_from_last: bool
    weight: float
    score: float
    is_decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectFirm:
    """A firm with its suspicious answers, the largest score first; that is the score of the firm."""

    case: Case
    response: int
    suspects: tuple[Suspect, ...]

    @property
    def score(self) -> float:
        return self.suspects[0].score


def editing_queue(wave: Wave, prepared: Prepared, words: Vocabulary, user: Somebody) -> list[SuspectFirm]:
    """The firms that the user works on with suspicious answers that nobody has looked at, the largest score first."""
    cases = cases_of(wave, prepared)
    own = dict(visible_cases(user).filter(wave=wave, pk__in=cases).values_list("pk", "sample_unit"))
    found: dict[int, list[Suspect]] = {}
    decided = {(one.case_id, one.item) for one in decisions_of(wave)}
    for item, scored, values, weight in _scored(wave, prepared, words):
        for row in np.flatnonzero(scored.suspicious & (scored.score >= LEAST_SCORE)).tolist():
            if cases[row] in own:
                suspect = _suspect(item, scored, values, weight, row, (cases[row], item.code) in decided)
                found.setdefault(cases[row], []).append(suspect)
    firms = [firm for firm in _firms(wave, found) if firm.suspects]
    return sorted(firms, key=lambda firm: (-firm.score, firm.case.pk))[:MOST_FIRMS]


def _scored(wave: Wave, prepared: Prepared, words: Vocabulary) -> Iterable[tuple[Item, ImpactScores, Floats, Floats]]:
    collected = prepared.collected
    n = len(collected.respondents)
    weight = prepared.weighted.extract.weight[:n]
    group = collected.stratum[collected.respondents]
    last = _last_answers(wave, collected.key or (), list(amounts(words)))
    for item in amounts(words):
        if item.code in collected.values:
            values = collected.values[item.code]
            yield item, score_answers(values, weight, anticipate(values, last[item.code], group)), values, weight


def _last_answers(wave: Wave, firms: tuple[str, ...], items: list[Item]) -> Mapping[str, Floats]:
    """By item the answers of these firms in the wave before, nan where there is none or another measure was asked."""
    nothing = {item.code: np.full(len(firms), np.nan) for item in items}
    before = next(iter(earlier_waves(wave)), None)
    if before is None:
        return nothing
    collected, asked = collected_of(before), latest_questionnaire(before).items
    row = {code: place for place, code in enumerate(collected.key or ())}
    places = np.array([row.get(code, -1) for code in firms], np.intp)
    for item in items:
        same = item.code in asked and concept_of(asked[item.code]) == concept_of(item)
        if same and item.code in collected.values and len(row):
            nothing[item.code] = np.where(places >= 0, collected.values[item.code][places], np.nan)
    return nothing


def _suspect(item: Item, scored: ImpactScores, values: Floats, weight: Floats, row: int, is_decided: bool) -> Suspect:
    return Suspect(
        item=item,
        value=float(values[row]),
        anticipated=float(scored.anticipated.value[row]),
        is_from_last=bool(scored.anticipated.is_from_last[row]),
        weight=float(weight[row]),
        score=float(scored.score[row]),
        is_decided=is_decided,
    )


def _firms(wave: Wave, found: Mapping[int, list[Suspect]]) -> Iterable[SuspectFirm]:
    """With firm and response, and without what was accepted or corrected to this value."""
    responses = Response.objects.filter(case__in=found, is_current=True).select_related(
        "case__sample_unit__unit__district", "case__wave"
    )
    looked_at = _looked_at(wave)
    for response in responses.defer("answers", "reasons"):
        left = [one for one in found[response.case_id] if (response.pk, one.item.code, one.value) not in looked_at]
        ordered = tuple(sorted(left, key=lambda one: (-one.score, one.item.code)))
        yield SuspectFirm(case=response.case, response=response.pk, suspects=ordered)


def _looked_at(wave: Wave) -> set[tuple[int, str, float]]:
    accepted = EditingDecision.objects.filter(response__case__wave=wave).values_list("response", "item", "value")
    corrected = Correction.objects.filter(response__case__wave=wave).values_list("response", "item", "new")
    return {*accepted, *((key, item, float(new)) for key, item, new in corrected if isinstance(new, (int, float)))}
