"""From `variable`, `level` and `domain` of a case to the product's linearised estimates."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import Linearised, linear_mean, linear_ratio, linear_total
from tests.methods.golden.data import Data

Estimator = Callable[[Design, np.ndarray, np.ndarray | None], Linearised]
TOTALS = {"total", "count_total"}


def values_of(data: Data, variable: str, level: Any) -> np.ndarray:
    """Numbers of a variable, nan = not answered: a column, the indicator of a level or cell, a row-wise difference."""
    if not data.has(variable):
        if " x " in variable:
            return cell_indicator(data, pair(data, variable, " x "), level)
        if "-" in variable:
            return np.subtract(*(data.numbers(column) for column in pair(data, variable, "-")))  # type: ignore[no-any-return]
    if level is None:
        return data.numbers(variable)
    return np.where(data.answered(variable), data.equal(variable, level).astype(float), np.nan)


def cell_indicator(data: Data, columns: tuple[str, str], level: str) -> np.ndarray:
    rows, other = (data.text(column) for column in columns)
    cell = np.char.add(np.char.add(rows, "."), other)
    return np.where((rows != "") & (other != ""), (cell == level).astype(float), np.nan)


def pair(data: Data, variable: str, sign: str) -> tuple[str, str]:
    """The two columns around a sign, wherever in the text both sides are columns."""
    for found in re.finditer(re.escape(sign), variable):
        first, second = variable[: found.start()].strip(), variable[found.end() :].strip()
        if data.has(first) and data.has(second):
            return first, second
    raise KeyError(variable)


def linear_of(case: dict[str, Any], design: Design, data: Data, domain: np.ndarray) -> Linearised:
    """The estimate of a case within one domain mask."""
    variable, level = case["variable"], case.get("level")
    known = data.has(variable)
    if not known and " - " in variable:
        columns = pair(data, variable, " - ")
        return linear_mean(design, values_of(data, columns[0], level), domain) - linear_mean(
            design, values_of(data, columns[1], level), domain
        )
    if not known and "/" in variable:
        a, b = pair(data, variable, "/")
        return linear_ratio(design, data.numbers(a), data.numbers(b), domain)
    linear = linear_total if case["estimator"] in TOTALS else linear_mean
    return linear(design, values_of(data, variable, level), domain)


def domains_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """One domain, or the two (first minus second) that a list of two values stands for; a list of one is its value."""
    domain = case.get("domain") or {}
    lists = {column: value for column, value in domain.items() if isinstance(value, list)}
    length = max((len(values) for values in lists.values()), default=1)
    if length > 2:
        raise ValueError(f"{domain} lists more than two values")
    return [
        {**domain, **{column: values[min(k, len(values) - 1)] for column, values in lists.items()}}
        for k in range(length)
    ]


def difference_of(case: dict[str, Any], design: Design, data: Data) -> Linearised:
    """The estimate of a case, a difference where its domain is a list."""
    parts = [linear_of(case, design, data, data.where(domain)) for domain in domains_of(case)]
    return parts[0] if len(parts) == 1 else parts[0] - parts[1]
