"""Designs from labels, one value for each row, for estimators that read units."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from survey.methods.arrays import Floats, Ints
from survey.methods.calibrated.calibration import Calibration
from survey.methods.estimates.design import Design


def make_design(
    weight: Any,
    stratum: Any = None,
    population: Any = None,
    unit: Any = None,
    lonely: str = "fail",
    domain_lonely: bool = False,
    calibration: Calibration | None = None,
) -> Design:
    """`stratum` None = one stratum. `population` is N_h on every row, or by stratum label. `unit` None = every row is a
    unit, else rows of a stratum with the same value are one. With a `calibration` its weights replace `weight`."""
    base = np.asarray(weight, float)
    codes, labels = _numbered(stratum, len(base))
    return Design(
        stratum=codes,
        strata=labels,
        weight=base if calibration is None else calibration.weight,
        population=_population(population, codes, labels),
        unit=np.arange(len(base)) if unit is None else _units(unit, codes),
        lonely=lonely,
        domain_lonely=domain_lonely,
        calibration=calibration,
    )


def _numbered(values: Any, rows: int) -> tuple[Ints, tuple[str, ...]]:
    if values is None:
        return np.zeros(rows, np.intp), ("all",)
    # Sorted, so that numbers of strata do not hang on the order of the rows.
    codes, labels = pd.factorize(pd.Series(list(values), dtype=object), sort=True)
    return codes.astype(np.intp), tuple(str(label) for label in labels)


def _units(unit: Sequence[Any], stratum: Ints) -> Ints:
    codes, labels = _numbered(unit, len(stratum))
    # The same label in two strata names two units (firm 1 of each), as `nest=TRUE` does in R's survey.
    joint = stratum.astype(np.int64) * len(labels) + codes
    units: Ints = np.unique(joint, return_inverse=True)[1].astype(np.intp)
    return units


def _population(population: Any, stratum: Ints, strata: tuple[str, ...]) -> Floats | None:
    if population is None:
        return None
    if isinstance(population, Mapping):
        return np.array([population[label] for label in strata], float)
    by_stratum = np.zeros(len(strata))
    by_stratum[stratum] = np.asarray(population, float)
    return by_stratum
