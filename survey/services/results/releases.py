"""Releases: the figures of a wave frozen with everything that they were made from."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from survey import algorithms
from survey.complaints import Catalogue, Entry
from survey.instrument.schema import canonical_json
from survey.methods.change.tables import Results, change_tables
from survey.methods.tables.table import Cell, ProtectedTable
from survey.models import Release, Wave
from survey.selectors.results.extract import collected_of, extract_digest
from survey.selectors.results.kept import at_revision
from survey.selectors.results.wave_comparison import earlier_waves, pairing_of, published_results
from survey.selectors.results.wave_results import has_enough, latest_questionnaire, wave_account
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.refusals import RefusedError
from survey.services.results.frozen_account import frozen_account

UNITS = 10


class ReleaseRefusedError(RefusedError):
    """Why no release can be made."""

    catalogue = Catalogue(
        entries={
            "too_few_responses": Entry(
                _("Fewer than two firms answered in “%(wave)s”."), _("Wait for more responses.")
            ),
        }
    )


@transaction.atomic
def make_release(*, wave: Wave, actor: User | None) -> Release:
    """Freeze extract, weights with their account, parameters and tables of the wave under one digest.

    While nothing has changed since the last release, that one is returned: equal figures have one number. Raises
    ``ReleaseRefusedError`` below two responses.
    """
    locked = Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=wave.pk)
    # The revision is read under the lock: answers that come in meanwhile belong to the next release.
    [wave] = at_revision([locked])
    collected = collected_of(wave)
    if not has_enough(collected):
        raise ReleaseRefusedError("too_few_responses", wave.pk, wave=wave)
    content = frozen_content(wave)
    digest = release_digest(content)
    last = Release.objects.filter(wave=wave).order_by("-number").first()
    # Compared with the newest only: figures that went back to an older state are a new statement and get a new number.
    if last is not None and last.digest == digest:
        return last
    number = (Release.objects.filter(wave=wave).aggregate(last=Max("number"))["last"] or 0) + 1
    release = Release.objects.create(wave=wave, number=number, digest=digest, content=content, created_by=actor)
    chain(release)
    record_action(actor=actor, verb="make_release", subject=release, digest=digest, answered=collected.answered)
    return release


def release_digest(content: Mapping[str, Any]) -> str:
    """Digest of the content of a release, new or as it is stored, by which it is known."""
    return algorithms.digest(canonical_json(content).encode())


def frozen_content(wave: Wave) -> dict[str, Any]:
    """Everything that the figures depend on, and the figures, as JSON values without labels."""
    # Any language would do, since no label is kept; always the same one, so that the cache serves.
    results = published_results(wave, "en")
    prepared = results.prepared
    content = {
        "wave": wave.code,
        "extract": extract_digest(prepared.collected),
        "questionnaire": latest_questionnaire(wave).digest,
        "parameters": prepared.parameters.to_dict(),
        "weights": [round(weight, UNITS) for weight in prepared.extract.weight.tolist()],
        "account": frozen_account(wave_account(wave), prepared.weighted, results.words.plan.weighting),
        "merges": [asdict(merge) for merge in prepared.weighted.weights.merges],
        "tables": {code: _figures(table) for code, table in results.tables.items()},
    }
    earlier = next(iter(earlier_waves(wave)), None)
    return content if earlier is None else {**content, "change": _frozen_change(wave, results, earlier)}


def _frozen_change(wave: Wave, results: Results, earlier: Wave) -> dict[str, Any]:
    """The changes since the wave before, and the data of that wave that they were made from."""
    before = published_results(earlier, "en")
    changes = change_tables(results, before, pairing_of(wave, earlier))
    return {
        "wave": earlier.code,
        "extract": extract_digest(before.prepared.collected),
        "tables": {code: _figures(table) for code, table in changes.items()},
    }


def _figures(table: ProtectedTable) -> list[dict[str, Any]]:
    return [{"row": row.code, "column": column.code, **_known(cell)} for row, column, cell in table.walk()]


def _known(cell: Cell) -> dict[str, Any]:
    """What is known of a cell; numbers to ten digits, so that the digest does not depend on the machine."""
    values = {
        name: value for name, value in asdict(cell).items() if value not in (None, "", False) and name != "decimals"
    }
    return {name: float(f"{value:.{UNITS}g}") if isinstance(value, float) else value for name, value in values.items()}
