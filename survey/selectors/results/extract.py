"""What a wave brought in, read from the database into columns; kept until something of it changes, and throw-away."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from survey.algorithms import canonical_json
from survey.instrument.document.corrections import apply_corrections
from survey.instrument.document.states import StatedValue, stated_values
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.routing.pruning import ESTIMATED, OTHER
from survey.instrument.schema import Questionnaire
from survey.methods.arrays import Ints
from survey.methods.asking import rules_of
from survey.methods.coding import CodedAnswers, extract_columns
from survey.methods.collected import Collected
from survey.methods.outliers.decisions import cutoff_name
from survey.models import (
    Correction,
    OutlierDecision,
    QuestionnaireVersion,
    Response,
    Wave,
)
from survey.selectors.design.version import codes_since, questionnaire_of
from survey.selectors.results.batch_index import index_of
from survey.selectors.results.batches import Coding, StoredBatches, folder_of, remove_old_batches
from survey.selectors.results.joined_answers import joined_answers
from survey.selectors.results.kept import kept, revision_of
from survey.selectors.results.later_values import later_values
from survey.selectors.results.sample import SampledFirms, sample_of
from survey.selectors.results.wave_log import WaveLog, log_of
from survey.terms import ResponseStatus

# In portions: the documents of a large wave with all their texts would not fit into the memory of a worker.
BATCH = 250


def submitted_responses(wave: Wave, numbers: Q | None = None) -> QuerySet[Response]:
    """The response that counts of every case that has one; those set aside by an outcome do not. Of few ``numbers`` of
    responses only these are read."""
    submitted = Response.objects.filter(is_current=True, status=ResponseStatus.SUBMITTED, case__is_set_aside=False)
    if numbers is None:
        return submitted.filter(case__wave=wave)
    # No index serves a sum: SQLite would begin with all cases of the wave and look up the response of each, for every
    # batch, which of a million takes longer than coding them.
    return submitted.filter(numbers).alias(of_wave=F("case__wave_id") + 0).filter(of_wave=wave.pk)


def collected_of(wave: Wave) -> Collected:
    """What the wave brought in until now, read anew only where something has changed."""
    return kept(
        revision_of(wave), ("collected", wave.pk), lambda: read_collected(wave), rows=lambda found: found.sampled
    )


def read_collected(wave: Wave) -> Collected:
    """Read the sample, its outcome and the corrected answers; a handful of queries whatever the number of firms."""
    log = log_of(wave)
    sample = sample_of(wave, log)
    cases, answers = _answers(wave, sample, log)
    respondents = sample.rows_of(cases)
    return Collected(
        strata=sample.strata,
        places=sample.places,
        stratum=sample.stratum,
        design_weight=sample.design_weight,
        disposition=sample.disposition,
        domains=sample.domains,
        respondents=respondents,
        items=answers.items,
        values={
            **answers.values,
            **{code: sample.numbers[one.field][respondents] for code, one in FRAME_NUMBERS.items()},
            **_cutoffs(wave, cases),
        },
        numbers=sample.numbers,
        frame=sample.frame,
        followed_up=sample.followed_up,
        second_phase=sample.second_phase,
        # Of all firms, since the sample holds them already: of those that answered it would be another column.
        identity=sample.identity,
    )


def decisions_of(wave: Wave) -> list[OutlierDecision]:
    """The decisions about influential values that count: of each case and item the last one."""
    decisions = OutlierDecision.objects.filter(case__wave=wave).order_by("id").select_related("author")
    return list({(one.case_id, one.item): one for one in decisions}.values())


def _cutoffs(wave: Wave, cases: Ints) -> dict[str, np.ndarray]:
    """By name of its column the cut-offs of single answers to an item, nan where there is none."""
    found: dict[str, np.ndarray] = {}
    for decision in decisions_of(wave):
        rows = np.flatnonzero(cases == decision.case_id)
        if decision.cutoff is not None and len(rows):
            column = found.setdefault(cutoff_name(decision.item), np.full(len(cases), np.nan))
            column[rows] = decision.cutoff
    return found


def questionnaires_of(wave: Wave) -> list[Questionnaire]:
    """Every version of the questionnaire that a counted response is pinned to, or that the wave has; oldest first."""
    return [questionnaire_of(version) for version in versions_of(wave).defer("schema", "plan")]


def latest_version(wave: Wave) -> QuestionnaireVersion:
    """The newest of these versions; Raises DoesNotExist for a wave without any."""
    return versions_of(wave).defer("schema", "plan").order_by("-number")[:1].get()


def versions_of(wave: Wave) -> QuerySet[QuestionnaireVersion]:
    """The versions behind ``questionnaires_of``, oldest first."""
    used = set(kept(revision_of(wave), ("versions", wave.pk), lambda: _used(wave), is_light=True))
    used |= {wave.version_id} if wave.version_id else set()
    # By number, the oldest first: the newest version says what the columns are called.
    return QuestionnaireVersion.objects.filter(pk__in=used).order_by("number")


def _used(wave: Wave) -> list[int]:
    # From the index, which knows the versions of its batches, instead of a look at every response.
    return index_of(wave, partial(submitted_responses, wave), log_of(wave)).versions


def corrected_documents(wave: Wave) -> Iterator[tuple[int, dict[str, Any]]]:
    """(case, corrected answers under the codes of the newest version) of every counted response, by case."""
    yield from _corrected(submitted_responses(wave), renaming_of(wave))


def _corrected(
    counted: QuerySet[Response], renaming: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    corrections = later_values(Correction.objects.filter(response__in=counted))
    texts = counted.order_by("case_id").annotate(text=Cast("answers", TextField()))
    responses = texts.values_list("id", "case_id", "version_id", "text").iterator(chunk_size=BATCH)
    while portion := list(islice(responses, BATCH)):
        # As one text: a key is then one string in all documents, which is read and looked up in half the time.
        documents = json.loads(f"[{','.join(text for *_, text in portion)}]")
        for (response, case, version, text), answers in zip(portion, documents, strict=True):
            log = corrections.get(response, ())
            # An answer without a value is none. Few documents have the word, and it is quickly looked for.
            corrected = apply_corrections(answers, log) if log or "null" in text else answers
            # Corrected before it is renamed: corrections bear the codes of the version that the firm was asked by.
            codes = renaming.get(version)
            yield case, renamed(corrected, codes) if codes else corrected


def stated_documents(wave: Wave) -> Iterator[tuple[int, dict[str, StatedValue]]]:
    """The same with the state of every value: what the edited microdata say of how it came about."""
    renaming = renaming_of(wave)
    items = {version.pk: questionnaire_of(version).items.values() for version in versions_of(wave)}
    corrections = later_values(Correction.objects.filter(response__in=submitted_responses(wave)))
    for response in submitted_responses(wave).order_by("case_id").iterator(chunk_size=BATCH):
        values = stated_values(
            response.answers,
            items[response.version_id],
            taken_over=response.taken_over,
            log=corrections.get(response.pk, ()),
        )
        yield response.case_id, renamed(values, renaming.get(response.version_id, {}))


def renamed(answers: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """The answers, with what belongs to them such as a text for "other", under new codes where these give one."""
    if not codes:
        return dict(answers)
    return {new_key(key, codes): value for key, value in answers.items()}


def new_key(key: str, codes: Mapping[str, str]) -> str:
    """The key of an answer, or of what belongs to it, after its item was renamed."""
    # Only where the whole key is no code: a code of a designer may end like that by itself.
    tail = next((tail for tail in (OTHER, ESTIMATED) if key not in codes and key.endswith(tail)), "")
    item = key.removesuffix(tail)
    return codes.get(item, item) + tail


def renaming_of(wave: Wave) -> dict[int, Mapping[str, str]]:
    """By version that the wave has, the codes in the newest one of items that bear another there."""
    return _renaming(list(versions_of(wave).defer("schema", "plan")))


def _renaming(versions: Sequence[QuestionnaireVersion]) -> dict[int, Mapping[str, str]]:
    newest = questionnaire_of(versions[-1]) if len(versions) > 1 else None
    if newest is None:
        return {}
    since = {version.pk: codes_since(version, newest) for version in versions[:-1]}
    return {pk: {then: now for then, now in codes.items() if then != now} for pk, codes in since.items()}


def extract_digest(collected: Collected) -> str:
    """SHA-256 of everything that estimates are made from: equal data has an equal digest."""
    # Width and order of bytes are fixed below: the digest must not depend on the machine.
    # SHA-256 whatever algorithm is chosen: releases of before have to be verified by the same digest.
    content = hashlib.sha256(canonical_json([collected.strata, collected.disposition.tolist()]).encode())
    for name, column in sorted({**collected.domains, **collected.items}.items()):
        content.update(canonical_json([name, column.labels]).encode() + column.codes.astype("<i2").tobytes())
    for name, values in sorted(
        {**collected.values, **{f"sample:{k}": v for k, v in collected.numbers.items()}}.items()
    ):
        content.update(name.encode() + values.astype("<f8").tobytes())
    for array in (collected.stratum, collected.respondents):
        content.update(array.astype("<i8").tobytes())
    if collected.followed_up is not None:
        content.update(collected.followed_up.tobytes())
    if collected.second_phase is not None:
        content.update(collected.second_phase.astype("<i1").tobytes())
    if collected.frame is not None:
        content.update(canonical_json([dict(collected.frame.counts), dict(collected.frame.totals)]).encode())
    content.update(collected.design_weight.astype("<f8").tobytes())
    return content.hexdigest()


def _answers(wave: Wave, sample: SampledFirms, log: WaveLog) -> tuple[Ints, CodedAnswers]:
    """The cases that answered, ascending, and their answers."""
    counted = partial(submitted_responses, wave)
    index = index_of(wave, counted, log)
    versions = list(versions_of(wave).defer("schema", "plan"))
    questionnaires = [questionnaire_of(version) for version in versions]
    coding = Coding(columns=extract_columns(questionnaires), rules=rules_of(questionnaires))
    renaming = _renaming(versions)
    batches = StoredBatches(
        index=index,
        counted=counted,
        kind=folder_of(wave, _digests(versions, questionnaires)),
        # Without those set aside: of two responses in a batch one may begin to count as the other ceases to.
        cases=sample.case[~sample.set_aside],
        make=lambda responses: coding.batch(_corrected(responses, renaming)),
    )
    return joined_answers(wave, batches, coding.code(()))


def _digests(versions: Sequence[QuestionnaireVersion], questionnaires: Sequence[Questionnaire]) -> list[object]:
    """What the columns follow from: every version with its content, in their order."""
    return [(version.pk, content.digest) for version, content in zip(versions, questionnaires, strict=True)]


def remove_superseded_batches() -> None:
    """Remove stored batches of waves that are no more, or of versions that a wave no longer has."""
    folders = set()
    for wave in Wave.objects.all():
        versions = list(versions_of(wave).defer("schema", "plan"))
        folders.add(folder_of(wave, _digests(versions, [questionnaire_of(each) for each in versions])))
    remove_old_batches(folders)
