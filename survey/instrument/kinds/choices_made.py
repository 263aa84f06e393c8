"""Chosen codes: one, several, or several in order."""

import re

from survey.instrument.kinds.choices import label_of, options_of
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, one_value, short_text, shown
from survey.instrument.schema import Item
from survey.terms import ItemType

LOOK_UP_FORMS = {
    ItemType.INDUSTRY: re.compile(r"[A-T]|[A-T]?[0-9]{2,4}"),
    ItemType.DISTRICT: re.compile(r"[0-9]{6}"),
}
"""GB/T 4754: section letter, or division to class; GB/T 2260: six digits."""


def single_answer(item: Item, raw: RawInput) -> str | None:
    """The code of the chosen option or Missing code."""
    code = one_value(raw, item.code)
    return _offered(item, code, item.code) if code else None


def multiple_answer(item: Item, raw: RawInput) -> list[str] | str | None:
    """The chosen codes in the order of the options, or the one Missing code."""
    codes = {_offered(item, value.strip(), item.code) for value in raw.get(item.code, ()) if value.strip()}
    for code in codes:
        if len(codes) > 1 and _stands_alone(item, code):
            raise RefusedInput("exclusive", field=item.code, value=code, parameters={"option": label_of(item, code)})
    _check_count(item, len(codes))
    if len(codes) == 1 and codes & set(item.missing):
        return codes.pop()
    return [option.code for option in options_of(item) if option.code in codes] or None


def ranking_answer(item: Item, raw: RawInput) -> list[str] | str | None:
    """The chosen codes, the first choice first; places left empty are passed over."""
    places = range(1, ranks_of(item) + 1)
    ranked = [code for place in places if (code := one_value(raw, f"{item.code}__{place}"))]
    for code in ranked:
        _offered(item, code, f"{item.code}__1")
    if len(ranked) == 1 and ranked[0] in item.missing:
        return ranked[0]
    for code in ranked:
        if ranked.count(code) > 1 or code in item.missing:
            problem = "ranked_twice" if ranked.count(code) > 1 else "exclusive"
            raise RefusedInput(
                problem, field=f"{item.code}__1", value=code, parameters={"option": label_of(item, code)}
            )
    return ranked or None


def ranks_of(item: Item) -> int:
    """How many places a ranking has."""
    return min(item.max_choices or len(options_of(item)), len(options_of(item)))


def look_up_answer(item: Item, raw: RawInput) -> str | None:
    """A code of a long list: one of the item's options where it has some, else as typed and of the right form."""
    if options_of(item) or one_value(raw, item.code) in item.missing:
        return single_answer(item, raw)
    code = short_text(raw, item.code).upper()
    if code and not LOOK_UP_FORMS[item.type].fullmatch(code):
        raise RefusedInput(f"{item.type}_form", field=item.code, value=code)
    return code or None


def _offered(item: Item, code: str, name: str) -> str:
    if all(option.code != code for option in options_of(item)) and code not in item.missing:
        raise RefusedInput("not_offered", field=name, value=shown(code))
    return code


def _stands_alone(item: Item, code: str) -> bool:
    return code in item.missing or any(option.exclusive and option.code == code for option in options_of(item))


def _check_count(item: Item, count: int) -> None:
    if item.max_choices is not None and count > item.max_choices:
        raise RefusedInput(
            "too_many_choices",
            field=item.code,
            value=str(count),
            parameters={"limit": item.max_choices, "count": count},
        )
