"""One row of the sheet ``survey`` as an item."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from survey.exchange.xlsform.choice_lists import with_other
from survey.exchange.xlsform.dialect import condition, translated
from survey.exchange.xlsform.form import Form
from survey.exchange.xlsform.form_rows import (
    CALCULATE,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    GUIDANCE,
    HINT,
    LABEL,
    OWN,
    READ_ONLY,
    RELEVANT,
    REQUIRED,
    FormRow,
)
from survey.exchange.xlsform.item_types import CLOSED_FAMILIES, Asked, appearance_of, asked_as
from survey.exchange.xlsform.own_columns import bounds, own_type, read_attributes, without_bounds
from survey.exchange.xlsform.own_edits import check_type, with_edits
from survey.exchange.xlsform.pyxform_rules import RowType, row_type
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType


def item_of(row: FormRow, form: Form) -> Item | None:
    """The item of a question's row; None, with a finding, where it has no counterpart."""
    kind = own_type(row, form.findings)
    item = with_edits(own_item(row, form, kind), row, form) if kind else _foreign_item(row, form)
    if item:
        form.places["item", item.code] = row
    return item


def own_item(row: FormRow, form: Form, kind: ItemType) -> Item:
    """The item of a row that the export wrote."""
    check_type(kind, row, form)
    fields = read_attributes(row, form.findings)
    options = _own_options(row, form)
    limits = bounds(fields, tuple(option.code for option in options if option.exclusive))
    return Item(
        code=form.code(row),
        type=kind,
        text=form.wording(row, LABEL),
        hint=form.wording(row, HINT),
        unit=form.wording(row, (OWN, "unit")),
        options=options,
        required=row.raw(*REQUIRED),
        relevant=row.raw(*RELEVANT),
        constraint=without_bounds(limits, row.raw(*CONSTRAINT)),
        constraint_message=form.wording(row, CONSTRAINT_MESSAGE),
        calculation=row.raw(*CALCULATE),
        appearance=row.own("appearance"),
        **fields,
    )


def _own_options(row: FormRow, form: Form) -> tuple[Option, ...]:
    name = row_type(row.type).argument
    if not name or name.startswith("standard_"):
        return ()
    return form.lists.options(name, form.names)[0]


def _foreign_item(row: FormRow, form: Form) -> Item | None:
    written = row_type(row.type)
    if written.from_file or written.argument.startswith("${"):
        code = "type_data_file" if written.from_file else "type_earlier_answers"
        form.findings.add(code, row.place("type"), row.type)
        return None
    asked = asked_as(written.family, row, form.findings)
    if asked is None:
        return None
    if row.get("trigger"):
        form.findings.add("trigger", row.place("trigger"), row.get("trigger"))
    fields = {
        **_plain_fields(row, form),
        **_limits(row, form),
        **asked.fields,
        **_choices(row, written, asked, form),
        **read_attributes(row, form.findings),
    }
    fields["constraint"] = translated(fields["constraint"], form.names, row.name)
    return _with_value(Item(type=asked.type, **fields), written.family, row, form)


def _plain_fields(row: FormRow, form: Form) -> dict[str, Any]:
    names = form.names
    required = condition(row.get(*REQUIRED), names)
    return {
        "code": form.code(row),
        "text": form.wording(row, LABEL),
        "hint": _hint(row, form),
        "unit": form.wording(row, (OWN, "unit")),
        "required": "" if required == "false()" else required,
        "relevant": condition(row.get(*RELEVANT), names),
        "appearance": appearance_of(row, form.findings),
    }


def _limits(row: FormRow, form: Form) -> dict[str, Any]:
    constraint = row.get(*CONSTRAINT)
    message = form.wording(row, CONSTRAINT_MESSAGE)
    return {"constraint": constraint, "constraint_message": message if constraint else Text()}


def _hint(row: FormRow, form: Form) -> Text:
    hint, guidance = form.wording(row, HINT), form.wording(row, GUIDANCE)
    if not guidance:
        return hint
    form.findings.add("guidance", row.place(*GUIDANCE))
    return Text(*("\n".join(filter(None, pair)) for pair in ((hint.zh, guidance.zh), (hint.en, guidance.en))))


def _choices(row: FormRow, written: RowType, asked: Asked, form: Form) -> dict[str, Any]:
    """Options, with "other" and the filter, and the non-answers among the choices."""
    if written.family not in CLOSED_FAMILIES:
        return {}
    options, missing = form.lists.options(written.argument, form.names)
    if not options:
        form.findings.add("list_empty", row.place("type"), written.argument)
    if written.or_other:
        options = with_other(options)
    if row.get("choice_filter"):
        place = row.place("choice_filter")
        options = form.lists.filtered(options, written.argument, row.get("choice_filter"), form.names, place)
    return {"options": options, "missing": tuple(dict.fromkeys(missing))}


def _with_value(item: Item, family: str, row: FormRow, form: Form) -> Item | None:
    """Calculation, default and ``read_only``: a calculated value, a first value, or nothing at all."""
    calculation = translated(row.get(*CALCULATE), form.names) or item.calculation
    default = _default(item, row.get("default"), form)
    if item.type is ItemType.CALCULATION:
        return _calculated(item, calculation or default, row, form)
    if condition(row.get(*READ_ONLY), form.names) in ("", "false()") or item.type is ItemType.NOTE:
        if calculation:
            form.findings.add("prefilled", row.place(*CALCULATE))
        return replace(item, prefill=item.prefill or (_as_prefill(calculation) if calculation else default))
    if calculation or default:
        return _calculated(item, calculation or default, row, form)
    if item.type in (ItemType.TEXT, ItemType.LONG_TEXT) and item.text:
        return replace(item, type=ItemType.NOTE, constraint="", constraint_message=Text())
    form.findings.add("read_only", row.place(*READ_ONLY), row.name)
    return None


def _calculated(item: Item, calculation: str, row: FormRow, form: Form) -> Item | None:
    if not calculation:
        form.findings.add("hidden_without_value", row.place("type"), row.name)
        return None
    return Item(
        item.code,
        ItemType.CALCULATION,
        item.text,
        item.hint,
        unit=item.unit,
        relevant=item.relevant,
        decimals=item.decimals,
        calculation=calculation,
    )


def _default(item: Item, written: str, form: Form) -> str:
    """A default as the expression that gives it."""
    if not written:
        return ""
    if "${" in written or "(" in written:
        return translated(written, form.names)
    return PLAIN_DEFAULTS.get(item.type, _text_value)(item, written, form)


def _as_prefill(expression: str) -> str:
    """An expression that cannot be taken for the bare name of a fact."""
    return expression if "{" in expression or "(" in expression else f"once({expression})"


def _text_value(item: Item, written: str, form: Form) -> str:
    quotation = '"' if "'" in written else "'"
    return f"string({quotation}{written}{quotation})"


def _number_value(item: Item, written: str, form: Form) -> str:
    return f"number({written})"


def _choice_value(item: Item, written: str, form: Form) -> str:
    name = next((name for name, code in form.names.by_name.items() if code == item.code), "")
    changed = form.names.changed_choices([name])
    return _text_value(item, " ".join(changed.get(code, code) for code in written.split()), form)


PLAIN_DEFAULTS: dict[ItemType, Callable[[Item, str, Form], str]] = {
    **dict.fromkeys((ItemType.INTEGER, ItemType.DECIMAL, ItemType.PERCENTAGE), _number_value),
    **dict.fromkeys((ItemType.SINGLE, ItemType.MULTIPLE, ItemType.RANKING), _choice_value),
}
