"""What every page knows about the installation."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from survey.selectors.site import holds_demonstration


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """``is_demonstration``: whether the page must be marked as a demonstration; asked only where a template uses it."""
    # Lazy: pages of failures and answers to scripts ask no query for it.
    return {"is_demonstration": SimpleLazyObject(holds_demonstration)}
