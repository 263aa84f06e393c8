"""The actions on many cases at once, each with what it leaves out and why, so that it can be previewed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth.models import User
from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Q, QuerySet, Value, When

from survey.models import Case
from survey.services.fieldwork.assigning import take_over_cases
from survey.services.fieldwork.cases import close_cases, reopen_cases
from survey.services.fieldwork.follow_up import draw_follow_up, follow_up_of
from survey.terms import CaseStatus, Disposition
from survey.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Cases that an action leaves out, and the reason in words (a message identifier)."""

    reason: str
    condition: Q


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAction:
    """An action on cases: ``carry_out(cases, actor)`` gives the number changed.

    ``drawn`` gives those that an action draws of the cases it applies to; the others take all of them.
    """

    name: str
    label: str
    effect: str
    permission: str
    exclusions: tuple[Exclusion, ...]
    carry_out: Callable[[QuerySet[Case], User], int]
    drawn: Callable[[QuerySet[Case]], QuerySet[Case]] | None = None


class Chooses(Protocol):
    """What is known of an action before it is done: its name, whom it leaves out, and whom it draws of the others."""

    @property
    def name(self) -> str: ...
    @property
    def exclusions(self) -> tuple[Exclusion, ...]: ...
    @property
    def drawn(self) -> Callable[[QuerySet[Case]], QuerySet[Case]] | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Writing to the chosen cases, which leads to the preview of a mailing with this purpose, or with its next one."""

    name: str
    label: str
    purpose: str
    permission: str = "issue_access_codes"


WRITING: dict[str, Writing] = {
    way.name: way
    for way in (
        Writing(name="issue_codes", label=_("Issue access codes"), purpose="invitation"),
        Writing(name="remind", label=_("Remind those not yet submitted"), purpose="reminder"),
        Writing(name="write", label=_("Write to them"), purpose=""),
    )
}
FIRM_NAME = "sample_unit__unit__name"
NAMED = 5
"""So many firms are named in a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPreview:
    """What an action would do: how many cases it takes, and which it leaves out."""

    action: Chooses
    taken: int
    left_out: tuple[tuple[str, int], ...]
    firms: tuple[str, ...]


# Reasons in the order of the list: a case that is closed and submitted counts under the first (``preview``).
CLOSED = Exclusion(_("closed"), Q(is_closed=True))
NOT_CLOSED = Exclusion(_("not closed"), Q(is_closed=False))
SUBMITTED = Exclusion(_("submitted already"), Q(status=CaseStatus.SUBMITTED.value))
# Firms of which not even that is known whether they belong to the survey (AAPOR: unknown eligibility).
SILENT = (Disposition.UNKNOWN_IF_ELIGIBLE.value, Disposition.UNKNOWN_OTHER.value)
RESOLVED = Exclusion(_("outcome known"), ~Q(disposition__in=SILENT))
# Drawn twice a firm would have two chances, and the share of eligible firms would no longer follow from the draw.
FOLLOWED_UP = Exclusion(_("drawn for a follow-up already"), Q(is_followed_up=True))
NOT_DRAWN = _("not drawn this time")


ACTIONS: dict[str, CaseAction] = {
    action.name: action
    for action in (
        CaseAction(
            name="take_over",
            label=_("Take over"),
            effect=_("You become the officer of these cases; they stand on your work lists."),
            permission="change_case",
            exclusions=(CLOSED,),
            carry_out=lambda cases, actor: take_over_cases(cases=cases, actor=actor),
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
            carry_out=lambda cases, actor: draw_follow_up(cases=cases, actor=actor),
            drawn=follow_up_of,
        ),
        CaseAction(
            name="close",
            label=_("Close"),
            effect=_("The access codes stop working, and nothing can be filled in any more."),
            permission="change_case",
            exclusions=(CLOSED,),
            carry_out=lambda cases, actor: close_cases(cases=cases, actor=actor),
        ),
        CaseAction(
            name="reopen",
            label=_("Reopen"),
            effect=_("The access codes work again, and each case stands where it stood."),
            permission="change_case",
            exclusions=(NOT_CLOSED,),
            carry_out=lambda cases, actor: reopen_cases(cases=cases, actor=actor),
        ),
    )
}


def preview(action: Chooses, cases: QuerySet[Case]) -> ActionPreview:
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
        firms=tuple(takes.order_by(FIRM_NAME, "pk").values_list(FIRM_NAME, flat=True)[:NAMED]),
    )


def taken_cases(action: Chooses, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases among these that the action applies to."""
    # Asked again when the action is done: between preview and confirmation firms go on submitting.
    for rule in action.exclusions:
        cases = cases.exclude(rule.condition)
    return cases


def carry_out(action: CaseAction, cases: QuerySet[Case], *, actor: User) -> int:
    """Do the action to the cases that it applies to: how many changed."""
    return action.carry_out(taken_cases(action, cases), actor)
