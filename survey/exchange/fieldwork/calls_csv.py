"""A list of calls as comma-separated values, for whoever telephones without the office's pages."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from survey.complaints import Translate
from survey.exchange.sheets.plain_cells import no_formula
from survey.models import CallList
from survey.selectors.fieldwork.call_lists import why
from survey.terms import AskedUnit

HEADS = (
    "wave", "list", "place", "done", "firm", "credit_code", "district", "size", "stratum", "contact", "telephone",
    "calls_before", "last_result", "reason", "why",
)  # fmt: skip


def calls_csv(made: CallList, rows: Iterable[Any], translate: Translate, *, with_contact: bool) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; names and telephones only for whoever may see them. Last comes
    the number of the local unit, where the survey asks these.

    ``rows`` are those of `listed_calls`.
    """
    # csv ends lines by itself (RFC 4180): a stream that translates them would end each twice.
    text = StringIO(newline="")
    writer = csv.writer(text)
    by_unit = made.wave.survey.asks == AskedUnit.LOCAL_UNIT.value
    writer.writerow([*HEADS, *(["local_unit"] if by_unit else [])])
    for row in rows:
        unit = row.case.sample_unit.unit
        contact = getattr(unit, "contact", None) if with_contact else None
        line = (
            made.wave.code, made.number, row.place, int(row.is_done), unit.name, unit.credit_code, str(unit.district),
            unit.size_class, str(row.case.sample_unit.stratum), contact.name if contact else "",
            contact.phone if contact else "", row.calls_before, row.last_result or "", row.reason,
            translate(why(row.reason)),
        )  # fmt: skip
        writer.writerow(map(no_formula, (*line, unit.unit_key) if by_unit else line))
    return text.getvalue().encode("utf-8-sig")
