"""Sentences about the units of a survey, in the language that is spoken."""

from django.utils.translation import gettext

from survey.asked_terms.speaking import as_asked


def said(message: str) -> str:
    """The sentence translated, about firms or local units, whichever figures are told of now."""
    return gettext(as_asked(message))
