"""What lint can find in a questionnaire: a coded catalogue with level, message and repair, to be translated."""

from collections.abc import Mapping
from typing import Any

from survey.complaints import Catalogue, Complaint, Entry, Place, Translate
from survey.instrument.expressions.errors import PROBLEMS
from survey.instrument.lint.entry import error, note, warning
from survey.instrument.lint.plan_entries import PLAN_ENTRIES, PLAN_FIELD_WORDS
from survey.terms import gettext_noop as _

EXPRESSION = "expression_"
"""Codes that begin so say that an expression cannot be read; their position counts characters from 1."""


FIELD_WORDS = {
    "calculation": _("calculation"),
    "condition": _("condition"),
    "constraint": _("constraint"),
    "constraint_message": _("constraint message"),
    "hint": _("hint"),
    "intro": _("introduction"),
    "items": _("items"),
    "level": _("level"),
    "message": _("message"),
    "relevant": _("asked if"),
    "required": _("required if"),
    "required_message": _("message where it is left open"),
    "text": _("wording"),
    "title": _("title"),
    "unit": _("unit"),
    **PLAN_FIELD_WORDS,
}
"""Parts of a questionnaire as sentences name them; others stand under their code."""

PART_WORDS = {"options": _("option “%(code)s”"), "rows": _("row “%(code)s”")}
"""Parts that there are several of: their field is the part, a dot and the code."""

KIND_WORDS = {
    "questionnaire": _("questionnaire"),
    "section": _("section"),
    "page": _("page"),
    "item": _("item"),
    "rule": _("rule"),
}
"""Kinds of parts as sentences name them."""

SPOKEN = ("lacking", "language", "reason", "statistic", "unit")
"""Parameters that are words of the reader's language."""


def in_words(shown: Mapping[str, Any], translate: Translate) -> Mapping[str, Any]:
    """The parameters in the reader's language, the part of the questionnaire as a sentence names it."""
    spoken = {name: translate(shown[name]) for name in SPOKEN if shown.get(name)}
    spoken["kind"] = translate(KIND_WORDS[shown["kind"]]) if shown.get("kind") in KIND_WORDS else shown.get("kind", "")
    return {**shown, **spoken, "field": _field(shown["field"], translate)}


def _field(field: str, translate: Translate) -> str:
    part, _dot, code = field.partition(".")
    if code and part in PART_WORDS:
        return translate(PART_WORDS[part]) % {"code": code}
    word = FIELD_WORDS.get(field, field)
    return translate(word) if word else word


