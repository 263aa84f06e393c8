"""Wording: languages that are missing, questions that are long or ask two things, non-answers that are not offered."""

import re
from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.kinds.registry import kind_of
from survey.instrument.languages import LANGUAGES_READ
from survey.instrument.lint.catalogue import finding
from survey.instrument.schema import EditRule, Item, Option, Questionnaire, Text
from survey.terms import Missing
from survey.terms import gettext_noop as _

LONGEST_ZH = 60
LONGEST_EN = 35
_TWO_THINGS = re.compile(
    r"[^、，。？?；]{2,}(?:以及|并且|而且)[^、，。？?；]{2,}[？?]?|\b(?:and|as well as)\b[^,.;]*\?", re.IGNORECASE
)
# The conjunctions also join nouns within one question, so alone they are no sign; two things asked are.
_HAN_AND = re.compile(
    r"(?:是否|有没有|多少|如何|怎样)[^，。？?]*(?:和|与|及|并|，)[^，。？?]*(?:是否|有没有|多少|如何|怎样)"
    r"|(?:是否|有没有)[^，。？?；]{2,}(?:和|以及|并)[^，。？?；]{2,}"
    r"|对[^，。？?；]{1,15}(?:和|与|及)[^，。？?；]{1,15}(?:是否|有没有)"
)


def wording_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Findings about every text, in order."""
    yield from _languages(("questionnaire", questionnaire.code), "title", questionnaire.title)
    for section in questionnaire.sections:
        yield from _languages(("section", section.code), "title", section.title)
        yield from _languages(("section", section.code), "intro", section.intro)
        for page in section.pages:
            yield from _languages(("page", page.code), "title", page.title)
            yield from _languages(("page", page.code), "intro", page.intro)
            for item in page.items:
                yield from _item_findings(item)
    for rule in questionnaire.edit_rules:
        yield from _message_findings(rule)


def _languages(place: tuple[str, str], field: str, text: Text) -> Iterator[Complaint]:
    for language, name in LANGUAGES_READ:
        if text and not getattr(text, language):
            yield finding("missing_translation", place, field, language, {"language": name})


def _item_findings(item: Item) -> Iterator[Complaint]:
    place, kind = ("item", item.code), kind_of(item)
    if not kind.is_calculated:
        if not item.text:
            yield finding("no_text", place, "text")
        for field in ("text", "hint", "unit", "constraint_message", "required_message"):
            yield from _languages(place, field, getattr(item, field))
        yield from _option_findings(place, "options", item.options)
        yield from _option_findings(place, "rows", item.rows)
    # Where no firm is asked a text may be as long as it needs to be.
    if kind.is_asked:
        yield from _length(place, item.text)
        yield from _two_things(place, item.text)
    # A scale without it makes a firm that is not concerned answer "no problem", which lowers every share.
    if kind.is_ordered and Missing.NOT_APPLICABLE not in item.missing:
        yield finding("no_not_applicable", place, "missing")


def _option_findings(place: tuple[str, str], field: str, options: tuple[Option, ...]) -> Iterator[Complaint]:
    for option in options:
        if not option.text:
            yield finding("no_text", place, f"{field}.{option.code}")
        yield from _languages(place, f"{field}.{option.code}", option.text)
        # Those of a column stand in its own place: a page of the office names the column, whose lines they are.
        for choice in option.choices:
            yield from _languages(place, f"{field}.{option.code}", choice.text)


def _length(place: tuple[str, str], text: Text) -> Iterator[Complaint]:
    words = len(text.en.split())
    if len(text.zh) > LONGEST_ZH:
        limits = {"count": len(text.zh), "unit": _("characters"), "limit": LONGEST_ZH}
        yield finding("wording_long", place, "text.zh", text.zh[:40], limits)
    if words > LONGEST_EN:
        yield finding(
            "wording_long", place, "text.en", text.en[:40], {"count": words, "unit": _("words"), "limit": LONGEST_EN}
        )


def _two_things(place: tuple[str, str], text: Text) -> Iterator[Complaint]:
    for language, wording in (("zh", text.zh), ("en", text.en)):
        if _TWO_THINGS.search(wording) or _HAN_AND.search(wording):
            yield finding("double_barrelled", place, f"text.{language}", wording[:80])


def _message_findings(rule: EditRule) -> Iterator[Complaint]:
    if not rule.message:
        yield finding("no_message", ("rule", rule.code), "message")
    yield from _languages(("rule", rule.code), "message", rule.message)
