"""From what a form posts to typed answers or coded errors, and back to what the form shows.

Stored form, by item code: option code (closed items); list of codes (multiple choice in option order, ranking in rank
order); int (whole number); float (decimal, percentage, money); {row: float} (shares); {row: {column: float}} (table of
numbers); YYYY-MM-DD, YYYY-MM; text; the reference of an upload; the code of ``terms.Missing`` where a non-answer was
chosen. ``CODE__other`` holds the text of "other, please specify", ``CODE__estimated`` is True, ``CODE__name`` is what
the firm calls the file. Absent: not answered.

Posted fields: ``CODE``; ``CODE__missing`` (non-answer of items that are not closed, and of rankings); ``CODE__other``;
``CODE__estimated``; ``CODE__ROW`` (shares), ``CODE__ROW__COLUMN`` (table), ``CODE__1``, ``CODE__2`` (ranking).

Errors here mean that nothing can be stored; whether a stored answer holds (required, range, constraint, total of
shares) is judged by ``edit_rules``.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from survey.complaints import Complaint
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, fit_to_show, one_value
from survey.instrument.kinds.reading_numbers import says_about
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.text import LONGEST_TEXT, free_text
from survey.instrument.routing.pruning import ESTIMATED, MISSING, NAME, OTHER, specify_chosen
from survey.instrument.schema import Item, Page
from survey.terms import ItemType

Lookups = Mapping[ItemType, Container[str]]
"""Allowed codes of industry and district items that have no options of their own."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Typed answers with their companions by key, and the errors of the items that have none because of them.

    The place of an error is the ``code`` of its item and the form ``field`` to link to; its value is the beginning of
    what was posted, safe to show and store. ``messages.worded(code, parameters, language)`` is what a firm reads.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    errors: tuple[Complaint, ...] = ()


def parse_item(item: Item, raw: RawInput, lookups: Lookups | None = None) -> Parsed:
    """The typed answer of one item. Never raises on what was posted; calculations and information take nothing."""
    if not kind_of(item).is_asked:
        return Parsed()
    try:
        value = _missing_or_value(item, raw)
        _check_listed(item, value, lookups or {})
        return Parsed({} if value is None else {item.code: value, **_companions(item, value, raw)})
    except RefusedInput as refusal:
        # All at once, so that every unfit cell of a table is mended in one go.
        return Parsed({}, tuple(_about(item, part.complaint) for part in (refusal, *refusal.beside)))


def parse_page(page: Page, raw: RawInput, lookups: Lookups | None = None) -> Parsed:
    """The typed answers of every item of a page, on the route or not; ``routing.prune`` drops the rest."""
    # Without regard to the route: an answer on this page may just bring another item of it onto the route.
    parts = [parse_item(item, raw, lookups) for item in page.items]
    answers = {key: value for part in parts for key, value in part.answers.items()}
    return Parsed(answers, tuple(error for part in parts for error in part.errors))


def with_page(answers: Mapping[str, Any], page: Page, parsed: Parsed) -> dict[str, Any]:
    """The document with the page's answers replaced; an item whose input was refused keeps its stored answer."""
    refused = {error.place.code for error in parsed.errors}
    replaced = {key for item in page.items if item.code not in refused for key in keys_of(item)}
    # Whole items are replaced, not keys: the text for "other" must go with the choice that asked for it.
    kept = {key: value for key, value in answers.items() if key not in replaced}
    return {**kept, **parsed.answers}


def keys_of(item: Item) -> tuple[str, ...]:
    """The keys under which an item's answer and its companions are stored."""
    return (item.code, item.code + OTHER, item.code + ESTIMATED, item.code + NAME)


def _about(item: Item, complaint: Complaint) -> Complaint:
    # The value stands among the parameters too: a failed edit is worded from its parameters alone, by the same pages.
    parameters = {"value": complaint.value, **complaint.parameters, "label": item.text}
    return replace(complaint, place=replace(complaint.place, code=item.code), parameters=parameters)


def _missing_or_value(item: Item, raw: RawInput) -> Any:
    kind, code = kind_of(item), one_value(raw, item.code + MISSING)
    if code and code not in item.missing:
        raise RefusedInput("missing_not_offered", field=item.code + MISSING, value=fit_to_show(code))
    value: Any = kind.read(kind, item, raw) if kind.read else None
    # Closed items post a non-answer among their choices, so that the same code may arrive both ways.
    if code and value is not None and value != code:
        raise RefusedInput("missing_and_value", field=item.code + MISSING, value=code)
    if is_missing(value) and value not in item.missing:
        raise RefusedInput("reserved_word", field=item.code, value=value)
    return code or value


def _check_listed(item: Item, value: Any, lookups: Lookups) -> None:
    allowed = lookups.get(item.type)
    if allowed is None or value is None or options_of(item) or is_missing(value):
        return
    if value not in allowed:
        raise RefusedInput("not_listed", field=item.code, value=str(value))


def _companions(item: Item, value: Any, raw: RawInput) -> dict[str, Any]:
    found: dict[str, Any] = {}
    # Only then: browsers post the field of "other" also where it is hidden.
    if specify_chosen(options_of(item), value):
        other = free_text(raw, item.code + OTHER, item.max_length or LONGEST_TEXT)
        found |= {item.code + OTHER: other} if other else {}
    is_number = kind_of(item).is_numeric and not is_missing(value)
    if item.can_estimate and is_number and (one_value(raw, item.code + ESTIMATED) or _is_about(item, value, raw)):
        found[item.code + ESTIMATED] = True
    if kind_of(item).is_file and not is_missing(value) and (name := one_value(raw, item.code + NAME)):
        found[item.code + NAME] = name
    return found


def _is_about(item: Item, value: Any, raw: RawInput) -> bool:
    """Whether one of the numbers was typed with "about"; an item that takes no mark takes the number alone."""
    return any(says_about(typed) for name in kind_of(item).post(item.code, value) for typed in raw.get(name, ()))


def has_missing_field(item: Item) -> bool:
    """Whether the item's non-answers are posted in ``CODE__missing`` instead of among its choices."""
    return bool(item.missing) and kind_of(item).offers_missing_apart
