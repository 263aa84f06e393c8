"""The languages in which the texts of a survey are kept."""

from typing import Any

from django.db.models import Model

from survey.models import Survey

WAY_UP = ("item", "page", "section", "questionnaire", "survey")
"""From a part of the content to what it belongs to, step by step."""


def content_languages(part: Model) -> tuple[str, ...]:
    """Codes of the languages besides Chinese and English of the survey that a part belongs to.

    A new part, of which nobody has said yet where it belongs, may need those of any survey.
    """
    row: Any = part
    if _is_nowhere(part):
        listed = Survey.objects.order_by("pk").values_list("languages", flat=True)
        # In the order of the surveys, each once: the inputs of a page must not change places between two visits.
        return tuple(dict.fromkeys(language for languages in listed for language in languages))
    # Step by step upwards: an option knows its item alone, an item its page alone.
    for step in WAY_UP:
        if getattr(row, f"{step}_id", None):
            row = getattr(row, step)
    return tuple(row.languages) if isinstance(row, Survey) else ()


def _is_nowhere(part: Model) -> bool:
    steps = [f"{step}_id" for step in WAY_UP if hasattr(part, f"{step}_id")]
    return bool(steps) and not any(getattr(part, step) for step in steps)
