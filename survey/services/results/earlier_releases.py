"""What releases of versions before 1.5 froze: figures to ten digits without words, to be recomputed as they were."""

from dataclasses import asdict
from typing import Any

from survey.methods.change.tables import Results, change_tables
from survey.methods.tables.table import Cell, ProtectedTable
from survey.models import Wave
from survey.selectors.results.extract import extract_digest
from survey.selectors.results.wave_comparison import earlier_waves, pairing_of, published_results
from survey.selectors.results.wave_results import latest_questionnaire, wave_account
from survey.services.results.frozen_account import frozen_account

DIGITS = 10
"""Of the figures that those versions kept: a digest must not depend on the last digits of a machine."""


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
        # Weights are in releases of those versions: they stay as they are, for readers of working figures only.
        "weights": [round(weight, DIGITS) for weight in prepared.extract.weight.tolist()],
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
        # As it was spelt then: another default in the cell would change the digest of old content.
        name: value
        for name, value in asdict(cell).items()
        if value not in (None, "", False) and name != "decimals"
    }
    return {name: float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value for name, value in values.items()}
