"""Which waves a wave can be compared with, and what joins two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from django.db.models import DateTimeField

from survey.instrument.concepts import concept_map
from survey.instrument.schema import Questionnaire
from survey.methods.change.shared_cells import Both, SharedCells, shared_cells
from survey.methods.change.tables import Pairing, Results
from survey.methods.change.wave import Overlap
from survey.methods.collected import Collected
from survey.methods.matching import places_among
from survey.methods.production import produce
from survey.methods.remembered import digest_of, know_digests
from survey.methods.tables.plan import planned_tables
from survey.models import Wave
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.selectors.results.extract import collected_of, questionnaires_of
from survey.selectors.results.kept import ToMake, at_revision, kept, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_results import overview_of, prepared_of, published, wave_vocabulary


def earlier_waves(wave: Wave) -> list[Wave]:
    """Waves of the same survey that opened before and have results, the newest first."""
    waves = _BEFORE.all(survey=wave.survey_id, opens=wave.opens_at)
    return [each for each in at_revision(waves) if overview_of(each).has_enough]


_BEFORE = PreparedQuery(
    lambda: Wave.objects.filter(
        survey=Parameter("survey"), opens_at__lt=Parameter("opens", DateTimeField()), sample__isnull=False
    ).select_related("survey")
)


def pairing_of(later: Wave, earlier: Wave) -> Pairing:
    """The firms that answered in both, by their credit codes, and the items that the concept map compares; made anew
    only where something has changed in one of the waves."""
    revision = f"{revision_of(later)} {revision_of(earlier)}"
    return kept(revision, ("pairing", later.pk, earlier.pk), lambda: _paired(later, earlier))


def shared_cells_of(later: Wave, earlier: Wave, asked: Sequence[Both]) -> SharedCells | None:
    """The firms that answered in both by the cells that all filters are made of, with sums of what changes are asked
    of; made anew only where something has changed, and then of what has changed. None where reading the firms takes no
    longer."""
    waves = prepared_of(later), prepared_of(earlier)
    finest = waves[0].finest, waves[1].finest
    if finest[0] is None or finest[1] is None:
        return None
    groups = finest[0].variables, finest[1].variables
    for wave in waves:
        know_digests(wave.extract, wave.digests)
    overlap = pairing_of(later, earlier).overlap

    def make(before: SharedCells | None = None) -> SharedCells | None:
        return shared_cells(waves[0].extract, waves[1].extract, overlap, asked, groups, before)

    return kept(
        f"{revision_of(later)} {revision_of(earlier)}",
        ("shared cells", later.pk, earlier.pk, plan_of(later).digest, plan_of(earlier).digest),
        make,
        renew=make,
    )


def _paired(later: Wave, earlier: Wave) -> Pairing:
    same = same_measures(later, earlier)
    return Pairing(overlap=overlap_of(later, earlier), items=same.items, changed=same.changed, broken=same.broken)


def same_measures(later: Wave, earlier: Wave) -> "SameItems":
    """What both waves measure, by the versions that their firms answered."""
    revision = f"{revision_of(later)} {revision_of(earlier)}"
    return kept(revision, ("same measures", later.pk, earlier.pk), partial(_same, later, earlier), is_light=True)


def _same(later: Wave, earlier: Wave) -> "SameItems":
    return same_items(questionnaires_of(earlier), questionnaires_of(later))


@dataclass(frozen=True, kw_only=True)
class SameItems:
    """For each item of a later wave the one of the earlier that measures the same; later items whose options `changed`,
    and those that are `broken`, so that nothing of them compares."""

    items: Mapping[str, str]
    changed: Sequence[str]
    broken: Sequence[str]


def same_items(before: Sequence[Questionnaire], versions: Sequence[Questionnaire]) -> SameItems:
    """What the newest of the later versions and the newest `before` both measure; the oldest first in both."""
    old, new = len(before) - 1, len(before) + len(versions) - 1
    lines = [
        # Of a measure that one of the two does not ask there is nothing to compare.
        (line, item)
        for line in concept_map([*before, *versions])
        if (item := line.items[new]) and line.items[old]
    ]
    comparable = {item: line for line, item in lines if line.is_comparable(old, new)}
    return SameItems(
        items={item: line.items[old] or "" for item, line in comparable.items()},
        changed=[item for item, line in comparable.items() if line.breaks_between(old, new)],
        broken=[item for _line, item in lines if item not in comparable],
    )


def published_results(wave: Wave, language: str) -> Results:
    """All tables of the wave by the rules for figures that leave the office, with labels in ``language``."""
    prepared = published(wave)
    words = wave_vocabulary(wave, prepared.collected, language)
    return Results(prepared=prepared, words=words, tables=produce(prepared, words, planned_tables(words)))


def overlap_of(later: Wave, earlier: Wave) -> Overlap:
    """Rows of both extracts that belong to one firm; looked for anew only where other firms have answered."""
    wanted = overlap_to_make(later, earlier)
    return kept(wanted.revision, wanted.parts, lambda: wanted.read(None)(), rows=len)


def overlap_to_make(later: Wave, earlier: Wave) -> ToMake[Overlap]:
    """The same, to be made beside other things."""
    return ToMake(
        revision=f"{_who_answered(later)} {_who_answered(earlier)}",
        parts=("overlap", later.pk, earlier.pk),
        read=lambda _before: partial(_overlap, collected_of(later), collected_of(earlier)),
        rows=min(overview_of(wave).answered for wave in (later, earlier)),
    )


def _overlap(later: Collected, earlier: Collected) -> Overlap:
    rows = places_among(later.answering, earlier.answering)
    rows_earlier = np.flatnonzero(rows >= 0)
    return Overlap(rows[rows_earlier], rows_earlier)


def _who_answered(wave: Wave) -> str:
    """A digest of the firms that answered, in their order."""

    def make() -> str:
        collected = collected_of(wave)
        return digest_of(collected.identity, collected.respondents).hex()

    return kept(revision_of(wave), ("who answered", wave.pk), make, is_light=True)
