"""Parts of the questionnaire's pages."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def fixed(name: str, **words: Any) -> SafeString:
    """A template that knows nothing of the request: made once for each language and each set of ``words``."""
    # With the language: what is made once would otherwise be shown in that of whoever came first.
    return _made(name, get_language(), tuple(words.items()))


@lru_cache(maxsize=256)
def _made(name: str, language: str | None, words: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, dict(words))
