"""Sentences about the units of a survey, in the language that is spoken."""

from django.utils.translation import gettext, ngettext

from survey.asked_terms.speaking import as_asked, many_as_asked


def said(message: str) -> str:
    """The sentence translated, about firms or local units, whichever is told of now."""
    return gettext(as_asked(message))


def said_many(one: str, many: str, count: int) -> str:
    """As ``said``, for a sentence with a number; ``count`` says which of both."""
    return ngettext(*many_as_asked(one, many), count)
