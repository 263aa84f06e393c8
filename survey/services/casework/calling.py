"""The rule of calling of a wave, fixed before the first list, and the lists that are made by it."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from survey.complaints import Catalogue, Entry
from survey.methods.active.stopping import StoppingRule
from survey.models import CallingPlan, CallList, ListedCall, Wave
from survey.selectors.results.kept import at_revision
from survey.selectors.results.next_calls import next_calls
from survey.selectors.results.wave_results import overview_of
from survey.services.audit import record_action
from survey.services.refusals import RefusedError
from survey.terms import WaveStatus
from survey.terms import gettext_noop as _


class CallingError(RefusedError):
    """Why a rule is not changed or a list not made."""

    catalogue = Catalogue(
        entries={
            "already_calling": Entry(
                _("The rule stands since the first list of calls was made by it."),
                _("Go on by this rule; another one can be set for the next wave."),
            ),
            "no_rule": Entry(_("The wave has no rule of calling yet."), _("Set the rule first.")),
            "not_collecting": Entry(_("The wave does not collect now."), _("Open the wave, or extend it.")),
            "rule_changed": Entry(
                _("The rule was changed while the list was made, so that the list was not kept."),
                _("Make the list again; it then follows the new rule."),
            ),
            "too_few_answers": Entry(
                _("Too few firms have answered to tell where one more answer helps."),
                _("Call the largest firms first, and make a list when more have answered."),
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingChoice:
    """What the office decides of the rule, in the units of `CallingPlan`."""

    size: int
    points: float
    percent: float
    dominance: float
    least_gain: float
    enough: float


@transaction.atomic
def fix_calling_plan(*, wave: Wave, choice: CallingChoice, seed: int, actor: User) -> CallingPlan:
    """Set the rule of a wave, or another one while no list has been made. Raises ``CallingError``."""
    # Held, so that no list is made by a rule that changes while it is made.
    Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    # A rule that is chosen after a list has been seen can be chosen to stop where it suits (0048).
    if wave.call_lists.exists():
        raise CallingError("already_calling", wave.code)
    values = {name: getattr(choice, name) for name in CallingChoice.__slots__}
    before = CallingPlan.objects.filter(wave=wave).first()
    # The seed is kept: choosing again until the order pleases is not chance.
    plan, _is_new = CallingPlan.objects.update_or_create(
        wave=wave, defaults={**values, "seed": before.seed if before else seed, "fixed_by": actor}
    )
    record_action(actor=actor, verb="fix_calling_plan", subject=wave, **values)
    return plan


def make_call_list(*, wave: Wave, actor: User | None) -> CallList:
    """The next list of a wave that collects. Raises ``CallingError``, and `EmptyDomain` where nobody may be called."""
    plan = CallingPlan.objects.filter(wave=wave).first()
    if plan is None:
        raise CallingError("no_rule", wave.code)
    if wave.status != WaveStatus.OPEN.value:
        raise CallingError("not_collecting", wave.code)
    # Read once, so that list, weights and forecast follow from the same answers.
    [wave] = at_revision([wave])
    if not overview_of(wave).has_enough:
        raise CallingError("too_few_answers", wave.code)
    newest = wave.call_lists.order_by("-number").values_list("number", flat=True).first()
    number = (newest or 0) + 1
    # Worked out before the transaction: it takes seconds and would hold up all who save.
    found = next_calls(wave, plan, number)
    # Stored in percent as the office types it; the rule counts in parts of one.
    rule = StoppingRule(least_gain=plan.least_gain / 100, enough=plan.enough)
    with transaction.atomic():
        # Held as by whoever sets the rule, and asked again: a list by one that does not stand any more proves nothing.
        Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
        if not CallingPlan.objects.filter(pk=plan.pk, fixed_at=plan.fixed_at).exists():
            raise CallingError("rule_changed", wave.code)
        made = CallList.objects.create(
            wave=wave,
            number=number,
            # What was expected is stored with the list, to be held against what came (0048).
            made_by=actor,
            answered=found.answered,
            error=found.error,
            expected=found.expected,
            answers=found.answers,
            minutes=found.minutes,
            advice=rule.advice(found.error, found.expected).value,
            figures=found.figures,
            classes=found.classes,
        )
        ListedCall.objects.bulk_create(
            ListedCall(
                call_list=made,
                case_id=call.case,
                place=place,
                reason=call.reason.value,
                klass=call.klass[:40],
                calls_before=call.calls_before,
            )
            for place, call in enumerate(found.calls, start=1)
        )
        record_action(actor=actor, verb="make_call_list", subject=wave, number=number, calls=len(found.calls))
    return made
