"""An officer corrects one submitted answer: by the rules of its question, with a reason, and undone by another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.instrument.answers import keys_of
from survey.instrument.document.consequences import KeyChange, changes_between, corrected_document
from survey.instrument.document.corrections import apply_corrections
from survey.instrument.edits.rules import EditFailure, check_all
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Item, Questionnaire
from survey.models import Case, Correction, Response
from survey.selectors.design.version import questionnaire_of
from survey.selectors.respondent.firm_facts import facts_of
from survey.selectors.results.later_values import later_values
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.refusals import RefusedError
from survey.terms import EditLevel, ResponseStatus, ValueState

FOLLOWS = "follows"
"""The rule of a correction that follows from that of another question."""


class CorrectionRefusedError(RefusedError):
    """Why an answer is not corrected; ``failures`` are the rules that the new one would not meet."""

    failures: tuple[EditFailure, ...] = ()
    catalogue = Catalogue(
        entries={
            "not_submitted": Entry(
                _("Only submitted answers that count are corrected here."),
                _("Wait until the firm has submitted, or send the questionnaire back."),
            ),
            "no_reason": Entry(_("The correction has no reason."), _("Say how the right value is known.")),
            "not_asked": Entry(
                _("The firm was not asked this question."), _("Correct the question that leads to it first.")
            ),
            "cannot": Entry(
                _("Answers of this kind are not corrected by hand."), _("Send the questionnaire back to the firm.")
            ),
            "unchanged": Entry(_("The new value is the old one."), _("Enter another value, or leave it as it is.")),
            "breaks_rule": Entry(
                _("With this value the questionnaire does not meet its rules."),
                _("Correct the other answer first, or enter another value."),
            ),
            "undone": Entry(
                _("This correction does not stand any more."), _("Undo the later correction of the question first.")
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """What an item is corrected to: its keys as parsed, how it is known, by which rule it was found, and why."""

    given: Mapping[str, Any]
    reason: str
    state: ValueState = ValueState.CORRECTED
    rule: str = ""


@transaction.atomic
def correct_answer(*, response: Response, item: str, value: NewValue, actor: User) -> list[Correction]:
    """Correct one answer with what follows from it; the first row is that of the item. Raises
    ``CorrectionRefusedError``."""
    response, questionnaire = _held(response)
    if not value.reason.strip():
        raise CorrectionRefusedError("no_reason", item)
    asked, before, facts = (
        questionnaire.items.get(item),
        present_answers(response),
        facts_of(response.case, questionnaire),
    )
    # As of the day of submission: with today's date a rule about time would lead to another route than the firm's.
    day = timezone.localdate(response.submitted_at)
    if asked is None or item not in route_of(questionnaire, before, facts, day).items:
        raise CorrectionRefusedError("not_asked", item)
    # Calculated values follow from others, and a file cannot be typed by an officer.
    if not kind_of(asked).is_asked or kind_of(asked).is_file:
        raise CorrectionRefusedError("cannot", item)
    after = corrected_document(before, asked, value.given, _led_away(response))
    broken = _broken(questionnaire, after, asked, response, facts)
    if broken:
        refusal = CorrectionRefusedError("breaks_rule", item)
        refusal.failures = broken
        raise refusal
    changes = changes_between(questionnaire, before, after, asked, facts, day)
    if not any(change.is_own for change in changes):
        raise CorrectionRefusedError("unchanged", item)
    return _store(response, item, changes, value, actor)


def undo_correction(*, correction: Correction, reason: str, actor: User) -> list[Correction]:
    """Put back what stood before a correction, by another one. Raises ``CorrectionRefusedError``."""
    response, questionnaire = correction.response, questionnaire_of(correction.response.version)
    item = next((one for one in questionnaire.items.values() if correction.item in keys_of(one)), None)
    present = present_answers(response)
    # Undoing an older one would put back a value over what was corrected later.
    if item is None or present.get(correction.item) != correction.new:
        raise CorrectionRefusedError("undone", correction.pk)
    given = {key: present[key] for key in keys_of(item) if key in present} | {correction.item: correction.old}
    # None is "not answered"; the key has to be absent, as documents have it.
    given = {key: old for key, old in given.items() if old is not None}
    return correct_answer(
        response=response, item=item.code, value=NewValue(given=given, reason=reason, rule=correction.rule), actor=actor
    )


def present_answers(response: Response) -> dict[str, Any]:
    """The answers of a response as they count now."""
    return apply_corrections(response.answers, later_values(response.corrections.all()).get(response.pk, ()))


def _held(response: Response) -> tuple[Response, Questionnaire]:
    # The case first, as everywhere: a firm that takes its answers back meanwhile waits for us, or we for it.
    Case.objects.select_for_update(of=("self",)).get(pk=response.case_id)
    responses = Response.objects.select_related("version", "case__wave__survey", "case__sample_unit__unit")
    held = responses.select_for_update(of=("self",)).get(pk=response.pk)
    if held.status != ResponseStatus.SUBMITTED.value or not held.is_current:
        raise CorrectionRefusedError("not_submitted", response.pk)
    return held, questionnaire_of(held.version)


def _led_away(response: Response) -> dict[str, Any]:
    """The firm's own answers that count no more because a correction of another question led away from them."""
    last = {row.item: row for row in response.corrections.order_by("id")}
    gone = (key for key, row in last.items() if row.rule == FOLLOWS and row.new is None)
    return {key: response.answers[key] for key in gone if key in response.answers}


def _broken(
    questionnaire: Questionnaire, after: Mapping[str, Any], item: Item, response: Response, facts: Any
) -> tuple[EditFailure, ...]:
    """Hard rules about the item that the new answers would not meet; what looks unusual is the officer's to judge."""
    day = timezone.localdate(response.submitted_at)
    report = check_all(questionnaire, after, facts, response.reasons, day)
    # Only rules about this item: what was wrong elsewhere before must not stand against mending this.
    return tuple(one for one in report.failures if one.level is EditLevel.HARD and item.code in one.items)


def _store(
    response: Response, item: str, changes: Iterable[KeyChange], value: NewValue, actor: User
) -> list[Correction]:
    rows = []
    for change in changes:
        row = Correction.objects.create(
            response=response,
            item=change.key,
            old=change.old,
            new=change.new,
            rule=value.rule[:40] if change.is_own else FOLLOWS,
            state=value.state.value if change.is_own else ValueState.CORRECTED.value,
            reason=value.reason.strip(),
            author=actor,
        )
        # All rows are of one case and so in one chain: holding it early makes nobody deadlock.
        chain(row)
        rows.append(row)
    record_action(actor=actor, verb="correct_answer", subject=response.case, item=item, changed=len(rows))
    return rows
