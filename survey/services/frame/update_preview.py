"""An update list against the newest frame: which firms are new, changed and gone, before anything is accepted."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from survey.models import FrameUnit, SamplingFrame
from survey.services.frame.check import CheckedRows
from survey.services.frame.unit_keys import identities
from survey.terms import AskedUnit

EXAMPLES = 10
COMPARED = ("name", "district", "division", "size_class")
"""What is compared; employees and revenue change with every year."""
STORED = ("credit_code", "unit_key", "name", "district__code", "industry__code", "size_class")


def newest_frame(lists: AskedUnit = AskedUnit.FIRM) -> SamplingFrame | None:
    """The frame that an update list of such rows brings up to date."""
    ready = SamplingFrame.objects.filter(status=SamplingFrame.Status.READY, lists=lists.value)
    return ready.order_by("-created_at", "-pk").first()


def preview_update(frame: SamplingFrame, parts: Iterable[CheckedRows]) -> dict[str, Any]:
    """Counts of new, changed, same and gone firms with the first names of each, as the report of an import keeps them.

    A row with errors is in the list all the same: its firm is not gone.
    """
    rows = FrameUnit.objects.filter(frame=frame).order_by("credit_code", "unit_key").values_list(*STORED)
    stored = pd.DataFrame.from_records(list(rows), columns=[*STORED[:2], *COMPARED])
    stored = stored.set_index(identities(stored))[list(COMPARED)]
    found: dict[str, list[str]] = {"new": [], "changed": []}
    counts, listed = {"new": 0, "changed": 0, "same": 0}, set[str]()
    for part in parts:
        listed.update(part.codes)
        good = part.good.set_index(identities(part.good))[list(COMPARED)]
        is_known = good.index.isin(stored.index)
        known = good[is_known]
        differs = (known != stored.loc[known.index]).any(axis=1)
        counts = {
            "new": counts["new"] + int((~is_known).sum()),
            "changed": counts["changed"] + int(differs.sum()),
            "same": counts["same"] + int((~differs).sum()),
        }
        found["new"] += _first(good[~is_known], found["new"])
        found["changed"] += _first(known[differs], found["changed"])
    gone = stored[~stored.index.isin(listed)]
    examples = {**found, "gone": _first(gone, [])}
    return {"frame": frame.title, **counts, "gone": len(gone), "examples": examples}


def _first(rows: pd.DataFrame, already: list[str]) -> list[str]:
    return list(rows["name"].head(max(0, EXAMPLES - len(already))))
