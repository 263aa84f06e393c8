"""The rows of an extract as columns of one Parquet file, and back.

stratum, weight                     every extract
item:NAME, value:NAME, domain:NAME  codes (-1 = not answered), numbers (nan = not answered), codes
skipped:NAME                        true of firms that were asked and gave no answer, where that adds an error
base_weight, g, pattern, x:J        only with calibrated weights, and `leverage` where their errors are corrected for it
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from survey.methods.calibrated.calibration import Calibration
from survey.methods.extract import Coded, Extract

ITEM, VALUE, DOMAIN, SKIPPED, NUMERIC = "item:", "value:", "domain:", "skipped:", "x:"

CALIBRATED = ("base_weight", "g")


def arrow_table(part: Extract) -> pa.Table:
    """The columns of a part, in the types in which it holds them."""
    columns: dict[str, NDArray[Any]] = {"stratum": part.stratum, "weight": part.weight}
    columns |= {ITEM + name: column.codes for name, column in part.items.items()}
    columns |= {VALUE + name: values for name, values in part.values.items()}
    columns |= {DOMAIN + name: column.codes for name, column in part.domains.items()}
    # Prefixes, since an item, an amount and a group may bear one name, and columns of a file may not.
    columns |= {SKIPPED + name: mask for name, mask in part.skipped.items()}
    if part.calibration is not None:
        x = part.calibration.auxiliaries
        columns |= {name: getattr(part.calibration, name) for name in CALIBRATED} | {"pattern": x.pattern}
        # A column of a matrix lies scattered in memory; it is laid out in one piece for the file.
        columns |= {f"{NUMERIC}{j}": np.ascontiguousarray(each) for j, each in enumerate(x.numeric.T)}
        columns |= {} if part.calibration.leverage is None else {"leverage": part.calibration.leverage}
    return pa.table(columns)


def names_of(shell: Extract) -> list[str]:
    """The columns that a part of this shell has."""
    names = ["stratum", "weight", *(ITEM + name for name in shell.items), *(VALUE + name for name in shell.values)]
    names += [*(DOMAIN + name for name in shell.domains), *(SKIPPED + name for name in shell.skipped)]
    if shell.calibration is not None:
        names += [*CALIBRATED, "pattern", *_numeric(shell.calibration)]
        names += [] if shell.calibration.leverage is None else ["leverage"]
    return names


def with_columns(shell: Extract, table: pa.Table) -> Extract:
    """The shell with the rows of a table that has all its columns. Raises `MethodsError` for what is no extract."""

    def array(name: str) -> np.ndarray:
        return np.asarray(table.column(name).to_numpy())

    return Extract(
        stratum=array("stratum"),
        strata=shell.strata,
        weight=array("weight"),
        population=shell.population,
        items={name: Coded(array(ITEM + name), column.labels) for name, column in shell.items.items()},
        values={name: array(VALUE + name) for name in shell.values},
        domains={name: Coded(array(DOMAIN + name), column.labels) for name, column in shell.domains.items()},
        lonely=shell.lonely,
        domain_lonely=shell.domain_lonely,
        calibration=shell.calibration and _calibrated(shell.calibration, table),
        phases=shell.phases,
        skipped={name: array(SKIPPED + name).astype(bool) for name in shell.skipped},
    )


def narrowed(shell: Extract, coded: Collection[str], values: Collection[str], domains: Iterable[str]) -> Extract:
    """The shell with these columns alone. Raises `UnknownColumn`."""
    return replace(
        shell,
        items={name: shell.item(name) for name in coded},
        values={name: shell.value(name) for name in values},
        domains={name: shell.domains[name] for name in domains},
        skipped={name: mask for name, mask in shell.skipped.items() if name in {*coded, *values}},
    )


def _numeric(calibration: Calibration) -> list[str]:
    return [f"{NUMERIC}{j}" for j in range(calibration.auxiliaries.numeric.shape[1])]


def _calibrated(shell: Calibration, table: pa.Table) -> Calibration:
    numeric = [table.column(name).to_numpy() for name in _numeric(shell)]
    columns = np.column_stack(numeric) if numeric else np.empty((table.num_rows, 0))
    pattern = table.column("pattern").to_numpy()
    base_weight, g = (table.column(name).to_numpy() for name in CALIBRATED)
    return replace(
        shell,
        auxiliaries=replace(shell.auxiliaries, pattern=pattern, numeric=columns),
        base_weight=base_weight,
        g=g,
        leverage=None if shell.leverage is None else table.column("leverage").to_numpy(),
    )
