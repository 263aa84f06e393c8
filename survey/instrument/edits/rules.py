"""Editing of one response: rules of the questionnaire and rules that follow from the items themselves.

An edit is checked when every item and fact that it names has a usable answer (answered, no Missing code); names inside
``coalesce()`` are excepted, because a value for their absence is given. Constraints follow the same rule. What follows
from an item, under the rule code ``ITEM__kind``: required, cells, specify, range, constraint, shares (hard) and
magnitude (verify): a money answer above ``magnitude`` times ``${frame_revenue}``, or a thousand times more or less than
``${previous_ITEM}``, as happens when yuan are entered for 万元; change (verify): a figure more than
``largest_change`` times, or less than that part of, ``${previous_ITEM}``; and unread (hard): a text that could not be
read, of which nothing else is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from survey.instrument.answers import parse_item
from survey.instrument.document.unread import unread_of
from survey.instrument.edits.item_edits import item_failures
from survey.instrument.edits.item_failure import ItemFailure
from survey.instrument.edits.officer_notes import NO_NOTES, WHOLE, OfficerNotes, rule_of
from survey.instrument.edits.reason_codes import reason_of
from survey.instrument.expressions.evaluation import Scope, holds, names_in, usable_names_in
from survey.instrument.expressions.values import Value, is_blank
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.route import Answers, Facts, Route, RouteItem, route_of
from survey.instrument.schema import NO_TEXT, EditRule, Item, Questionnaire, Text
from survey.terms import EditLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class EditFailure:
    """A rule that the answers do not meet. ``messages.worded(code, parameters, language)`` is what the firm reads.

    ``items`` are shown with it, the first as its place; ``values`` are what it judged; ``reason`` is the one that
    settled it; ``fields`` are those of several fields of the item that it is about. ``message`` is the designer's
    wording, empty where the catalogue's stands. ``repair`` is the answer to the first item that was meant in all
    likelihood.
    """

    rule: str
    level: EditLevel
    items: tuple[str, ...]
    code: str
    parameters: Mapping[str, Any]
    values: Mapping[str, Any]
    message: Text = NO_TEXT
    reason: str = ""
    repair: float | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditReport:
    """The failures that stand, in order, and the verify failures that a reason has settled."""

    failures: tuple[EditFailure, ...] = ()
    settled: tuple[EditFailure, ...] = ()

    @property
    def hard(self) -> tuple[EditFailure, ...]:
        """Failures to be mended."""
        return self._of(EditLevel.HARD)

    @property
    def verify(self) -> tuple[EditFailure, ...]:
        """Failures to be mended or explained."""
        return self._of(EditLevel.VERIFY)

    @property
    def notes(self) -> tuple[EditFailure, ...]:
        """Failures that are only pointed out."""
        return self._of(EditLevel.NOTE)

    @property
    def blocking(self) -> tuple[EditFailure, ...]:
        """Failures that keep a response from being submitted."""
        return self.hard + self.verify

    def _of(self, level: EditLevel) -> tuple[EditFailure, ...]:
        return tuple(failure for failure in self.failures if failure.level is level)


def check_page(
    questionnaire: Questionnaire,
    page: str,
    answers: Answers,
    facts: Facts,
    reasons: Mapping[str, str],
    today: date,
    route: Route | None = None,
    notes: OfficerNotes = NO_NOTES,
) -> EditReport:
    """The edits of a page: those of its items and the rules shown at one of them. ``reasons`` are by rule code."""
    route = route or route_of(questionnaire, answers, facts, today)
    on_route = route.page(page)
    asked = on_route.items if on_route else ()
    # A rule over several items stands at the first, but any page that shows one of them can mend it.
    here = {part.item.code for part in asked}
    rules = [rule for rule in questionnaire.edit_rules if here & set(rule.items)]
    noted = [_noted(item) for item in notes.untouched(route) if item.code in here]
    return _report(questionnaire, route, asked, rules, answers, facts, reasons, today, noted)


def check_all(
    questionnaire: Questionnaire,
    answers: Answers,
    facts: Facts,
    reasons: Mapping[str, str],
    today: date,
    route: Route | None = None,
    notes: OfficerNotes = NO_NOTES,
) -> EditReport:
    """Every edit of the whole response along its route."""
    route = route or route_of(questionnaire, answers, facts, today)
    asked = tuple(route.items.values())
    noted = [*map(_noted, notes.untouched(route)), *([_RETURNED] if notes.is_untouched(route) else [])]
    return _report(questionnaire, route, asked, questionnaire.edit_rules, answers, facts, reasons, today, noted)


def _report(
    questionnaire: Questionnaire,
    route: Route,
    asked: tuple[RouteItem, ...],
    rules: Iterable[EditRule],
    answers: Answers,
    facts: Facts,
    reasons: Mapping[str, str],
    today: date,
    noted: list[EditFailure],
) -> EditReport:
    scope = Scope(answers=route.answers, facts=facts, today=today)
    # Answers off the route are none: a message must not quote what is no longer asked.
    piping = Piping(questionnaire=questionnaire, answers=route.answers, facts=facts)
    failures: list[EditFailure] = []
    for part in asked:
        # What stands on the screen is the text: nothing is said of the answer of before.
        if part.item.code in route.unread:
            failures.append(_unread(part.item, answers))
        else:
            failures += [_implicit(failure, piping) for failure in item_failures(part, scope)]
    failures += [
        _designed(rule, scope, piping)
        for rule in rules
        if route.unread.isdisjoint({*rule.items, *names_in(rule.condition)}) and not is_met(rule, scope)
    ]
    return _settled([*failures, *noted], reasons)


def is_met(rule: EditRule, scope: Scope) -> bool:
    """Whether a rule holds or is not checked because a name in it has no usable answer."""
    # Edits of Fellegi and Holt 1976 are about complete records; one that is being filled in lets a rule wait.
    if any(is_blank(scope.value(name)) for name in usable_names_in(rule.condition)):
        return True
    own = scope.answers.get(rule.items[0]) if rule.items else None
    return holds(rule.condition, Scope(answers=scope.answers, facts=scope.facts, today=scope.today, own=own))


def _unread(item: Item, answers: Answers) -> EditFailure:
    fields = unread_of(item, answers)
    # Two texts read well here: a code that is in no list, which is not at hand, and one whose control characters no
    # database could hold.
    error = next(iter(parse_item(item, fields).errors), None)
    lost = "not_listed" if kind_of(item).looks_up else "control_character"
    return EditFailure(
        rule=f"{item.code}__unread",
        level=EditLevel.HARD,
        items=(item.code,),
        code=error.code if error else lost,
        parameters=error.parameters if error else {"label": item.text},
        values={},
    )


def _implicit(failure: ItemFailure, piping: Piping) -> EditFailure:
    item, message = failure.item, piping.text(failure.message)
    parameters = {"message": message} if message else {"label": item.text, **failure.parameters}
    return EditFailure(
        rule=f"{item.code}__{failure.kind}",
        level=failure.level,
        items=(item.code,),
        code="edit_rule" if message else failure.code,
        parameters=piping.parameters(parameters),
        values=failure.values,
        message=message,
        repair=failure.repair,
        fields=failure.fields,
    )


def _designed(rule: EditRule, scope: Scope, piping: Piping) -> EditFailure:
    message = piping.text(rule.message)
    # Sorted: a set has another order in each run, and the same failure would be stored in two ways.
    values = {name: _stored(scope.value(name)) for name in sorted(names_in(rule.condition))}
    return EditFailure(
        rule=rule.code,
        level=rule.level,
        items=rule.items,
        code="edit_rule",
        parameters={"message": message},
        values=values,
        message=message,
    )


def _noted(item: Item) -> EditFailure:
    """The edit that a note of an officer makes of its question until the answer is changed or explained."""
    return EditFailure(
        rule=rule_of(item.code),
        level=EditLevel.VERIFY,
        items=(item.code,),
        code="officer_note",
        parameters={"label": item.text},
        values={},
    )


_RETURNED = EditFailure(
    rule=WHOLE, level=EditLevel.VERIFY, items=(), code="returned_untouched", parameters={}, values={}
)
"""The edit of a response that was sent back as a whole and is as it was."""


def _stored(value: Value) -> Any:
    # As JSON keeps it: what a rule judged is stored with the reason that settled it.
    return list(value) if isinstance(value, tuple) else None if is_blank(value) else value


def _settled(failures: list[EditFailure], reasons: Mapping[str, str]) -> EditReport:
    standing, settled = [], []
    for failure in failures:
        reason = reasons.get(failure.rule, "").strip()
        # Only there: a hard edit says what cannot be, and no reason makes it so.
        if failure.level is EditLevel.VERIFY and reason_of(reason).explains:
            settled.append(_with_reason(failure, reason))
        else:
            standing.append(failure)
    return EditReport(tuple(standing), tuple(settled))


def _with_reason(failure: EditFailure, reason: str) -> EditFailure:
    return replace(failure, reason=reason)
