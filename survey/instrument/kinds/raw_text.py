"""What every answer type refuses in a posted text, and the error that says so."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from survey.complaints import Catalogue, Entry, Place, Refused
from survey.terms import gettext_noop as _

RawInput = Mapping[str, list[str]]
"""What a form posted: field name to every value posted under it."""

LONGEST_SHORT_ANSWER = 200


# Under a field there is room for one sentence: it says what to enter, and so how to mend it.
ENTRIES: dict[str, Entry] = {
    "repeated": Entry(_("%(label)s: enter one answer; more than one arrived.")),
    "not_offered": Entry(_("%(label)s: choose one of the answers offered.")),
    "missing_not_offered": Entry(_("%(label)s: enter an answer; a non-answer is not offered here.")),
    "missing_and_value": Entry(_("%(label)s: enter an answer or choose why there is none, not both.")),
    "exclusive": Entry(
        _("%(label)s: “%(option)s” cannot be chosen together with another answer. Keep one or the other.")
    ),
    "too_many_choices": Entry(_("%(label)s: choose at most %(limit)s answers; %(count)s are chosen.")),
    "ranked_twice": Entry(_("%(label)s: choose each answer once; “%(option)s” is chosen more than once.")),
    "control_character": Entry(
        _("%(label)s: enter the text again without control characters; it may have been pasted.")
    ),
    "reserved_word": Entry(_("%(label)s: enter the answer in other words; “%(value)s” alone is a code of this form.")),
    "line_break": Entry(_("%(label)s: enter the text on one line.")),
    "too_long": Entry(_("%(label)s: enter at most %(limit)s characters; there are %(count)s.")),
    "not_a_number": Entry(_("%(label)s: enter a number in digits, such as %(example)s.")),
    "number_with_unit": Entry(_("%(label)s: enter the number alone, without a unit or words.")),
    "decimal_comma": Entry(
        _("%(label)s: enter decimals with a point, such as %(example)s; a comma only groups thousands.")
    ),
    "number_too_large": Entry(_("%(label)s: enter a number with at most 15 digits.")),
    "not_whole": Entry(_("%(label)s: enter a whole number without decimals.")),
    "too_many_decimals": Entry(_("%(label)s: enter at most %(limit)s decimals.")),
    "not_listed": Entry(_("%(label)s: enter a code that is in the list.")),
}
"""What kinds of item share; what one of them alone refuses stands in its ``Kind.refusals``."""


class RefusedInput(Refused):
    """Input that cannot be stored; its complaint is at the form ``field``. ``beside`` are the item's others.

    ``%(label)s`` is the field until ``answers`` knows the wording of the item.
    """

    catalogue = Catalogue(entries=ENTRIES)

    def __init__(
        self, code: str, *, field: str, value: str, refusals: Mapping[str, Entry] | None = None, **parameters: Any
    ) -> None:
        self.beside: tuple[RefusedInput, ...] = ()
        catalogue = self.catalogue if refusals is None else Catalogue(entries=refusals)
        place = Place(kind="item", field=field)
        self.carry(catalogue.complaint(code, place=place, value=value, **{"label": field, **parameters}))


def one_value(raw: RawInput, name: str) -> str:
    """The one value posted under a name, stripped; "" where there is none. Raises RefusedInput on several."""
    # The same value twice is one answer, empty ones are none.
    values = {value.strip() for value in raw.get(name, ())} - {""}
    if len(values) > 1:
        raise RefusedInput("repeated", field=name, value=fit_to_show(" | ".join(sorted(values))))
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
        raise RefusedInput("too_long", field=name, value=fit_to_show(text), limit=limit, count=len(text))
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise RefusedInput("control_character", field=name, value=fit_to_show(text))
    if not lines and "\n" in text:
        raise RefusedInput("line_break", field=name, value=fit_to_show(text))
    if len(text) > limit:
        raise RefusedInput("too_long", field=name, value=fit_to_show(text), limit=limit, count=len(text))
    return text


def fit_to_show(value: str) -> str:
    """The beginning of a text, fit for showing and storing: without control characters and surrogates."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in ("Cc", "Cs") else character
        for character in value[:200]
    )
