"""Reasons that a firm can tap: a short coded list of the survey, kept with the firm's own words in one text.

A stored reason is the words alone, or ``#code words``; typed words never begin with ``#``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey.instrument.edits.reasons import LONGEST_REASON, is_reason
from survey.instrument.schema import Option, Text

OTHER_REASON = "other"
"""The code that says nothing by itself: words have to follow."""
DEFAULT_REASONS: tuple[Option, ...] = (
    Option(code="expansion", text=Text("扩产", "Production expanded")),
    Option(code="stoppage", text=Text("停产", "Production stopped")),
    Option(code="merger", text=Text("并购", "Merger or acquisition")),
    Option(code="orders", text=Text("订单变化", "Orders changed")),
    Option(code="season", text=Text("季节", "Season")),
    Option(code="register", text=Text("名录有误", "The register is wrong")),
    Option(code=OTHER_REASON, text=Text("其他", "Other")),
)
"""Offered where a survey has no list of its own."""
_STORED = re.compile(r"#([A-Za-z][A-Za-z0-9_]*)(?: (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason as it was given: a code of the list, or "", and words."""

    code: str = ""
    words: str = ""

    @property
    def stored(self) -> str:
        """As it is kept; "" where nothing is given."""
        # A leading sign of typed words would make a code of them.
        words = self.words.strip().lstrip("#").strip()[:LONGEST_REASON]
        return f"#{self.code} {words}".strip() if self.code else words

    @property
    def explains(self) -> bool:
        """Whether it says what happened: a code does, except that of "other", and so do words that are no phrase."""
        return self.code not in ("", OTHER_REASON) or is_reason(self.words)


def reason_of(stored: str) -> Reason:
    """The reason that was kept."""
    found = _STORED.fullmatch(stored)
    return Reason(code=found[1], words=found[2] or "") if found else Reason(words=stored)


def reasons_listed(text: Text) -> tuple[Option, ...]:
    """The list of a survey: one reason a line, a code and its words in each language; the default where it is empty."""
    wordings = {language: _lines(wording) for language, wording in text.to_dict().items()}
    # Of any language: a reason that is worded in one of them only is still offered.
    codes = list(dict.fromkeys(code for lines in wordings.values() for code in lines))
    listed = tuple(
        Option(
            code=code,
            text=Text.from_dict({language: lines.get(code, "") for language, lines in wordings.items()}),
        )
        for code in codes
    )
    return listed or DEFAULT_REASONS


def _lines(wording: str) -> dict[str, str]:
    parts = (line.strip().partition(" ") for line in wording.splitlines())
    # A line whose code could not be read back from a stored reason is passed over.
    return {code: words.strip() or code for code, _, words in parts if _STORED.fullmatch(f"#{code}")}


def reason_words(stored: str, listed: Sequence[Option], language: str) -> str:
    """A reason as people read it: the words of its code, then the firm's own."""
    reason = reason_of(stored)
    # A survey may have changed its list since: the code says more than nothing.
    label = next((option.text.of(language) for option in listed if option.code == reason.code), reason.code)
    colon = "\uff1a" if language.startswith("zh") else ": "
    return colon.join(part for part in (label, reason.words) if part)
