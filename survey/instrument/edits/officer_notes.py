"""What an officer asks about a response that was sent back, as edits: changed or explained, or it is not submitted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.instrument.answers import keys_of
from survey.instrument.routing.route import Route
from survey.instrument.schema import Item

NOTE, WHOLE = "__note", "__note"
"""How the rule of a note about an item ends, and the rule of the note about the whole response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerNotes:
    """``about`` is the note by item code; ``whole`` the note on all; ``returned`` the answers that were sent back."""

    about: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""
    returned: Mapping[str, Any] = field(default_factory=dict)

    def untouched(self, route: Route) -> Iterator[Item]:
        """The items with a note whose answer still is the one that was sent back, in the order of asking."""
        for code, asked in route.items.items():
            if code in self.about and self._is_as_returned(asked.item, route.answers):
                yield asked.item

    def is_untouched(self, route: Route) -> bool:
        """Whether nothing at all was changed though the response was sent back as a whole."""
        # Notes about questions say what is to be looked at; each of them asks for its own answer already.
        return bool(self.whole) and not self.about and dict(route.answers) == dict(self.returned)

    def _is_as_returned(self, item: Item, answers: Mapping[str, Any]) -> bool:
        return all(answers.get(key) == self.returned.get(key) for key in keys_of(item))


NO_NOTES = OfficerNotes()


def rule_of(item: str) -> str:
    """The rule under which the firm's word on a note about an item is kept."""
    return item + NOTE


def without_replies(reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons without what a firm replied to notes of a return before."""
    return {rule: said for rule, said in reasons.items() if not rule.endswith(NOTE)}
