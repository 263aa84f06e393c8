"""Sentences of pages about those that are asked, which are firms or local units."""

from contextlib import nullcontext
from typing import Any

from django import template
from django.template.base import render_value_in_context
from django.utils.safestring import SafeData, mark_safe

from survey.asked_terms.speaking import speaking_of
from survey.selectors.said import said, said_many

register = template.Library()


@register.simple_tag(takes_context=True)
def asked(context: Any, message: str, *, many: str = "", of: str = "", **values: Any) -> str:
    """A sentence of ``asked_terms`` with its values, as in ``{% asked "%(n)s firms answered" n=count %}``; a sign for
    per cent is written twice.

    With its plural as ``many`` the number ``count`` chooses; ``of`` is whom the sentence is about where not the page.
    """
    shown = {name: render_value_in_context(value, context) for name, value in values.items()}
    with speaking_of(of) if of else nullcontext():
        sentence = said_many(message, many, values["count"]) if many else said(message)
    # As of {% translate %}: a sentence of the template is the programme's own, and its values are escaped by now; one
    # that a variable holds is escaped by the tag.
    return mark_safe(sentence % shown) if isinstance(message, SafeData) else sentence % shown
