"""Enums of the shared vocabulary as choices of a model field."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from survey.terms import Labelled


def choices(words: Iterable[Labelled]) -> list[tuple[str, str | Promise]]:
    """(stored value, translated label) of each word, in the order of the enum."""
    return [(word.value, gettext_lazy(word.label)) for word in words]
