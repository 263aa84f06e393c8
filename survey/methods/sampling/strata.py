"""What a frame says of its strata: N_h, and S_h and X_h of a size variable, for allocation."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from survey.methods.errors import EmptyStratum, MissingValue, PopulationVaries, UnknownColumn, UnknownStatus
from survey.methods.sampling.allocation import Strata


def summarise_strata(
    frame: pd.DataFrame,
    stratum: str,
    *,
    size_variable: str | None = None,
    population: str | None = None,
    codes: Sequence[str] | None = None,
    take_all: Sequence[str] = (),
) -> Strata:
    """Strata of a frame with one row per unit: N_h (rows, or the column `population`), S_h and X_h of `size_variable`.

    Missing sizes are dropped; a stratum with one size has S_h = 0. `codes` fixes the order (default: sorted). Raises
    `MissingValue` for a unit without a stratum, `EmptyStratum` for a code without a unit, `UnknownColumn`, and
    `PopulationVaries` where the units of a stratum state different N_h.
    """
    labels = _column(frame, stratum)
    blank = labels.isna() | (labels == "")
    if blank.any():
        raise MissingValue(stratum, f"{int(blank.sum())} units have no value of '{stratum}'.")
    labels = labels.astype(str)
    groups = frame.groupby(labels, sort=True)
    order = tuple(codes) if codes is not None else tuple(groups.groups)
    _refuse_unlisted(order, tuple(groups.groups), tuple(take_all))
    counts = groups.size() if population is None else _stated_population(_numeric(frame, population), labels)
    sizes = None if size_variable is None else _numeric(frame, size_variable).groupby(labels)
    return Strata(
        codes=order,
        population=counts.reindex(order).to_numpy(float),
        # Divisor N - 1, as in Cochran's S; a stratum of one firm has none and needs no spread.
        deviation=None if sizes is None else sizes.std(ddof=1).reindex(order).fillna(0.0).to_numpy(float),
        size_total=None if sizes is None else sizes.sum().reindex(order).to_numpy(float),
        take_all=np.isin(order, list(take_all)),
    )


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame.columns:
        raise UnknownColumn(name, f"The frame has no column '{name}'.")
    return frame[name]


def _numeric(frame: pd.DataFrame, name: str) -> pd.Series:
    column = _column(frame, name)
    try:
        return pd.to_numeric(column).astype(float)
    except (TypeError, ValueError) as error:
        raise MissingValue(name, f"'{name}' is not a number in every row: {error}.", "Give numbers.") from error


def _stated_population(sizes: pd.Series, labels: pd.Series) -> pd.Series:
    """N_h as the units of each stratum state it."""
    by_stratum = sizes.groupby(labels)
    varying = by_stratum.nunique()
    if (varying > 1).any():
        code = varying.index[varying > 1][0]
        raise PopulationVaries(code, f"The units of stratum '{code}' state {varying[code]} different population sizes.")
    return by_stratum.first()


def _refuse_unlisted(order: tuple[str, ...], found: tuple[str, ...], take_all: tuple[str, ...]) -> None:
    for code in order:
        if code not in found:
            raise EmptyStratum(code, f"Stratum '{code}' has no unit in the frame.", "Leave it out of the list.")
    for code in (*found, *take_all):
        if code not in order:
            raise UnknownStatus(code, f"Stratum '{code}' is not in the list of strata.", "Add it to the list.")
