"""The actions on many cases at once, each with what it leaves out and why, so that it can be previewed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Q, QuerySet, Value, When

from survey.models import Case
from survey.selectors.fieldwork.cases import NO_CONTACT
from survey.services.fieldwork.access_letters import AccessLetter, issue_codes
from survey.services.fieldwork.cases import OFFICER_DISPOSITIONS, close_cases, reopen_cases, set_disposition
from survey.services.fieldwork.follow_up import draw_follow_up, follow_up_of
from survey.terms import CaseStatus, Disposition, WaveStatus
from survey.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases that an action leaves out, and the reason in words (a message identifier)."""

    reason: str
    condition: Q


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAction:
    """An action on cases: ``carry_out(cases, actor, site)`` gives the number changed, or letters to write.

    ``drawn`` gives those that an action draws of the cases it applies to; the others take all of them.
    """

    name: str
    label: str
    effect: str
    permission: str
    exclusions: tuple[Exclusion, ...]
    carry_out: Callable[[QuerySet[Case], User, str], int | list[AccessLetter]]
    drawn: Callable[[QuerySet[Case]], QuerySet[Case]] | None = None


FIRM_NAME = "sample_unit__unit__name"
NAMED = 5
"""So many firms are named in a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPreview:
    """What an action would do: how many cases it takes, which it leaves out, how many cannot be written to."""

    action: CaseAction
    taken: int
    left_out: tuple[tuple[str, int], ...]
    without_contact: int
    firms: tuple[str, ...]


CLOSED = Exclusion(_("closed"), Q(is_closed=True))
NOT_CLOSED = Exclusion(_("not closed"), Q(is_closed=False))
SUBMITTED = Exclusion(_("submitted already"), Q(status=CaseStatus.SUBMITTED.value))
FINALISED = Exclusion(_("finalised without a response"), Q(status=CaseStatus.FINALISED.value))
NEVER_SENT = Exclusion(_("no code issued yet"), Q(code_sent_at__isnull=True))
SILENT = (Disposition.UNKNOWN_IF_ELIGIBLE.value, Disposition.UNKNOWN_OTHER.value)
RESOLVED = Exclusion(_("outcome known"), ~Q(disposition__in=SILENT))
FOLLOWED_UP = Exclusion(_("drawn for a follow-up already"), Q(is_followed_up=True))
NOT_DRAWN = _("not drawn this time")
WAVE_OVER = Exclusion(_("wave is closed"), Q(wave__status=WaveStatus.CLOSED.value))


def _disposition_action(disposition: Disposition) -> CaseAction:
    return CaseAction(
        name=f"mark_{disposition.value}",
        label=disposition.label,
        effect=_("The outcome is set. The access code goes on working."),
        permission="change_case",
        exclusions=(SUBMITTED, CLOSED),
        carry_out=lambda cases, actor, site: set_disposition(cases=cases, disposition=disposition, actor=actor),
    )


ACTIONS: dict[str, CaseAction] = {
    action.name: action
    for action in (
        CaseAction(
            name="issue_codes",
            label=_("Issue access codes"),
            effect=_("A workbook for a mail merge is made, and the cases are marked as written to."),
            permission="issue_access_codes",
            exclusions=(WAVE_OVER, CLOSED, SUBMITTED),
            carry_out=lambda cases, actor, site: issue_codes(cases=cases, site=site, actor=actor),
        ),
        CaseAction(
            name="remind",
            label=_("Remind those not yet submitted"),
            effect=_("A workbook for a mail merge is made, and one more reminder is counted for each case."),
            permission="issue_access_codes",
            exclusions=(WAVE_OVER, CLOSED, SUBMITTED, FINALISED, NEVER_SENT),
            carry_out=lambda cases, actor, site: issue_codes(cases=cases, site=site, actor=actor, is_reminder=True),
        ),
        CaseAction(
            name="follow_up",
            label=_("Draw a follow-up of silent firms"),
            effect=_(
                "One in ten of them is drawn, spread over the strata. Find out of each whether it is in scope, and set "
                "its outcome: the eligible share of all silent firms follows from these."
            ),
            permission="change_case",
            exclusions=(SUBMITTED, CLOSED, RESOLVED, FOLLOWED_UP),
            carry_out=lambda cases, actor, site: draw_follow_up(cases=cases, actor=actor),
            drawn=follow_up_of,
        ),
        *(_disposition_action(disposition) for disposition in OFFICER_DISPOSITIONS),
        CaseAction(
            name="close",
            label=_("Close"),
            effect=_("The access codes stop working, and nothing can be filled in any more."),
            permission="change_case",
            exclusions=(CLOSED,),
            carry_out=lambda cases, actor, site: close_cases(cases=cases, actor=actor),
        ),
        CaseAction(
            name="reopen",
            label=_("Reopen"),
            effect=_("The access codes work again, and each case stands where it stood."),
            permission="change_case",
            exclusions=(NOT_CLOSED,),
            carry_out=lambda cases, actor, site: reopen_cases(cases=cases, actor=actor),
        ),
    )
}


def preview(action: CaseAction, cases: QuerySet[Case]) -> ActionPreview:
    """What the action would do to these cases; a case left out counts under its first reason."""
    # One query for all reasons; When takes the first that holds, so the parts add up to the cases that were chosen.
    whens = [When(rule.condition, then=Value(place)) for place, rule in enumerate(action.exclusions)]
    marked = cases.order_by().annotate(left_out_by=Choice(*whens, default=Value(-1), output_field=IntegerField()))
    counts = dict(marked.values_list("left_out_by").annotate(count=Count("pk")))
    applies = taken_cases(action, cases)
    takes = action.drawn(applies) if action.drawn else applies
    taken = takes.count()
    left_out = [(rule.reason, counts.get(place, 0)) for place, rule in enumerate(action.exclusions)]
    left_out.append((NOT_DRAWN, counts.get(-1, 0) - taken))
    return ActionPreview(
        action=action,
        taken=taken,
        left_out=tuple((reason, count) for reason, count in left_out if count),
        without_contact=takes.filter(NO_CONTACT).count(),
        firms=tuple(takes.order_by(FIRM_NAME, "pk").values_list(FIRM_NAME, flat=True)[:NAMED]),
    )


def taken_cases(action: CaseAction, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases among these that the action applies to."""
    # Asked again when the action is done: between preview and confirmation firms go on submitting.
    for rule in action.exclusions:
        cases = cases.exclude(rule.condition)
    return cases


def carry_out(action: CaseAction, cases: QuerySet[Case], *, actor: User, site: str) -> int | list[AccessLetter]:
    """Do the action to the cases that it applies to."""
    return action.carry_out(taken_cases(action, cases), actor, site)
