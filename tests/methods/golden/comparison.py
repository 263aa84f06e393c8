"""|x - y| <= tolerance * max(|y|, 1e-6*|estimate|, 1e-9): what a case demands, and what a result misses."""

import math
from collections.abc import Iterator
from typing import Any

from survey.methods.errors import EmptyDomain, LonelyStratum
from tests.methods.golden.data import text_of
from tests.methods.golden.results import result_of

KINDS = {"estimate": "estimate", "se": "se", "cv": "se", "deff": "se", "ci_low": "ci", "ci_high": "ci"}
EXACT = {"df": 1e-9, "n_unweighted": 0.0}
LIKE_THE_GOLDEN_SET = 1e-8
NO_NUMBER = {"", "NA", "NaN"}


def failures(case: dict[str, Any]) -> list[str]:
    """What differs from the reference, in words; empty = the case passes."""
    if "estimate" in case and number_of(case["estimate"]) is None:
        return [] if no_estimate(case) else ["an estimate where there must be none"]
    result = result_of(case)
    found = [
        text for field in KINDS for text in differing(case, field, result.get(field), tolerance_of(case, KINDS[field]))
    ]
    for field, exact in EXACT.items():
        tolerance = tolerance_of(case, "df") if "df" in tolerances(case) else exact
        found += differing(case, field, result.get(field), tolerance)
    for key in case.get("compare_extra") or []:
        mine = (result.get("extra") or {}).get(key)  # type: ignore[attr-defined]
        found += mismatches(f"extra.{key}", case["extra"][key], mine, tolerance_of(case, "extra"), scale_of(case))
    return found


def no_estimate(case: dict[str, Any]) -> bool:
    try:
        estimate = result_of(case)["estimate"]
    except (EmptyDomain, LonelyStratum):
        return True
    return all(math.isnan(value) for value in (estimate if isinstance(estimate, list) else [estimate]))  # type: ignore[arg-type]


def tolerances(case: dict[str, Any]) -> dict[str, Any]:
    return case.get("tolerance") or {}


def tolerance_of(case: dict[str, Any], kind: str) -> float:
    """The tolerance of a kind, or that of the estimate where none is given; informative = anything goes."""
    given = tolerances(case).get(kind, tolerances(case).get("estimate", LIKE_THE_GOLDEN_SET))
    return math.inf if given == "informative" else float(given)


def differing(case: dict[str, Any], field: str, mine: Any, tolerance: float) -> Iterator[str]:
    wanted = case.get(field)
    if isinstance(wanted, list):
        yield from listed(field, wanted, mine, tolerance)
    else:
        yield from mismatches(field, wanted, mine, tolerance, scale_of(case))


def listed(field: str, wanted: list[Any], mine: Any, tolerance: float) -> Iterator[str]:
    """Element by element, each of its own size; an element of null has no estimate."""
    if not isinstance(mine, list) or len(mine) != len(wanted):
        yield f"{field}: wanted {wanted}, got {mine}"
        return
    for k, (y, x) in enumerate(zip(wanted, mine, strict=True)):
        if field == "estimate" and number_of(y) is None and not math.isnan(x):
            yield f"estimate[{k}]: {x!r} where there must be none"
        yield from mismatches(f"{field}[{k}]", y, x, tolerance, abs(number_of(y) or 0.0))


def number_of(value: Any) -> Any:
    """A number, also one written as text; None = there is none; anything else as it is."""
    if not isinstance(value, str):
        return None if isinstance(value, float) and math.isnan(value) else value
    if value in NO_NUMBER:
        return None
    try:
        return float(value)
    except ValueError:
        return value


def scale_of(case: dict[str, Any]) -> float:
    estimate = number_of(case.get("estimate"))
    return abs(estimate) if isinstance(estimate, int | float) else 0.0


def mismatches(name: str, wanted: Any, mine: Any, tolerance: float, scale: float) -> Iterator[str]:
    """Differences of numbers, and of lists and tables of numbers element by element; null is not compared."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            yield from mismatches(f"{name}.{key}", value, (mine or {}).get(key), tolerance, scale)
    elif isinstance(wanted, list):
        for k, value in enumerate(wanted):
            mine_k = mine[k] if isinstance(mine, list) and k < len(mine) else None
            yield from mismatches(f"{name}[{k}]", value, mine_k, tolerance, scale)
    elif isinstance(mine, str):
        if text_of(wanted) != mine:
            yield f"{name}: wanted {wanted}, got {mine}"
    elif number_of(wanted) is not None and not near(number_of(wanted), mine, tolerance, scale):
        yield f"{name}: wanted {wanted!r}, got {mine!r}"


def near(wanted: Any, mine: Any, tolerance: float, scale: float) -> bool:
    if mine is None or isinstance(wanted, str):
        return False
    return bool(mine == wanted) or bool(abs(mine - wanted) <= tolerance * max(abs(wanted), 1e-6 * scale, 1e-9))
