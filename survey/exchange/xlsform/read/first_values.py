"""What gives a question its value: a calculation, a first value that can be changed, or nothing."""

import re
from collections.abc import Callable
from dataclasses import replace

from survey.exchange.xlsform.column_names import quoted
from survey.exchange.xlsform.dialect.expressions import condition, names_written, translated_expression
from survey.exchange.xlsform.dialect.names import item_code
from survey.exchange.xlsform.form_rows import CALCULATE, READ_ONLY, XlsformRow
from survey.exchange.xlsform.kinds import XLSFORM, FirstValue
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.item_types import NO_VALUE
from survey.exchange.xlsform.read.pyxform_rules import row_type
from survey.instrument.answers import parse_item
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import Item, combined
from survey.terms import ItemType

SHOWN, OWN_VALUE = "_shown", "."
NEVER, ALWAYS = ("false()", "0"), ("true()", "1")
_CHANGES_BY_ITSELF = re.compile(r"\b(?:now|today|random|uuid)\s*\(")


def with_first_value(item: Item, row: XlsformRow, form: Form) -> Item:
    """The item with calculation, default and ``read_only``: a calculated value, a first value, or a text to read."""
    calculation = _calculation(row, form) or item.calculation
    default = _default(item, row.get("default"), form)
    _note_trigger(row, item, form)
    # Before labels are looked at: a calculation with a label is shown by no tool.
    if kind_of(item).is_calculated:
        return _calculated(item, calculation or default, row, form)
    # A label makes a question; what is calculated without one is shown to nobody.
    if calculation and not item.text:
        return _calculated(item, calculation, row, form)
    if item.type is ItemType.NOTE:
        return _calculated(item, calculation or default, row, form) if calculation or default else item
    if not is_read_only(row, form):
        if calculation:
            form.findings.add("prefilled", row.place(*CALCULATE))
        return replace(item, prefill=item.prefill or (_as_prefill(calculation) if calculation else default))
    if calculation or default:
        # The value is the name of a choice, which says less than the wording that the form would show.
        if item.options and item.text:
            form.findings.add("choices_of_value", row.place("type"), row.name)
        return _calculated(item, calculation or default, row, form)
    if not kind_of(item).is_free_text:
        form.findings.add("read_only", row.place(*READ_ONLY), row.name)
    # Nothing to type and no value to show: what is left of the question is its text.
    return Item(code=item.code, type=ItemType.NOTE, text=item.text, hint=item.hint, relevant=item.relevant)


def _calculation(row: XlsformRow, form: Form) -> str:
    """What is calculated; a lone point is the value itself, which some tools fill in, and calculates nothing."""
    written = row.get(*CALCULATE)
    return "" if written.strip() == OWN_VALUE else condition(written, form.names)


def is_read_only(row: XlsformRow, form: Form) -> bool:
    """Whether a question can never be changed; one that can be at times is asked, with a finding."""
    written = condition(row.get(*READ_ONLY), form.names)
    if written not in ("", *NEVER, *ALWAYS):
        form.findings.add("read_only_at_times", row.place(*READ_ONLY), row.get(*READ_ONLY))
    return written in ALWAYS


def shown_item(item: Item, row: XlsformRow, form: Form) -> tuple[Item, ...]:
    """The text that shows a calculated value to read, where the row is a note or a question that cannot be changed."""
    is_shown = row_type(row.type).family == "note" or is_read_only(row, form)
    if not kind_of(item).is_calculated or not item.text or not is_shown:
        return ()
    # One row becomes two items here, so the second needs a code that no row of the form has.
    taken = {*form.names.by_row.values(), *(code for kind, code in form.places if kind == "item")}
    text = combined(lambda wording: _with_figure(wording, item.code), item.text)
    return (
        Item(
            code=item_code(f"{item.code}{SHOWN}", taken),
            type=ItemType.NOTE,
            text=text,
            hint=item.hint,
            relevant=item.relevant,
        ),
    )


def _with_figure(wording: str, code: str) -> str:
    # A label that is followed by its figure often ends with the colon that comes between them.
    return f"{wording.rstrip(':： ')}: ${{{code}}}" if wording else ""


def _note_trigger(row: XlsformRow, item: Item, form: Form) -> None:
    """A trigger changes nothing where a calculated value reads only what triggers it."""
    trigger, calculation = row.get("trigger"), row.get(*CALCULATE)
    if not trigger:
        return
    is_calculated = kind_of(item).is_calculated or not item.text
    # With a trigger a time or a random number stands still until the trigger changes; here it would move on.
    is_fresh = names_written([calculation]) <= names_written([trigger]) and not _CHANGES_BY_ITSELF.search(calculation)
    code = "trigger_unneeded" if calculation and is_calculated and is_fresh else "trigger"
    form.findings.add(code, row.place("trigger"), trigger)


def _calculated(item: Item, calculation: str, row: XlsformRow, form: Form) -> Item:
    if not calculation:
        form.findings.add("hidden_without_value", row.place("type"), row.name)
    return Item(
        code=item.code,
        type=ItemType.CALCULATION,
        text=item.text,
        hint=item.hint,
        unit=item.unit,
        relevant=item.relevant,
        decimals=item.decimals,
        calculation=calculation or NO_VALUE,
    )


def _default(item: Item, written: str, form: Form) -> str:
    """A default as the expression that gives it."""
    if not written:
        return ""
    # pyxform too tells a default that is calculated by what it contains; all else is the value itself.
    if "${" in written or "(" in written:
        return translated_expression(written, form.names)
    return PLAIN_DEFAULTS[XLSFORM[item.type].first_value](item, written, form)


def _as_prefill(expression: str) -> str:
    """An expression that cannot be taken for the bare name of a fact."""
    # A bare word is taken for the name of a fact of the frame.
    return expression if "{" in expression or "(" in expression else f"once({expression})"


def _text_value(item: Item, written: str, form: Form) -> str:
    """A text; one of a known form as it is stored, for lint to name where it has another."""
    # Through the reading of answers, so that a date written in another order begins as the date that it is.
    stored = parse_item(item, {item.code: [written]}).answers.get(item.code) if kind_of(item).form else None
    return f"string({quoted(stored or written)})"


def _number_value(item: Item, written: str, form: Form) -> str:
    """A number without an exponent; anything else as it was written, for lint to name."""
    try:
        return f"number({number_text(float(written))})"
    except (ValueError, OverflowError):
        return f"number({written})"


def _choice_value(item: Item, written: str, form: Form) -> str:
    # Codes of choices may have been changed to fit; the name of the row tells by which list.
    name = next((name for name, code in form.names.by_name.items() if code == item.code), "")
    changed = form.names.changed_choices([name])
    return _text_value(item, " ".join(changed.get(code, code) for code in written.split()), form)


PLAIN_DEFAULTS: dict[FirstValue, Callable[[Item, str, Form], str]] = {
    FirstValue.TEXT: _text_value,
    FirstValue.NUMBER: _number_value,
    FirstValue.CODES: _choice_value,
}
