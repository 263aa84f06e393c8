"""Words of the office's work on cases."""

from django import template
from django.utils.translation import gettext

from survey.casework_terms import CallResult

register = template.Library()


@register.filter
def call_result(code: str | None) -> str:
    """How a call ended, in words; nothing where the entry was no call."""
    return gettext(CallResult(code).label) if code else ""
