"""What kinds with options share: which codes are offered, and which stay on the route."""

from typing import Any

from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, fit_to_show, one_value
from survey.instrument.schema import Item


def one_code(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The code of the chosen option or Missing code."""
    code = one_value(raw, item.code)
    return offered(kind, item, code, item.code) if code else None


def offered(kind: Kind, item: Item, code: str, name: str) -> str:
    """The code. Raises RefusedInput at the field ``name`` where the item does not offer it."""
    if all(option.code != code for option in kind.options_of(item)) and code not in item.missing:
        raise RefusedInput("not_offered", field=name, value=fit_to_show(code))
    return code


def kept_code(kind: Kind, item: Item, codes: frozenset[str], value: Any) -> Any:
    """The code as far as it is offered; one of a long list stays."""
    # Codes of a long list were checked when they came in; the list is not at hand here.
    is_offered = not kind.options_of(item) or (isinstance(value, str) and value in codes)
    return value if is_offered or (is_missing(value) and value in item.missing) else None


def kept_codes(kind: Kind, item: Item, codes: frozenset[str], value: Any) -> Any:
    """The codes that are offered, in their order."""
    if not isinstance(value, list | tuple):
        return value if is_missing(value) and value in item.missing else None
    return [code for code in value if code in codes] or None
