"""Changes in a release: since the published release of an earlier wave, from the figures of both alone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from survey.instrument.schema import Questionnaire
from survey.methods.change.compared import compared_tables
from survey.methods.clearing.changes import changes_of
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.released.publication import languages_of, publication_of
from survey.methods.tables.domain import Domain
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Release, Wave
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.cleared import words_of_cut
from survey.selectors.results.releases import published_release
from survey.selectors.results.wave_comparison import same_items

Tables = Mapping[Domain, Mapping[str, ClearedTable]]


def earlier_release(wave: Wave, now: datetime) -> Release | None:
    """The published release of the newest earlier wave of the survey that has one, with its content."""
    before = Wave.objects.filter(survey=wave.survey_id, opens_at__lt=wave.opens_at).order_by("-opens_at")
    found = (published_release(each, now) for each in before)
    # Releases of versions before 1.5 were frozen from no cut and have nothing to take a change from.
    return next((release for release in found if release is not None and release.cut_id is not None), None)


def compared_release(content: Mapping[str, Any]) -> Release | None:
    """The release that the changes of this content are since; None where it has none."""
    named = content.get("compared")
    if named is None:
        return None
    return Release.objects.select_related("cut__version").get(wave__code=named["wave"], number=named["release"])


def tables_with_changes(
    tables: Tables,
    words: Vocabulary,
    questionnaire: Questionnaire,
    earlier: Release,
    notes: Callable[[Release], list[str]] = lambda earlier: [],
) -> Tables:
    """The tables of each group of firms with those of their change since an earlier release, which are of the groups
    and rows that both have; `notes` go with every one of these."""
    cut, spoken = earlier.cut, languages_of(earlier.content)
    assert cut is not None, "a published release was frozen from a cut"
    language = words.language if words.language in spoken else spoken[0]
    before = publication_of(earlier.content, language).tables
    same = same_items([questionnaire_of(cut.version)], [questionnaire])
    compared = list(compared_tables(words, words_of_cut(cut, language), same.items))
    said = notes(earlier)
    return {
        domain: {
            **of,
            **changes_of(compared, of, {code: one.table for code, one in before.get(domain, {}).items()}, domain, said),
        }
        for domain, of in tables.items()
    }
