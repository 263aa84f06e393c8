"""A place where something is kept of a person, and how it is recognised."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# A telephone number has seven digits at least; fewer would be found within amounts and codes.
DIGITS_OF_A_TELEPHONE = 7
Holds = Callable[[object], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalPlace:
    """A row that holds what was looked for: ``code`` names it, ``about`` says whose it is, ``text`` what stands there.

    ``item`` is the key of the answer where the place is one, or the field of the file.
    """

    kind: str
    key: int
    about: str
    text: str
    item: str = ""

    @property
    def code(self) -> str:
        return f"{self.kind}:{self.key}:{self.item}"


def matcher(wanted: str) -> Holds:
    """Whether a text holds what is wanted, whatever the case of letters and the spelling of a telephone number."""
    folded, digits = wanted.casefold(), re.sub(r"\D", "", wanted)
    # Of digits and their usual signs alone: a name with a number in it is compared as it is written.
    is_telephone = len(digits) >= DIGITS_OF_A_TELEPHONE and not re.search(r"[^\d\s()+\-./]", wanted)

    def holds(value: object) -> bool:
        text = str(value).casefold()
        return folded in text or (is_telephone and digits in re.sub(r"[\s()+\-./]", "", text))

    return holds


def on_one_line(*parts: object) -> str:
    """What stands in several fields, on one line."""
    return " · ".join(str(part) for part in parts if part not in (None, "", {}))
