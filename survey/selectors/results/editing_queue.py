"""The queue of selective editing: firms with answers that look wrong, by how far a figure would move if they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
from survey.selectors.results.kept import kept, revision_of
from survey.selectors.results.outliers import amounts, case_of_each
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import earlier_waves
from survey.selectors.results.wave_results import latest_questionnaire

LEAST_SCORE = 0.005
"""Part of a total below which an answer is left as it is: nobody would see the difference in a figure."""
# More than an office looks at before the queue is made anew.
MOST_FIRMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One suspicious answer: its value, what was anticipated and from where, the part of the total at stake, and
    whether an analyst has decided about its influence. ``is_filled``: the firm gave none, and this one was filled in.
    """

    item: Item
    value: float
    anticipated: float
    is_from_last: bool
    weight: float
    score: float
    is_decided: bool = False
    is_filled: bool = False


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
    before = next(iter(earlier_waves(wave)), None)
    # Scored once for everybody; what each may see and what was decided since is asked for those that are listed.
    revision = repr((revision_of(wave), before and revision_of(before)))
    parts = ("suspects", wave.pk, plan_of(wave).digest, before and before.pk)
    suspects = kept(revision, parts, lambda: _suspects(wave, before, prepared, words))
    own = visible_cases(user).filter(wave=wave, pk__in=list(suspects)).values_list("pk", flat=True)
    decided = {(one.case_id, one.item) for one in decisions_of(wave)}
    found = {
        case: [replace(one, is_decided=(case, one.item.code) in decided) for one in suspects[case]] for case in own
    }
    firms = [firm for firm in _firms(wave, found) if firm.suspects]
    return sorted(firms, key=lambda firm: (-firm.score, firm.case.pk))[:MOST_FIRMS]


def _suspects(wave: Wave, before: Wave | None, prepared: Prepared, words: Vocabulary) -> dict[int, list[Suspect]]:
    """By case its answers that look wrong and the values that were filled in, where a figure would tell."""
    cases = case_of_each(wave, prepared)
    found: dict[int, list[Suspect]] = {}
    for item, scored, values, weight in _scored(before, prepared, words):
        for row in np.flatnonzero(scored.suspicious & (scored.score >= LEAST_SCORE)).tolist():
            found.setdefault(cases[row], []).append(_suspect(item, scored, values, weight, row))
        for row, suspect in _filled_in(item, scored, prepared, weight):
            found.setdefault(cases[row], []).append(suspect)
    return found


def _filled_in(item: Item, scored: ImpactScores, prepared: Prepared, weight: Floats) -> Iterable[tuple[int, Suspect]]:
    """Values that were filled in for firms that gave none, where they carry enough of the total to be looked at."""
    filled = prepared.weighted.filled.get(item.code)
    if filled is None:
        return
    n = len(weight)
    values = filled.value[:n]
    total = float(np.nansum(weight * np.abs(values)))
    # Absolute values, or losses would make the total small and every share large.
    share = weight * np.abs(values) / total if total > 0 else np.zeros(n)
    for row in np.flatnonzero(filled.filled[:n] & (share >= LEAST_SCORE)).tolist():
        suspect = _suspect(item, scored, values, weight, row)
        yield row, replace(suspect, score=float(share[row]), is_filled=True)


def filled_value(wave: Wave, prepared: Prepared, case: int, item: str) -> float | None:
    """What was filled in for a firm that gave no answer; None where nothing was."""
    filled, cases = prepared.weighted.filled.get(item), case_of_each(wave, prepared)
    if filled is None or case not in cases or not filled.filled[cases.index(case)]:
        return None
    return float(filled.value[cases.index(case)])


def _scored(
    before: Wave | None, prepared: Prepared, words: Vocabulary
) -> Iterable[tuple[Item, ImpactScores, Floats, Floats]]:
    collected = prepared.collected
    n = len(collected.respondents)
    weight = prepared.weighted.extract.weight[:n]
    group = collected.stratum[collected.respondents]
    last = _last_answers(before, collected.firms, list(amounts(words)))
    for item in amounts(words):
        if item.code in collected.values:
            values = collected.values[item.code]
            yield item, score_answers(values, weight, anticipate(values, last[item.code], group)), values, weight


def _last_answers(before: Wave | None, firms: Sequence[str], items: list[Item]) -> Mapping[str, Floats]:
    """By item the answers of these firms in the wave before, nan where there is none or another measure was asked."""
    nothing = {item.code: np.full(len(firms), np.nan) for item in items}
    if before is None:
        return nothing
    collected, asked = collected_of(before), latest_questionnaire(before).items
    row = {code: place for place, code in enumerate(collected.firms)}
    places = np.array([row.get(code, -1) for code in firms], np.intp)
    for item in items:
        # By what it measures: a question that was changed under its code would make every answer look wrong.
        same = item.code in asked and concept_of(asked[item.code]) == concept_of(item)
        if same and item.code in collected.values and len(row):
            # A firm that is new has the place -1, which reads the last row, and is blanked by the condition.
            nothing[item.code] = np.where(places >= 0, collected.values[item.code][places], np.nan)
    return nothing


def _suspect(item: Item, scored: ImpactScores, values: Floats, weight: Floats, row: int) -> Suspect:
    return Suspect(
        item=item,
        value=float(values[row]),
        anticipated=float(scored.anticipated.value[row]),
        is_from_last=bool(scored.anticipated.is_from_last[row]),
        weight=float(weight[row]),
        score=float(scored.score[row]),
    )


def _firms(wave: Wave, found: Mapping[int, list[Suspect]]) -> Iterable[SuspectFirm]:
    """With firm and response, and without what was accepted or corrected to this value."""
    responses = Response.objects.filter(case__in=found, is_current=True).select_related(
        "case__sample_unit__unit__district", "case__wave"
    )
    looked_at = _looked_at(wave)
    for response in responses.defer("answers", "reasons"):
        # By value: an answer that was accepted and then changed is suspicious anew.
        left = [one for one in found[response.case_id] if (response.pk, one.item.code, one.value) not in looked_at]
        ordered = tuple(sorted(left, key=lambda one: (-one.score, one.item.code)))
        yield SuspectFirm(case=response.case, response=response.pk, suspects=ordered)


def _looked_at(wave: Wave) -> set[tuple[int, str, float]]:
    accepted = EditingDecision.objects.filter(response__case__wave=wave).values_list("response", "item", "value")
    corrected = Correction.objects.filter(response__case__wave=wave).values_list("response", "item", "new")
    return {*accepted, *((key, item, float(new)) for key, item, new in corrected if isinstance(new, (int, float)))}
