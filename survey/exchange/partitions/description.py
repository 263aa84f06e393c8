"""What all parts of an extract share, as JSON: strata, labels, rules, and which statistics are asked for.

It is held as an extract without rows, the *shell*: a part is the shell with the columns of one file. JSON keeps
floating-point numbers to the last digit, so estimates from the files are those from memory.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from scipy import sparse

from survey.methods.arrays import Floats
from survey.methods.calibrated.auxiliaries import Auxiliaries
from survey.methods.calibrated.calibration import Calibration
from survey.methods.estimates.phases import Phases
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.moments.tabulation import Summed

NO_ROWS = slice(0, 0)
STATISTICS: Mapping[str, Any] = {"coded": CodedStatistic, "numeric": NumericStatistic}


def shell_document(shell: Extract) -> dict[str, Any]:
    """The shell as values that JSON knows; parts of one survey have equal documents."""
    return {
        "strata": list(shell.strata),
        # tolist gives Python's numbers; json refuses those of numpy.
        "population": None if shell.population is None else shell.population.tolist(),
        "lonely": shell.lonely,
        "domain_lonely": shell.domain_lonely,
        "items": {name: list(column.labels) for name, column in shell.items.items()},
        "domains": {name: list(column.labels) for name, column in shell.domains.items()},
        "values": list(shell.values),
        "skipped": list(shell.skipped),
        "calibration": shell.calibration and _calibration_document(shell.calibration),
        "phases": shell.phases and _phases_document(shell.phases),
    }


def shell_of(document: Mapping[str, Any]) -> Extract:
    """The extract without rows that the document tells of. Raises KeyError, TypeError or `MethodsError` otherwise."""
    population, calibration, phases = (document[name] for name in ("population", "calibration", "phases"))
    return Extract(
        stratum=np.zeros(0, np.intp),
        strata=tuple(document["strata"]),
        weight=np.zeros(0),
        population=None if population is None else np.array(population, float),
        items=_coded(document["items"]),
        values={name: np.zeros(0) for name in document["values"]},
        domains=_coded(document["domains"]),
        lonely=document["lonely"],
        domain_lonely=document["domain_lonely"],
        calibration=calibration and _calibration_of(calibration),
        phases=phases and _phases_of(phases),
        skipped={name: np.zeros(0, bool) for name in document["skipped"]},
    )


def statistic_document(statistic: Summed) -> dict[str, Any]:
    """A statistic with the name of its kind; one that knows more (the share of a size) is what it is summed up as."""
    # Parts hold the columns of production already, so that the share of a size is an ordinary share there.
    name, kind = next((name, kind) for name, kind in STATISTICS.items() if isinstance(statistic, kind))
    return {"kind": name, **{each.name: getattr(statistic, each.name) for each in fields(kind)}}


def statistic_of(document: Mapping[str, Any]) -> Summed:
    """The statistic back. Raises KeyError or TypeError where it is none."""
    made: Summed = STATISTICS[document["kind"]](**{name: each for name, each in document.items() if name != "kind"})
    return made


def _coded(labels: Mapping[str, list[str]]) -> dict[str, Coded]:
    # int16, as codes of answers are everywhere: what is joined to wider ones becomes as wide.
    return {name: Coded(np.zeros(0, np.int16), tuple(each)) for name, each in labels.items()}


def _calibration_document(calibration: Calibration) -> dict[str, Any]:
    x = calibration.auxiliaries
    return {
        "method": calibration.method,
        "names": list(x.names),
        "patterns": x.patterns.tolist(),
        "numeric": x.numeric.shape[1],
        "totals": x.totals.tolist(),
        "worst_margin": calibration.worst_margin,
        "worst_distance": calibration.worst_distance,
        "bounds": calibration.bounds and list(calibration.bounds),
        # Only whether: the leverages themselves are a column of each part.
        "leverage": calibration.leverage is not None,
    }


def _calibration_of(document: Mapping[str, Any]) -> Calibration:
    bounds = document["bounds"]
    return Calibration(
        method=document["method"],
        auxiliaries=Auxiliaries(
            names=tuple(document["names"]),
            patterns=np.array(document["patterns"], float),
            pattern=np.zeros(0, np.intp),
            numeric=np.empty((0, document["numeric"])),
            totals=np.array(document["totals"], float),
        ),
        base_weight=np.zeros(0),
        g=np.zeros(0),
        worst_margin=document["worst_margin"],
        worst_distance=document["worst_distance"],
        bounds=bounds and (bounds[0], bounds[1]),
        leverage=np.zeros(0) if document["leverage"] else None,
    )


def _phases_document(phases: Phases) -> dict[str, Any]:
    return {"factor": phases.factor.tolist(), "between": phases.between.toarray().tolist(), "df": phases.df}


def _phases_of(document: Mapping[str, Any]) -> Phases:
    factor: Floats = np.array(document["factor"], float)
    # An empty list has lost how many columns it had.
    between = np.array(document["between"], float).reshape(-1, len(factor))
    return Phases(factor=factor, between=sparse.csr_array(between), df=document["df"])
