# ruff: noqa: N818  -- the names say what is wrong; "Error" behind each would say nothing more
"""Named errors of the statistics room: each carries a code, the offending value and the way to mend it.

Nothing in this room defaults silently: what cannot be estimated raises one of these.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from survey.complaints import Complaint, Refused, literal


class MethodsError(Refused, ValueError):
    """What went wrong (`code`), with what (`value`), and how to mend it (`repair`); the text says all three.

    The sentences are those of a statistician at a keyboard, written where the error is raised: they name rows and
    strata, which no catalogue could.
    """

    code: str = "methods"
    repair: ClassVar[str] = "Check the arguments."

    def __init__(self, value: Any, problem: str, repair: str | None = None) -> None:
        self.carry(Complaint(code=self.code, entry=literal(problem, repair or self.repair), value=value))
        self._given = (value, problem, repair)

    def __reduce__(self) -> tuple[type, tuple[Any, str, str | None]]:
        """Errors that stand in an account are kept with it."""
        # Pickle would call the class with `args`, which an exception takes from its message and not from these three.
        return type(self), self._given


class DuplicateUnit(MethodsError):
    """A unit occurs twice where it may occur once."""

    code = "duplicate_unit"
    repair = "Keep one row per unit, or name the unit column of a design with repeated units."


class EmptyStratum(MethodsError):
    """A stratum of the population has no unit in the sample, so nothing can be said about it."""

    code = "empty_stratum"
    repair = "Collapse the stratum with a neighbour before estimating."


class PopulationTooSmall(MethodsError):
    """N_h < n_h: a stratum has more sampled units than its population."""

    code = "population_too_small"
    repair = "Correct the population size of the stratum, or move misplaced units to their own stratum."


class PopulationVaries(MethodsError):
    """The rows of one stratum state different population sizes."""

    code = "population_varies"
    repair = "Give one population size to all rows of the stratum."


class LonelyStratum(MethodsError):
    """A stratum that is not take-all has one unit, so its variance cannot be estimated."""

    code = "lonely_stratum"
    repair = "Collapse the stratum with a neighbour, or choose the rule adjust, average, certainty or remove."


class BadWeight(MethodsError):
    """A weight is negative, zero, infinite or not a number."""

    code = "bad_weight"
    repair = "Give every respondent a positive finite weight and leave nonrespondents out of the design."


class MissingValue(MethodsError):
    """A value that every unit must have (stratum, auxiliary, size) is missing."""

    code = "missing_value"
    repair = "Fill the value from the frame, or leave the unit out of the design."


class UnknownStatus(MethodsError):
    """A code outside its list: a disposition, a rule, a method, an answer code, a domain value."""

    code = "unknown_status"
    repair = "Use one of the listed codes, or add the code to the list."


class UnknownColumn(MethodsError):
    """A variable, item or domain that the data do not have."""

    code = "unknown_column"
    repair = "Use one of the names in the data."


class WrongShape(MethodsError):
    """Arrays that must have one value per unit (or one per stratum) differ in length."""

    code = "wrong_shape"
    repair = "Give all arrays one value per unit, in the same order."


class OutOfRange(MethodsError):
    """A parameter outside the range in which its formula holds."""

    code = "out_of_range"
    repair = "Choose a value within the stated range."


class EmptyDomain(MethodsError):
    """Nobody in the domain answered: there is no estimate."""

    code = "empty_domain"
    repair = "Show the cell as empty, or widen the domain."


class NotConverged(MethodsError):
    """An iteration ended before it met its conditions; `value` names the worst margin or constraint."""

    code = "not_converged"
    repair = "Collapse sparse margins, widen the bounds, or allow more iterations."


class Infeasible(MethodsError):
    """The conditions contradict one another: no solution exists."""

    code = "infeasible"
    repair = "Relax the condition named here."


class MarginMismatch(MethodsError):
    """The margins of a calibration disagree in their totals, or with the categories in the sample."""

    code = "margin_mismatch"
    repair = "Take all margins from one frame of one date, with the categories that the sample has."


def known_value(value: str, allowed: Iterable[str], what: str) -> str:
    """`value` if it is allowed, else `UnknownStatus` naming the allowed ones."""
    names = sorted(allowed)
    if value not in names:
        raise UnknownStatus(value, f"{what} '{value}' is not known.", f"Use one of: {', '.join(names)}.")
    return value
