"""Stored answers as a person reads them: on the review, on the receipt's copy, and where two answers differ."""

from collections.abc import Mapping
from typing import Any

from survey.forms.page.answer_words import OptionsByLookUp
from survey.forms.page.kinds import WEB
from survey.forms.page.wording import Wording
from survey.instrument.document.unread import typed_words
from survey.instrument.kinds.choices import label_of
from survey.instrument.kinds.missing import is_missing
from survey.instrument.routing.pruning import ESTIMATED, NAME, OTHER
from survey.instrument.schema import Item
from survey.selectors.said import said as gettext


def answer_text(item: Item, answers: Mapping[str, Any], words: Wording, look_ups: OptionsByLookUp | None = None) -> str:
    """The answer in words, with its unit and its mark of an estimate; "" where there is none.

    What could not be read is shown as it was typed.
    """
    if unread := typed_words(item, answers):
        return gettext("%(words)s (not understood)") % {"words": unread}
    value = answers.get(item.code)
    if value is None:
        return ""
    # Before the kind has a say: a chosen "don't know" is no number and no date.
    if is_missing(value):
        return words.of(label_of(item, value))
    text = WEB[item.type].say(item, value, words, look_ups or {})
    # Under its own name a file is known to whoever attached it.
    text = str(answers.get(item.code + NAME) or text)
    if other := answers.get(item.code + OTHER):
        text = gettext("%(answer)s (%(words)s)") % {"answer": text, "words": other}
    if answers.get(item.code + ESTIMATED):
        text = gettext("%(answer)s (estimate)") % {"answer": text}
    return text
