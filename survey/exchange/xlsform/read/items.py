"""One row of the sheet ``survey`` as an item."""

from dataclasses import replace
from typing import Any

from survey.exchange.xlsform.dialect.expressions import BOOLEANS, condition, translated_expression
from survey.exchange.xlsform.form_rows import (
    CALCULATE,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    GUIDANCE,
    HINT,
    LABEL,
    OWN,
    RELEVANT,
    REQUIRED,
    REQUIRED_MESSAGE,
    XlsformRow,
)
from survey.exchange.xlsform.kinds import WITH_LIST
from survey.exchange.xlsform.own_columns import bounds, own_type, read_attributes, without_bounds
from survey.exchange.xlsform.read.appearances import HEADING, HIDDEN, appearance_of, appearance_words
from survey.exchange.xlsform.read.choice_lists import with_other
from survey.exchange.xlsform.read.first_values import shown_item, with_first_value
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.item_types import AskedAs, asked_as
from survey.exchange.xlsform.read.own_edits import check_type, with_edits
from survey.exchange.xlsform.read.parameters import is_randomized
from survey.exchange.xlsform.read.pyxform_rules import RowType, is_recorded, row_type
from survey.instrument.schema import Item, Option, Text, combined
from survey.terms import ItemType


def items_of(row: XlsformRow, form: Form) -> tuple[Item, ...]:
    """The item of a question's row, with the text that shows it; none, with a finding, where it has no counterpart."""
    item = _item_of(row, form)
    if item is None:
        return ()
    shown = () if row.own("type") else shown_item(item, row, form)
    form.places |= {("item", part.code): row for part in shown}
    return (item, *shown)


def _item_of(row: XlsformRow, form: Form) -> Item | None:
    kind = own_type(row, form.findings)
    item = with_edits(own_item(row, form, kind), row, form) if kind else _foreign_item(row, form)
    if item:
        form.places["item", item.code] = row
    return item


def own_item(row: XlsformRow, form: Form, kind: ItemType) -> Item:
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
        # To the letter: what the export wrote is an expression of ours already.
        required=row.raw(*REQUIRED),
        relevant=row.raw(*RELEVANT),
        constraint=without_bounds(limits, row.raw(*CONSTRAINT)),
        constraint_message=form.wording(row, CONSTRAINT_MESSAGE),
        required_message=form.wording(row, REQUIRED_MESSAGE),
        calculation=row.raw(*CALCULATE),
        appearance=row.own("appearance"),
        **fields,
    )


def _own_options(row: XlsformRow, form: Form) -> tuple[Option, ...]:
    name = row_type(row.type).argument
    if not name or name.startswith("standard_"):
        return ()
    return form.lists.options(name, form.names)[0]


def _foreign_item(row: XlsformRow, form: Form) -> Item | None:
    written = _seen(row_type(row.type), row)
    if lacking := _lacking_choices(written, form):
        form.findings.add(lacking, row.place("type"), row.type)
        return None
    if written.family in WITH_LIST and HEADING in appearance_words(row):
        return _heading(row, form)
    asked = asked_as(written.family, row, form)
    if asked is None:
        return None
    fields = {
        **_plain_fields(row, form),
        **_limits(row, written, form),
        **asked.fields,
        **_choices(row, written, asked, form),
        **read_attributes(row, form.findings),
    }
    # Last: a type may have put a rule of its own before that of the form.
    fields["constraint"] = translated_expression(fields["constraint"], form.names, row.name)
    item = _with_wording(with_first_value(Item(type=asked.type, **fields), row, form), row, form)
    return _information(item, row, form) if item.type is ItemType.NOTE else item


def _seen(written: RowType, row: XlsformRow) -> RowType:
    """The type; a field that is typed in, but hidden, is no question."""
    is_hidden = HIDDEN in appearance_words(row) and written.family.startswith("input:")
    return RowType(family="hidden") if is_hidden else written


