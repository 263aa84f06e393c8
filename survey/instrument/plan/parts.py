"""The parts of a plan that bear a code, by kind: what findings, pages and comparisons walk through."""

from collections.abc import Mapping
from typing import Protocol

from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Text


class CodedPart(Protocol):
    """A scale, theme, indicator, group or table."""

    @property
    def code(self) -> str: ...

    @property
    def text(self) -> Text: ...


FIELD_OF_KIND: Mapping[str, str] = {
    "scale": "scales",
    "theme": "themes",
    "indicator": "indicators",
    "group": "groups",
    "table": "blocks",
}
"""By kind of part the field of the plan that lists it, in the order in which a designer goes through them."""


def parts_of_plan(plan: AnalysisPlan) -> Mapping[str, tuple[CodedPart, ...]]:
    """The coded parts by kind, each kind in its order."""
    return {kind: getattr(plan, field) for kind, field in FIELD_OF_KIND.items()}
