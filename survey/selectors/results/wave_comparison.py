"""Which waves a wave can be compared with, and what joins two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.instrument.concepts import concept_map
from survey.instrument.schema import Questionnaire
from survey.methods.change.shared_cells import Both, SharedCells, shared_cells
from survey.methods.change.tables import Pairing, Results
from survey.methods.change.wave import Overlap
from survey.methods.matching import places_among
from survey.methods.production import produce
from survey.methods.remembered import know_digests
from survey.methods.tables.plan import planned_tables
from survey.models import Wave
from survey.selectors.results.extract import collected_of, questionnaires_of
from survey.selectors.results.kept import at_revision, kept, revision_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_results import overview_of, prepared_of, published, wave_vocabulary


def earlier_waves(wave: Wave) -> list[Wave]:
    """Waves of the same survey that opened before and have results, the newest first."""
    waves = Wave.objects.filter(survey=wave.survey, opens_at__lt=wave.opens_at, sample__isnull=False)
    return [each for each in at_revision(list(waves.select_related("survey"))) if overview_of(each).has_enough]


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
    same = same_items(questionnaires_of(earlier), questionnaires_of(later))
    overlap = overlap_of(later, earlier)
    return Pairing(overlap=overlap, items=same.items, changed=same.changed, broken=same.broken)


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
    """Rows of both extracts that belong to one firm."""
    rows = places_among(collected_of(later).answering, collected_of(earlier).answering)
    rows_earlier = np.flatnonzero(rows >= 0)
    return Overlap(rows[rows_earlier], rows_earlier)