def _information(item: Item, row: XlsformRow, form: Form) -> Item:
    """A text to read. One that is required under a condition stops who meets it, and says itself why."""
    # Nothing is entered, so nothing can break a rule or be filled in beforehand.
    item = replace(item, constraint="", constraint_message=Text(), prefill="")
    if not item.required:
        return item
    if item.relevant:
        return replace(item, required_message=item.required_message or item.text)
    form.findings.add("note_required", row.place(*REQUIRED), row.name)
    return replace(item, required="", required_message=Text())


def _lacking_choices(written: RowType, form: Form) -> str:
    """The finding that names why the choices of a question are not at hand; "" where they are."""
    if written.from_file and written.argument not in form.lists.rows:
        return "type_data_file"
    return "type_earlier_answers" if written.argument.startswith("${") else ""


def _heading(row: XlsformRow, form: Form) -> Item | None:
    """The text above a table of choices, which each question below shows for itself."""
    form.findings.add("table_heading", row.place("appearance"), row.name)
    fields = _plain_fields(row, form)
    text = Item(
        code=fields["code"], type=ItemType.NOTE, text=fields["text"], hint=fields["hint"], relevant=fields["relevant"]
    )
    return text if text.text else None


def _with_wording(item: Item, row: XlsformRow, form: Form) -> Item:
    """A question without a label asks with its hint."""
    if item.text or not item.hint or item.type is ItemType.CALCULATION:
        return item
    form.findings.add("hint_asks", row.place(*HINT), row.name)
    return replace(item, text=item.hint, hint=Text())


def _plain_fields(row: XlsformRow, form: Form) -> dict[str, Any]:
    names = form.names
    required = condition(row.get(*REQUIRED), names)
    return {
        "code": form.code(row),
        "text": _label(row, form),
        "hint": _hint(row, form),
        "unit": form.wording(row, (OWN, "unit")),
        # A question that is never required has no rule, and so needs no message either.
        "required": "" if required == "false()" else required,
        "required_message": Text() if required in ("", "false()") else form.wording(row, REQUIRED_MESSAGE),
        "relevant": condition(row.get(*RELEVANT), names),
        "appearance": appearance_of(row, form.findings),
    }


def _label(row: XlsformRow, form: Form) -> Text:
    """The label. That of a field that a device fills in is shown by no tool, and is none here."""
    if not is_recorded(row):
        return form.wording(row, LABEL)
    if row.text(LABEL, form.languages):
        form.findings.add("metadata_label", row.place(*LABEL), row.name)
    return Text()


def _limits(row: XlsformRow, written: RowType, form: Form) -> dict[str, Any]:
    constraint = row.get(*CONSTRAINT) or written.constraint
    message = form.wording(row, CONSTRAINT_MESSAGE)
    # Spreadsheets turn yes and true into words of their own, which no rule could read.
    constraint = BOOLEANS.get(constraint.lower(), constraint)
    return {"constraint": constraint, "constraint_message": message if constraint else Text()}


def _hint(row: XlsformRow, form: Form) -> Text:
    hint, guidance = form.wording(row, HINT), form.wording(row, GUIDANCE)
    if not guidance:
        return hint
    form.findings.add("guidance", row.place(*GUIDANCE))
    return combined(lambda *parts: "\n".join(filter(None, parts)), hint, guidance)


def _choices(row: XlsformRow, written: RowType, asked: AskedAs, form: Form) -> dict[str, Any]:
    """Options, with "other" and the filter, and the non-answers among the choices."""
    if written.family not in WITH_LIST:
        return {}
    options, missing = form.lists.options(written.argument, form.names)
    if not options:
        form.findings.add("list_empty", row.place("type"), written.argument)
    if row.get("choice_filter"):
        place = row.place("choice_filter")
        # Where a filter cannot be used all choices are offered; the finding says so, and no question is lost for it.
        options = form.lists.filtered(written.argument, row.get("choice_filter"), form.names, place) or options
    if written.or_other:
        options = with_other(options)
    return {"options": options, "missing": tuple(dict.fromkeys(missing)), "shuffled": is_randomized(row)}
