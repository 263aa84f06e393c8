"""The firm's answer in the wave before, as it stands beside a question and is taken over in one tap."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from survey.forms.page.answer_texts import answer_text
from survey.forms.page.answer_words import OptionsByLookUp
from survey.forms.page.questions import LastAnswer
from survey.forms.page.wording import Wording
from survey.instrument.answers import keys_of, parse_item
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.piping import PREVIOUS
from survey.instrument.schema import Item

SAME, TAKEN = "same__", "taken__"
"""Posted by the button "no change", and by the page while the answer is the one taken over."""


def last_fields(item: Item, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form posts for the answer of last time; nothing where there is none that can be given again."""
    then = last_document(item, facts)
    # A non-answer of last time is nothing to take over (0031).
    if item.code not in then or is_missing(then[item.code]):
        return {}
    raw = to_raw(item, then)
    # An option may be gone since, or a limit be narrower: what cannot be answered now is not offered.
    return raw if parse_item(item, raw).answers == then else {}


def last_document(item: Item, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of last time with its companions, under the keys of now; only of items that show it."""
    kind = kind_of(item)
    if not item.beside_last or not (kind.is_numeric or kind.is_closed):
        return {}
    return {key: facts[PREVIOUS + key] for key in keys_of(item) if PREVIOUS + key in facts}


def last_answers(
    items: Iterable[Item], facts: Mapping[str, Any], taken: Collection[str], words: Wording, look_ups: OptionsByLookUp
) -> dict[str, LastAnswer]:
    """By item code what stands beside the question."""
    return {
        item.code: LastAnswer(
            text=answer_text(item, last_document(item, facts), words, look_ups),
            fields=json.dumps(fields, ensure_ascii=False),
            is_taken=item.code in taken,
        )
        for item in items
        if (fields := last_fields(item, facts))
    }


def taken_items(
    items: Iterable[Item], facts: Mapping[str, Any], posted: Mapping[str, list[str]], answers: Mapping[str, Any]
) -> frozenset[str]:
    """Codes of the items that a post takes over: it says so, and the answer is still the one of last time."""
    return frozenset(
        item.code
        for item in items
        if (posted.get(SAME + item.code) or any(posted.get(TAKEN + item.code, ())))
        and (then := last_document(item, facts))
        and all(answers.get(key) == then.get(key) for key in keys_of(item))
    )
