"""What the fictitious firms of the demonstration answer: content, as the shipped questionnaire is that they answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNumber:
    """How a number is drawn: its median, the spread of its logarithm, and whether larger firms have larger ones."""

    median: float
    spread: float
    grows_with_firm: bool


UNNAMED_NUMBER = DrawnNumber(median=10.0, spread=0.7, grows_with_firm=True)
"""What is drawn where the recipe says nothing of an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """``survey`` is the code of the one that firms are asked by, ``comments`` what some of them write at the end.

    By pain point its mean severity on the five steps, before what a firm's trade, size and luck add, and how much it
    was another one a year before; by industry section what its firms add to each group of pain points; by item how its
    number is drawn. ``note_of_a_return`` is what the office asks those to correct whose answers it sends back.
    """

    survey: str
    severity: Mapping[str, float]
    severity_of_trade: Mapping[str, Mapping[str, float]]
    severity_a_year_before: Mapping[str, float]
    numbers: Mapping[str, DrawnNumber]
    comments: tuple[str, ...]
    note_of_a_return: str


@cache
def demonstration_recipe() -> Recipe:
    """The recipe that is shipped beside the questionnaire."""
    content: dict[str, Any] = json.loads((settings.BASE_DIR / "fixtures" / "demonstration.json").read_text("utf-8"))
    numbers = {code: DrawnNumber(**drawn) for code, drawn in content.pop("numbers").items()}
    return Recipe(numbers=numbers, comments=tuple(content.pop("comments")), **content)
