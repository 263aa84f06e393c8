"""From `designs[name].spec` to a Design, by the product's own functions."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from survey.methods.calibrated.auxiliaries import Auxiliaries, Margin, auxiliaries
from survey.methods.calibrated.calibration import Calibration, calibrate
from survey.methods.estimates.design import Design
from tests.methods.golden import data
from tests.methods.golden.data import Data, load, reference, text_of
from tests.methods.made_design import make_design

SEPARATOR = "\x1f"


def spec_of(name: str) -> dict[str, Any]:
    spec: dict[str, Any] = reference()["designs"][name]["spec"]
    return spec


def files_of(name: str) -> list[str]:
    """Data files that a design needs."""
    spec = spec_of(name)
    calibration = spec.get("calibration") or {}
    margins = [margin["file"] for margin in listed(calibration.get("margins"))]
    return [spec["data"], *margins, *filter(None, [calibration.get("frame")])]


def data_of(name: str) -> Data:
    """The respondents of a design."""
    return _data(data.FOLDER, name)


def design_of(name: str) -> Design:
    return _design(data.FOLDER, name)


@cache
def _data(folder: Path, name: str) -> Data:
    rows = load(spec_of(name)["data"])
    return rows.rows(rows.where(spec_of(name).get("where")))


@cache
def _design(folder: Path, name: str) -> Design:
    spec, rows = spec_of(name), data_of(name)
    weight = rows.numbers(spec["weight"])

    def column(key: str) -> np.ndarray | None:
        return None if spec.get(key) is None else blank_to_none(rows.text(spec[key]))

    return make_design(
        weight,
        stratum=column("stratum"),
        population=None if spec.get("population") is None else rows.numbers(spec["population"]),
        unit=column("unit"),
        lonely=spec.get("lonely") or "fail",
        domain_lonely=text_of(spec.get("domain_lonely")).lower() == "true",
        calibration=None if spec.get("calibration") is None else calibration_of(spec["calibration"], rows, weight),
    )


def blank_to_none(text: np.ndarray) -> np.ndarray:
    found = text.astype(object)
    found[text == ""] = None
    return found


def calibration_of(spec: dict[str, Any], rows: Data, weight: np.ndarray) -> Calibration:
    bounds = spec.get("bounds")
    x = auxiliaries_of(spec, rows)
    return calibrate(x, weight, spec["method"], (float(bounds[0]), float(bounds[1])) if bounds else None)


def auxiliaries_of(spec: dict[str, Any], rows: Data) -> Auxiliaries:
    """The margins of files, and those and the sums of a frame."""
    margins = [margin_of(margin, rows) for margin in listed(spec.get("margins"))]
    if not spec.get("frame"):
        return auxiliaries(margins)
    frame = load(spec["frame"])
    margins += [frame_margin(frame, column, rows) for column in listed(spec.get("categorical"))]
    numeric = {
        column: (rows.numbers(column), float(frame.numbers(column).sum())) for column in listed(spec.get("numeric"))
    }
    return auxiliaries(margins, numeric, float(len(frame)))


def margin_of(margin: dict[str, Any], rows: Data) -> Margin:
    columns, file = listed(margin["columns"]), load(margin["file"])
    targets = dict(zip(joined(file, columns), file.numbers("Freq"), strict=True))
    return Margin(name="+".join(columns), values=joined(rows, columns), targets=targets)


def frame_margin(frame: Data, column: str, rows: Data) -> Margin:
    labels, counts = np.unique(frame.text(column), return_counts=True)
    return Margin(
        name=column, values=rows.text(column), targets=dict(zip(labels.tolist(), counts.tolist(), strict=True))
    )


def listed(value: object) -> list[Any]:
    """A list, also where a single value stands for a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def joined(rows: Data, columns: list[str]) -> list[str]:
    return [SEPARATOR.join(row) for row in zip(*(rows.text(column).tolist() for column in columns), strict=True)]
