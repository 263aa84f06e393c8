"""Several answers out of a list."""

from survey.instrument.kinds.choosing import kept_codes, offered
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput
from survey.instrument.kinds.variables import SpssType
from survey.instrument.kinds.variables_of_kinds import chosen_options
from survey.instrument.schema import Item
from survey.terms import ItemType


def several_codes(kind: Kind, item: Item, raw: RawInput) -> list[str] | str | None:
    """The chosen codes in the order of the options, or the one Missing code."""
    # A set: a browser may post a box twice, and the order of the options is the only one.
    codes = {offered(kind, item, value.strip(), item.code) for value in raw.get(item.code, ()) if value.strip()}
    for code in codes:
        if len(codes) > 1 and _stands_alone(item, code):
            option = kind.label_of(item, code)
            raise RefusedInput("exclusive", field=item.code, value=code, option=option)
    _check_count(item, len(codes))
    if len(codes) == 1 and codes & set(item.missing):
        return codes.pop()
    return [option.code for option in kind.options_of(item) if option.code in codes] or None


def posted_together(name: str, codes: list[str]) -> dict[str, list[str]]:
    """All codes under the item's own name."""
    return {name: list(codes)}


def _stands_alone(item: Item, code: str) -> bool:
    return code in item.missing or any(option.exclusive and option.code == code for option in item.options)


def _check_count(item: Item, count: int) -> None:
    if item.max_choices is not None and count > item.max_choices:
        raise RefusedInput("too_many_choices", field=item.code, value=str(count), limit=item.max_choices, count=count)


MULTIPLE = Kind(
    type=ItemType.MULTIPLE,
    read=several_codes,
    post=posted_together,
    keep=kept_codes,
    variables=chosen_options,
    columns=Columns.CHOSEN,
    spss=SpssType.NUMERIC,
    seconds=6,
    is_closed=True,
    takes_several=True,
)
