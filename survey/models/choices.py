"""Enums of the shared vocabulary as choices of a model field, and labels that are made when they are shown."""

from collections.abc import Iterable

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, gettext_lazy

from survey.asked_terms.speaking import as_asked
from survey.terms import AskedUnit, Labelled


def _said(label: str) -> str:
    return gettext(as_asked(label))


said_when_shown = lazy(_said, str)
"""A label in the language that is spoken when it is shown, about what is told of then."""


def choices(words: Iterable[Labelled]) -> list[tuple[str, str | Promise]]:
    """(stored value, translated label) of each word, in the order of the enum."""
    # Firms and local units themselves are named as what they are, on pages of either.
    return [(w.value, gettext_lazy(w.label) if isinstance(w, AskedUnit) else said_when_shown(w.label)) for w in words]
