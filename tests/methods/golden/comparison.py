"""|x - y| <= tolerance * max(|y|, 1e-6*|estimate|, 1e-9): what a case demands, and what a result misses."""

import math
from collections.abc import Iterator

from survey.methods.errors import EmptyDomain, LonelyStratum
from tests.methods.golden.results import result_of

KINDS = {"estimate": "estimate", "se": "se", "cv": "se", "deff": "se", "ci_low": "ci", "ci_high": "ci"}
EXACT = {"df": 1e-9, "n_unweighted": 0.0}


def failures(case: dict) -> list[str]:
    """What differs from the reference, in words; empty = the case passes."""
    if case["estimate"] is None:
        return [] if no_estimate(case) else ["an estimate where there must be none"]
    result = result_of(case)
    found = [text for field in KINDS for text in differing(case, field, result.get(field), KINDS[field])]
    found += [text for field in EXACT for text in differing(case, field, result.get(field), "df", EXACT[field])]
    for key in case.get("compare_extra") or []:
        wanted = case["extra"][key]
        mine = result.get("extra", {}).get(key)
        tolerance = case["tolerance"].get("extra", 0.0)
        if tolerance != "informative":
            found += list(mismatches(f"extra.{key}", wanted, mine, tolerance, scale_of(case["estimate"])))
    return found


def no_estimate(case: dict) -> bool:
    try:
        estimate = result_of(case)["estimate"]
    except (EmptyDomain, LonelyStratum):
        return True
    return all(math.isnan(value) for value in (estimate if isinstance(estimate, list) else [estimate]))


def differing(case: dict, field: str, mine: object, kind: str, default: float | None = None) -> Iterator[str]:
    tolerance = case["tolerance"].get(kind, default)
    wanted = case.get(field)
    if wanted is None or tolerance == "informative":
        return
    if tolerance is None:
        yield f"no tolerance for {field}"
    elif field == "estimate" and isinstance(wanted, list):
        yield from listed(wanted, mine, tolerance)
    else:
        yield from mismatches(field, wanted, mine, tolerance, scale_of(case["estimate"]))


def listed(wanted: list, mine: object, tolerance: float) -> Iterator[str]:
    if not isinstance(mine, list) or len(mine) != len(wanted):
        yield f"estimate: wanted {wanted}, got {mine}"
        return
    for k, (y, x) in enumerate(zip(wanted, mine, strict=True)):
        yield from mismatches(f"estimate[{k}]", y, x, tolerance, abs(y or 0.0))


def scale_of(estimate: object) -> float:
    return abs(estimate) if isinstance(estimate, int | float) else 0.0


def mismatches(name: str, wanted: object, mine: object, tolerance: float, scale: float) -> Iterator[str]:
    """Differences of numbers, and of lists and tables of numbers element by element; null is not compared."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            yield from mismatches(f"{name}.{key}", value, (mine or {}).get(key), tolerance, scale)
    elif isinstance(wanted, list):
        for k, value in enumerate(wanted):
            mine_k = mine[k] if isinstance(mine, list) and k < len(mine) else None
            yield from mismatches(f"{name}[{k}]", value, mine_k, tolerance, scale)
    elif isinstance(wanted, str):
        if str(mine) != wanted:
            yield f"{name}: wanted {wanted}, got {mine}"
    elif wanted is not None and not near(wanted, mine, tolerance, scale):
        yield f"{name}: wanted {wanted!r}, got {mine!r}"


def near(wanted: float, mine: object, tolerance: float, scale: float) -> bool:
    if mine is None:
        return False
    return abs(mine - wanted) <= tolerance * max(abs(wanted), 1e-6 * scale, 1e-9)
