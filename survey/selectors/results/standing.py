"""Which cleared figures stand for a wave: those of its latest release once it is closed, until then its latest cut.

A release under embargo holds its cut back as well: its figures are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from survey.methods.clearing.cleared import ClearedTable
from survey.methods.released.publication import Publication, languages_of, publication_of
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import TableKind
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Cut, Release, Wave
from survey.selectors.results.cleared import cleared_tables, groups_of_cut, with_version
from survey.selectors.results.kept import kept
from survey.selectors.results.releases import is_held, is_out, published_release
from survey.terms import WaveStatus


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The cut whose figures are shown, and the release that says them: None where they are those of the cut alone.

    ``newer`` is a later cut, which readers do not see before a release of it is published.
    """

    cut: Cut
    release: Release | None = None
    newer: Cut | None = None


def standing_of(wave: Wave, now: datetime, *, sees_all: bool = False) -> Standing | None:
    """What stands for a wave at a moment; None before its first cut.

    ``sees_all`` says that the reader may know of releases that are not out; for others a cut of which one is under
    embargo, and those after it, are not there.
    """
    cuts = with_version(wave)
    latest = (cuts if sees_all else _without_held(cuts, now)).first()
    # Of an open wave the cut is newer than any release of it, and says that it is provisional.
    release = published_release(wave, now) if wave.status == WaveStatus.CLOSED else None
    if release is None or release.cut_id is None:
        return Standing(cut=latest) if latest else None
    cut = latest if latest and release.cut_id == latest.pk else cuts.get(pk=release.cut_id)
    return Standing(cut=cut, release=release, newer=None if cut == latest else latest)


def _without_held(cuts: QuerySet[Cut], now: datetime) -> QuerySet[Cut]:
    held = Release.objects.filter(is_held(now), wave=OuterRef("wave"), cut__number__lte=OuterRef("number"))
    # A revision of the same cut holds nothing back: the published release has told its figures.
    told = Release.objects.filter(is_out(now), cut__isnull=False).values("cut")
    return cuts.filter(~Exists(held.exclude(cut__in=told)))


def released_group(release: Release, language: str, domain: Domain) -> Publication:
    """The release with the tables of one group of firms, in this language or in the first that it speaks; kept, since
    the whole content is read for it."""

    def make() -> Publication:
        spoken = languages_of(release.content)
        return publication_of(release.content, language if language in spoken else spoken[0], [domain])

    return kept(release.digest, ("group of a release", release.pk, language, domain), make, is_light=True)


def tables_of(standing: Standing, words: Vocabulary, domain: Domain) -> dict[str, ClearedTable]:
    """The tables of a group of firms, of the release where one says them; none where no figure of it is shown."""
    group = groups_of_cut(standing.cut).get(domain)
    if group is None or not group.is_shown:
        return {}
    if standing.release is not None:
        released = released_group(standing.release, words.language, domain).tables.get(domain, {})
        # Changes are since whatever is chosen, not since what the release was held against.
        return {code: one.table for code, one in released.items() if one.spec.kind is not TableKind.CHANGE}
    return cleared_tables(standing.cut, words, domain)


def earlier_with_figures(wave: Wave, waves: Sequence[Wave]) -> list[Wave]:
    """Those of `waves` that are of the same survey, opened before and have a cut. One query, none for a first wave."""
    before = [each for each in waves if each.survey_id == wave.survey_id and each.opens_at < wave.opens_at]
    if not before:
        return []
    cut = set(Cut.objects.filter(wave__in=before).values_list("wave", flat=True))
    return [each for each in before if each.pk in cut]