ENTRIES: dict[str, Entry] = {
    "duplicate_code": error(
        _("The code “%(value)s” stands more than once."),
        _("Give each section, page, item, rule and option its own code."),
    ),
    "code_form": error(
        _("The code “%(value)s” cannot name a variable."),
        _("Use a letter first, then letters, digits and single underscores, 32 characters at most."),
    ),
    "code_reserved": error(
        _("The code “%(value)s” is reserved."),
        _("Use a code that is no non-answer, no part name such as other, and does not begin with frame_ or previous_."),
    ),
    "no_options": error(_("There is nothing to choose from."), _("Add at least two options.")),
    "no_rows": error(_("There are no rows to fill in."), _("Add the rows.")),
    "no_columns": error(_("There are no columns to fill in."), _("Add the columns as options.")),
    "column_type": error(
        _("A column holds answers of the kind “%(value)s”, which do not fit into the cell of a table."),
        _("Choose one of %(types)s for the column."),
    ),
    "column_choices": error(
        _("The column “%(value)s” has nothing to choose from."), _("Write its choices, a code and words on each line.")
    ),
    "file_type_unknown": error(
        _("Files of the type “%(value)s” are not taken, because their content cannot be checked."),
        _("Choose among %(types)s."),
    ),
    "no_calculation": error(_("A calculated value has no calculation."), _("Write the calculation.")),
    "empty_range": error(
        _("The smallest value, %(minimum)s, is above the largest, %(maximum)s."), _("Exchange or correct the limits.")
    ),
    "choices_limit": error(
        _("At most %(value)s answers may be chosen out of %(count)s."),
        _("Set a limit from 1 to the number of options."),
    ),
    **{f"{EXPRESSION}{code}": entry for code, entry in PROBLEMS.items()},
    "unknown_name": error(
        _("“%(value)s” is neither an item nor a fact of the frame."),
        _("Correct the name, or add the item before this place."),
    ),
    "later_item": error(
        _("The rule reads “%(value)s”, which is asked later."),
        _("Move the item or the rule, so that rules read back only."),
    ),
    "name_unclosed": error(_("A name in the text is begun with ${ and not closed."), _("Write the name as ${item}.")),
    "own_value": error(
        _("The point stands for an answer, but %(field)s is decided before there is one."),
        _("Use the point in constraints only; name earlier items as ${item}."),
    ),
    "unknown_item": error(_("The rule is shown at “%(value)s”, which is no item."), _("Name the items it is about.")),
    "rule_without_place": error(_("The rule is shown nowhere."), _("Name at least one item at which it is shown.")),
    "rule_empty": error(_("The rule has no condition."), _("Write the condition that the answers should meet.")),
    "unreachable": error(
        _("This %(kind)s is never asked: its condition cannot hold."),
        _("Correct the condition, or leave the %(kind)s out."),
    ),
    "option_unusable": error(
        _("The option “%(value)s” is never offered: its condition cannot hold."),
        _("Correct the condition, or leave the option out."),
    ),
    "edit_impossible": error(
        _("No answer meets the %(field)s."), _("Correct the condition or the limits of the item.")
    ),
    "contradictory_edits": error(
        _("“%(place)s” and “%(value)s” cannot be met together."), _("Correct one of the two conditions.")
    ),
    "missing_translation": warning(_("The %(field)s is missing in %(language)s."), _("Write it in both languages.")),
    "further_language": note(
        _("Not written in “%(further)s”: %(count)s of the texts of this %(kind)s, the first being the %(field)s."),
        _("Write them, or who reads that language sees them in English."),
    ),
    "language_unwritten": note(
        _("The survey lists “%(further)s”, and no text is written in it yet."),
        _("Write the texts in it, or take it off the list on the page of the survey."),
    ),
    "no_text": error(_("The question has no wording."), _("Write the question in both languages.")),
    "no_message": warning(
        _("The rule says nothing to the firm."), _("Write what to enter instead, in both languages.")
    ),
    "wording_long": warning(
        _("The wording has %(count)s %(unit)s."), _("Shorten it to %(limit)s, and move definitions to the hint.")
    ),
    "double_barrelled": warning(
        _("The question may ask two things at once: “%(value)s”."), _("Ask one thing per question.")
    ),
    "no_not_applicable": warning(
        _("A severity question does not offer “does not apply”."),
        _("Offer it, so that it has its own base in the tables."),
    ),
    "money_without_unit": warning(_("An amount has no unit."), _("State the unit, such as 10,000 yuan.")),
    "one_option": warning(_("There is only one option to choose."), _("Add another option, or ask yes or no.")),
    "empty_page": warning(_("The page asks nothing."), _("Add items, or leave the page out.")),
    "spss_name": warning(
        _("The variable name “%(value)s” is not kept by SPSS."), _("Shorten the codes to 64 bytes together.")
    ),
    "spss_label": warning(
        _("The label of “%(value)s” has %(count)s bytes in %(language)s; SPSS keeps 256."), _("Shorten the wording.")
    ),
    "spss_value_label": warning(
        _("The label of option “%(value)s” has %(count)s bytes in %(language)s; SPSS keeps 120."),
        _("Shorten the label."),
    ),
    "spss_text": warning(
        _("A text of %(value)s characters can exceed the 32,767 bytes of an SPSS column."),
        _("Allow at most 8,191 characters."),
    ),
    **PLAN_ENTRIES,
}

CATALOGUE = Catalogue(entries=ENTRIES, in_words=in_words)


def finding(
    code: str, place: tuple[str, str], field: str, value: str = "", parameters: Mapping[str, Any] | None = None
) -> Complaint:
    """A complaint about a part of a questionnaire or its plan: kind and code of the part, and what of it."""
    kind, part = place
    where = Place(kind=kind, code=part, field=field)
    return CATALOGUE.complaint(code, place=where, value=value, **(parameters or {}))
