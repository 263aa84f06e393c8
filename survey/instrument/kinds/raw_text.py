"""What every answer type refuses in a posted text, and the error that says so."""

import unicodedata
from collections.abc import Mapping
from typing import Any

RawInput = Mapping[str, list[str]]
"""What a form posted: field name to every value posted under it."""

LONGEST_SHORT_ANSWER = 200


class RefusedInput(Exception):  # noqa: N818  -- it says what happened to the input
    """Input that cannot be stored: message ``code``, the form ``field``, the offending ``value`` and parameters.

    ``beside`` are those of the other fields of the same item.
    """

    def __init__(self, code: str, *, field: str, value: str, parameters: Mapping[str, Any] | None = None) -> None:
        self.code = code
        self.field = field
        self.value = value
        self.parameters = dict(parameters or {})
        self.beside: tuple[RefusedInput, ...] = ()
        super().__init__(code, field, value)


def one_value(raw: RawInput, name: str) -> str:
    """The one value posted under a name, stripped; "" where there is none. Raises RefusedInput on several."""
    # The same value twice is one answer, empty ones are none.
    values = {value.strip() for value in raw.get(name, ())} - {""}
    if len(values) > 1:
        raise RefusedInput("repeated", field=name, value=shown(" | ".join(sorted(values))))
    return next(iter(values), "")


def short_text(raw: RawInput, name: str) -> str:
    """The one value under a name with full-width characters made narrow. Raises RefusedInput on anything unfit."""
    value = clean_text(one_value(raw, name), name, LONGEST_SHORT_ANSWER)
    # NFKC makes full-width digits and signs of Chinese keyboards narrow. For short answers alone: in a text it would
    # change what was written.
    return unicodedata.normalize("NFKC", value).strip()


def clean_text(value: str, name: str, limit: int, *, lines: bool = False) -> str:
    """The text in NFC with plain line ends. Raises RefusedInput on control characters and more than ``limit``."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    # Before anything is normalised: the time that this takes grows with what was posted.
    if len(text) > 4 * limit:
        raise RefusedInput("too_long", field=name, value=shown(text), parameters={"limit": limit, "count": len(text)})
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise RefusedInput("control_character", field=name, value=shown(text))
    if not lines and "\n" in text:
        raise RefusedInput("line_break", field=name, value=shown(text))
    if len(text) > limit:
        raise RefusedInput("too_long", field=name, value=shown(text), parameters={"limit": limit, "count": len(text)})
    return text


def shown(value: str) -> str:
    """The beginning of a text, fit for showing and storing: without control characters and surrogates."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in ("Cc", "Cs") else character
        for character in value[:200]
    )
