"""Verifying a release: its digest, and its figures recomputed from the answers that are stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.rungs import cleared_again
from survey.methods.clearing.cleared import ClearedTable, cleared_to_dict
from survey.methods.released.differences import differing_figures, differing_parts
from survey.methods.released.publication import has_words
from survey.methods.tables.domain import Domain
from survey.models import Release, Response
from survey.selectors.design.version import questionnaire_of
from survey.selectors.results.kept import at_revision, revision_of
from survey.selectors.results.register_facts import with_register
from survey.selectors.results.released_changes import compared_release, tables_with_changes
from survey.selectors.results.wave_results import published, wave_vocabulary
from survey.services.results.earlier_cuts import earlier_cuts
from survey.services.results.earlier_releases import frozen_content
from survey.services.results.releases import release_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What verifying found: whether the content is the one of the digest, and every figure that differs.

    ``figures`` were recomputed, none where ``erased`` answers leave nothing to recompute them from. ``has_changed``
    says that the wave is not what it was at the cut, so that differences are to be expected.
    """

    is_intact: bool
    erased: int
    has_changed: bool = False
    figures: int = 0
    differences: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the release."""
        return self.is_intact and not self.differences


def verify_release(release: Release) -> Verified:
    """Compare the release with its digest and with what the stored answers give now."""
    content = release.content
    # The digest needs no answers and is checked whatever became of them.
    is_intact = release_digest(content) == release.digest
    # What was erased cannot be recomputed, and that is no fault of the release: its digest is checked all the same.
    erased = Response.objects.filter(case__wave=release.wave, erased_at__isnull=False).count()
    if erased:
        return Verified(is_intact=is_intact, erased=erased)
    return (_cleared if has_words(content) else _of_earlier_version)(release, is_intact)


def _cleared(release: Release, is_intact: bool) -> Verified:
    [wave] = at_revision([release.wave])
    prepared = with_register(published(wave), wave)
    # The same earlier cuts as then: what they showed decided what this one could.
    before = earlier_cuts(wave, before=release.cut.number) if release.cut else ()
    certificate = (release.cut.certificate if release.cut else None) or {}
    words = wave_vocabulary(wave, prepared.collected, "en")
    # The rungs stand in the certificate, so that its search of minutes need not be made again.
    coarser = {item: Rung.from_json(rung) for item, rung in certificate.get("coarser", {}).items()}
    cube = cleared_again(prepared, words, coarser, before=before)
    tables: Mapping[Domain, Mapping[str, ClearedTable]] = cube.tables
    if (earlier := compared_release(release.content)) is not None and release.cut:
        tables = tables_with_changes(tables, words, questionnaire_of(release.cut.version), earlier)
    again: dict[str, Any] = {
        "figures": [
            {
                "domain": [list(pair) for pair in domain],
                "tables": {code: cleared_to_dict(table) for code, table in of.items()},
            }
            for domain, of in tables.items()
        ]
    }
    # By figure and not by digest, so that whoever reads the report sees where to look.
    differences = tuple(map(str, differing_figures(release.content, _through_json(again))))
    changed = release.cut is not None and release.cut.about["revision"] != revision_of(wave)
    figures = _count(release.content)
    return Verified(is_intact=is_intact, erased=0, has_changed=changed, figures=figures, differences=differences)


def _through_json(content: dict[str, Any]) -> Any:
    """What was made, as the stored content is: a pair is a list there."""
    return json.loads(json.dumps(content))


def _count(content: Mapping[str, Any]) -> int:
    tables = (table for page in content["figures"] for table in page["tables"].values())
    return sum(len(row) for table in tables for row in table["cells"])


def _of_earlier_version(release: Release, is_intact: bool) -> Verified:
    again = frozen_content(release.wave)
    # Parts that a later version added were not frozen then and say nothing against it.
    kept = {name: part for name, part in again.items() if name in release.content}
    figures = sum(len(table) for table in release.content.get("tables", {}).values())
    differences = tuple(differing_parts(release.content, _through_json(kept)))
    return Verified(is_intact=is_intact, erased=0, figures=figures, differences=differences)
