"""Sentences of pages with figures, which are about firms or about local units."""

from typing import Any

from django import template
from django.template.base import render_value_in_context
from django.utils.safestring import SafeString, mark_safe

from survey.selectors.said import said

register = template.Library()


@register.simple_tag(takes_context=True)
def asked(context: Any, message: str, **values: Any) -> SafeString:
    """A sentence of ``asked_terms`` with its values, as in ``{% asked "%(n)s firms answered" n=count %}``; a sign for
    per cent is written twice."""
    shown = {name: render_value_in_context(value, context) for name, value in values.items()}
    # As of {% translate %}: the sentence is the programme's own, and its values are escaped by now.
    return mark_safe(said(message) % shown)
