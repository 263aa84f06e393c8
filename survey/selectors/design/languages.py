"""The languages in which the texts of a survey are kept."""

from typing import Any

from django.db.models import Model

from survey.models import Survey

WAY_UP = ("item", "page", "section", "questionnaire", "survey")
"""From a part of the content to what it belongs to, step by step."""


def content_languages(part: Model) -> tuple[str, ...]:
    """Codes of the languages besides Chinese and English of the survey that a part belongs to; none without one."""
    row: Any = part
    for step in WAY_UP:
        if getattr(row, f"{step}_id", None):
            row = getattr(row, step)
    return tuple(row.languages) if isinstance(row, Survey) else ()
