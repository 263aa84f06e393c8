"""The one catalogue of messages about answers: what is wrong and what to enter, in English for translation.

``%(label)s`` is the wording of the item; a parameter that is a Text is shown in the reader's language.
"""

from collections.abc import Callable, Mapping
from typing import Any

from survey.complaints import Catalogue, Entry, as_it_stands
from survey.instrument.kinds.raw_text import ENTRIES as REFUSALS_OF_ALL
from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import Text
from survey.terms import gettext_noop as _

ENTRIES: dict[str, Entry] = {
    # What was typed cannot be stored.
    **REFUSALS_OF_ALL,
    **{code: entry for kind in KINDS.values() for code, entry in kind.refusals.items()},
    # What is stored but does not hold.
    "required": Entry(_("%(label)s: enter an answer.")),
    "cells_open": Entry(_("%(label)s: fill in %(cells)s.")),
    "specify": Entry(_("%(label)s: enter in words what “%(option)s” stands for.")),
    "range_between": Entry(_("%(label)s: enter a value from %(minimum)s to %(maximum)s.")),
    "range_least": Entry(_("%(label)s: enter a value of at least %(minimum)s.")),
    "range_most": Entry(_("%(label)s: enter a value of at most %(maximum)s.")),
    "constraint": Entry(_("%(label)s: enter a value that meets the condition of this question.")),
    "shares_total": Entry(_("%(label)s: enter shares that add to 100; they add to %(total)s now.")),
    "magnitude_revenue": Entry(
        _(
            "%(label)s: %(value)s looks too large beside the firm's revenue of %(revenue)s. "
            "Enter the value in the unit shown, or give the reason."
        )
    ),
    "magnitude_previous": Entry(
        _(
            "%(label)s: %(value)s is far from %(previous)s of the previous survey. "
            "Enter the value in the unit shown, or give the reason."
        )
    ),
    "change_previous": Entry(
        _(
            "%(label)s: %(value)s is a large change from %(previous)s of the previous survey. "
            "Correct the value, or give the reason."
        )
    ),
    "edit_rule": Entry("%(message)s"),
    "officer_note": Entry(_("%(label)s: the survey team asks about this answer. Change it, or say why it is right.")),
    "returned_untouched": Entry(
        _("The questionnaire was returned to you. Change an answer, or say why all are right.")
    ),
    "reason_empty": Entry(
        _("Choose what explains the value, or say in your own words what happened in the firm, such as “merger”.")
    ),
}
CATALOGUE = Catalogue(entries=ENTRIES)


def worded(
    code: str, parameters: Mapping[str, Any], language: str, translate: Callable[[str], str] = as_it_stands
) -> str:
    """The message of a code in a language. ``translate`` is gettext; Text parameters are resolved here."""
    shown: dict[str, Any] = {
        name: value.of(language) if isinstance(value, Text) else value for name, value in parameters.items()
    }
    # What a designer wrote is in no catalogue of translations, and is in the reader's language already.
    return CATALOGUE.complaint(code, **shown).message(as_it_stands if code == "edit_rule" else translate)
