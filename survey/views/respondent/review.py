"""The answers of a firm, section by section, as the check, the copy and the receipt's answers show them."""

from typing import Any

from survey.forms.page.answer_texts import answer_text
from survey.instrument.edits.condition_words import question_numbers
from survey.instrument.edits.reason_codes import reason_words
from survey.instrument.edits.rules import EditReport
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.progress import asked_items
from survey.instrument.routing.pruning import UNREAD
from survey.instrument.routing.route import RouteItem, RoutePage
from survey.selectors.respondent.session import Filling, look_ups
from survey.views.respondent.page_showing import wording_for


def review_sections(filling: Filling, report: EditReport | None = None, *, seen: str = "") -> list[dict[str, Any]]:
    """Sections with one line per item on the route: number, wording, answer, reasons given.

    ``seen`` is the item that the person comes back from; its section is open. With a report a section counts the
    questions that stand in the way of submitting.
    """
    line = _lines(filling, report, seen)
    # Counted at the first item of a rule, where it is shown: one rule about three answers is one thing to mend.
    blocked = {code for failure in report.blocking for code in failure.items[:1]} if report else set()
    sections = []
    for section in filling.route.sections:
        items = [(page, asked) for page in section.pages for asked in asked_items(page) if _is_shown(asked)]
        codes = {asked.item.code for _, asked in items}
        sections.append(
            {
                "title": wording_for(filling).of(section.section.title),
                "lines": [line(page, asked) for page, asked in items],
                "open": len(codes & blocked),
                "is_open": seen in codes,
            }
        )
    return sections


def _is_shown(asked: RouteItem) -> bool:
    return not kind_of(asked.item).is_calculated


def _lines(filling: Filling, report: EditReport | None, seen: str) -> Any:
    """What makes the line of an item; what is alike for all lines is worked out once."""
    words, numbers = wording_for(filling), question_numbers(filling.questionnaire)
    lists = look_ups(frozenset(asked.item.type for asked in filling.route.items.values()))
    reasons: dict[str, list[str]] = {}
    for failure in report.settled if report else ():
        # By all of an item's rules: each may have been explained in its own way.
        if failure.items and failure.reason not in reasons.setdefault(failure.items[0], []):
            reasons[failure.items[0]].append(failure.reason)
    listed = filling.listed_reasons
    # What could not be read is shown as it was typed, not the answer of before.
    unread = {code + UNREAD: filling.answers[code + UNREAD] for code in filling.route.unread}
    answers = {**filling.route.answers, **unread}

    def line(page: RoutePage, asked: RouteItem) -> dict[str, Any]:
        code = asked.item.code
        return {
            "page": page.page.code,
            "item": code,
            "number": numbers.get(code),
            "label": words.of(asked.item.text),
            "answer": answer_text(asked.item, answers, words, lists),
            "reason": "; ".join(reason_words(reason, listed, words.language) for reason in reasons.get(code, ())),
            "required": asked.required,
            "is_seen": code == seen,
        }

    return line
