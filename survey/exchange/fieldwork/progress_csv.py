"""The progress of a wave as comma-separated values: a line for each group of each grouping, for other programs."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from survey.exchange.figures.weighting import category_in_words
from survey.exchange.sheets.plain_cells import no_formula
from survey.methods.active.progress import COUNTS, GroupProgress
from survey.methods.nonresponse.representativity import Representativity

PARTS = ("unconditional", "unconditional_se", "conditional", "conditional_se")
HEADS = ("wave", "as_of", "grouping", "group", *COUNTS, "planned", "rr1", "r", "r_low", "r_high", *PARTS)
WHOLE_SAMPLE = "all"


def progress_csv(
    wave: str,
    as_of: str,
    groups: list[tuple[str, list[GroupProgress]]],
    likeness: Representativity | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; ``as_of`` is a time as text.

    Of the whole sample (grouping ``WHOLE_SAMPLE``) the line has R less its bias with its 95 % limits; a line of the
    grouping ``likeness`` the partial R of a variable, one of ``likeness:VARIABLE`` that of a category, by their
    ``names``.
    """
    text = StringIO(newline="")
    writer = csv.DictWriter(text, HEADS, restval="")
    writer.writeheader()
    for line in (*_progress(groups, likeness), *_parts(likeness, names or {})):
        told = {"wave": wave, "as_of": as_of, **{head: "" if value is None else value for head, value in line.items()}}
        writer.writerow({head: no_formula(value) for head, value in told.items()})
    return text.getvalue().encode("utf-8-sig")


def _progress(
    groups: list[tuple[str, list[GroupProgress]]], likeness: Representativity | None
) -> Iterator[dict[str, Any]]:
    for grouping, rows in groups:
        for row in rows:
            line = {"grouping": grouping, "group": row.name, "planned": round(row.planned, 2), "rr1": row.rr1}
            if grouping == WHOLE_SAMPLE and likeness is not None:
                low, high = likeness.interval
                line |= {"r": likeness.r_adjusted, "r_low": low, "r_high": high}
            yield line | {name: getattr(row, name) for name in COUNTS}


def _parts(likeness: Representativity | None, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for part in likeness.variables if likeness is not None else ():
        variable = names.get(part.variable, part.variable)
        of_variable = (part.unconditional, part.se, part.conditional, part.se)
        yield {"grouping": "likeness", "group": variable, **dict(zip(PARTS, of_variable, strict=True))}
        for each in part.categories:
            line = {"grouping": f"likeness:{part.variable}", "group": category_in_words(each.category, names)}
            yield line | {name: getattr(each, name) for name in PARTS}
