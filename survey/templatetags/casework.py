"""Words of the office's work on cases."""

from django import template
from django.utils import timezone

from survey.casework_terms import CallResult
from survey.models import BulkAction
from survey.selectors.fieldwork.call_lists import why
from survey.selectors.said import said as gettext
from survey.selectors.said import said_many as ngettext
from survey.services.casework.bulk import BULK

register = template.Library()


@register.filter
def bulk_words(done: BulkAction) -> str:
    """What was done to many cases, and when."""
    words = {"action": gettext(BULK[done.action].label), "at": f"{timezone.localtime(done.at):%m-%d %H:%M}"}
    said = ngettext("%(action)s, %(count)s case, %(at)s", "%(action)s, %(count)s cases, %(at)s", done.count)
    return said % {**words, "count": done.count}


@register.filter
def call_result(code: str | None) -> str:
    """How a call ended, in words; nothing where the entry was no call."""
    return gettext(CallResult(code).label) if code else ""


@register.filter
def why_called(reason: str) -> str:
    """Why a firm is on a list of calls, in a sentence."""
    return gettext(why(reason))
