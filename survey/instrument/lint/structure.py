"""Codes, options, rows and limits that do not fit together."""

from collections import Counter
from collections.abc import Iterable, Iterator

from survey.complaints import Complaint
from survey.instrument.codes import ITEM_CODE, LONGEST_CODE, OPTION_CODE, RESERVED_PREFIXES
from survey.instrument.expressions.values import MISSING_CODES
from survey.instrument.kinds.cells import IN_CELLS
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.file_types import FILE_TYPES
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.lint.catalogue import finding
from survey.instrument.schema import Item, Option, Questionnaire

# ``ITEM__other`` and the like are keys of the document; the number of a row of this code would share the key.
_RESERVED_PARTS = frozenset({"other", "estimated", "missing"})


def structure_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Findings about the structure, in order."""
    yield from _duplicates("section", (section.code for section in questionnaire.sections))
    pages = [page for section in questionnaire.sections for page in section.pages]
    yield from _duplicates("page", (page.code for page in pages))
    yield from _duplicates("item", (item.code for _, _, item in questionnaire.walk()))
    yield from _duplicates("rule", (rule.code for rule in questionnaire.edit_rules))
    for page in pages:
        if not page.items:
            yield finding("empty_page", ("page", page.code), "items")
    for _, _, item in questionnaire.walk():
        yield from _item_findings(item)


def _duplicates(kind: str, codes: Iterable[str]) -> Iterator[Complaint]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield finding("duplicate_code", (kind, code), "code", code)


def _item_findings(item: Item) -> Iterator[Complaint]:
    place = ("item", item.code)
    if not ITEM_CODE.fullmatch(item.code) or len(item.code) > LONGEST_CODE:
        yield finding("code_form", place, "code", item.code)
    if item.code.startswith(RESERVED_PREFIXES):
        yield finding("code_reserved", place, "code", item.code)
    yield from _option_findings(item, item.options, "options")
    yield from _option_findings(item, item.rows, "rows")
    yield from _missing_parts(item)
    yield from _column_findings(item)
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        limits = {"minimum": number_text(item.minimum), "maximum": number_text(item.maximum)}
        yield finding("empty_range", place, "minimum", limits["minimum"], limits)
    count = len(options_of(item))
    if item.max_choices is not None and kind_of(item).is_closed and not 1 <= item.max_choices <= count:
        yield finding("choices_limit", place, "max_choices", str(item.max_choices), {"count": count})


def _option_findings(item: Item, options: tuple[Option, ...], field: str) -> Iterator[Complaint]:
    place = ("item", item.code)
    for code, count in Counter(option.code for option in options).items():
        if count > 1:
            yield finding("duplicate_code", place, field, code)
        if not OPTION_CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            yield finding("code_form", place, field, code)
        if code in MISSING_CODES or (code in _RESERVED_PARTS and kind_of(item).has_rows):
            yield finding("code_reserved", place, field, code)


def _column_findings(item: Item) -> Iterator[Complaint]:
    if kind_of(item).columns is not Columns.MIXED:
        return
    place = ("item", item.code)
    for column in item.options:
        if column.type not in IN_CELLS:
            # From the table itself, so that a kind that joins it is offered in the sentence.
            types = {"types": ", ".join(IN_CELLS)}
            yield finding("column_type", place, f"options.{column.code}", str(column.type or ""), types)
        elif IN_CELLS[column.type].needs_options and not column.choices:
            yield finding("column_choices", place, f"options.{column.code}", column.code)
        yield from _option_findings(item, column.choices, f"options.{column.code}")


def _missing_parts(item: Item) -> Iterator[Complaint]:
    place, kind = ("item", item.code), kind_of(item)
    if kind.needs_options and not item.options:
        yield finding("no_options", place, "options")
    # With a non-answer beside it one option is a choice.
    if kind.lists_options and len(options_of(item)) == 1 and not item.missing:
        yield finding("one_option", place, "options")
    if kind.has_rows and not rows_of(item):
        yield finding("no_rows", place, "rows")
    if kind.has_columns and not item.options:
        yield finding("no_columns", place, "options")
    if kind.is_calculated and not item.calculation:
        yield finding("no_calculation", place, "calculation")
    for extension in item.file_types:
        if extension not in FILE_TYPES:
            yield finding("file_type_unknown", place, "file_types", extension, {"types": ", ".join(FILE_TYPES)})
    if kind.is_amount and not item.unit:
        yield finding("money_without_unit", place, "unit")
