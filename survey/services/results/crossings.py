"""Crossings of groups that are asked for, and answered: taken up into the plan, or declined with a reason."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import CrossingRequest, QuestionnaireVersion, Wave
from survey.selectors.design.plan import read_draft
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.audit import record_action
from survey.services.design.plan import change_plan
from survey.services.refusals import RefusedError
from survey.terms import GroupSource

State = CrossingRequest.State


class CrossingRefusedError(RefusedError):
    """Why a crossing cannot be asked for, or an answer not be given."""

    catalogue = Catalogue(
        entries={
            "one_group": Entry(_("A crossing needs two groups over different variables."), _("Choose two groups.")),
            "not_of_frame": Entry(
                _("Only groups of the list of firms are crossed in cleared figures."),
                _("Choose two of the groups that are offered."),
            ),
            "planned_already": Entry(
                _("The plan crosses these groups already."), _("Choose a value of both in the filter.")
            ),
            "asked_already": Entry(_("Somebody has asked for this crossing already."), _("Wait for the answer.")),
            "no_reason": Entry(_("The request has no reason."), _("Say what the figures are needed for.")),
            "no_answer": Entry(_("The answer is missing."), _("Say why the crossing is declined.")),
            "answered_already": Entry(_("The request has been answered already."), _("Look at the answer.")),
            "not_in_draft": Entry(
                _("The plan that is being designed lacks one of the groups."),
                _("Add the group to the plan, or decline the request."),
            ),
        }
    )


@transaction.atomic
def ask_for_crossing(
    *, wave: Wave, plan: AnalysisPlan, first: str, second: str, reason: str, actor: User
) -> CrossingRequest:
    """Ask that the plan cross two groups of the frame. Raises `CrossingRefusedError`."""
    # In one order, so that A by B and B by A are the same request.
    first, second = sorted((first, second))
    variables = {group.code: group.variable for group in plan.groups if group.source is GroupSource.FRAME}
    # A group by an answer would tell who said what; only the frame is known to everybody (0042).
    if not {first, second} <= variables.keys():
        raise CrossingRefusedError("not_of_frame", f"{first} {second}")
    if variables[first] == variables[second]:
        raise CrossingRefusedError("one_group", f"{first} {second}")
    if is_planned(plan, first, second):
        raise CrossingRefusedError("planned_already", f"{first} {second}")
    if not reason.strip():
        raise CrossingRefusedError("no_reason", "")
    # Locked, so that of two who ask at the same time the second learns of the first.
    Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if CrossingRequest.objects.filter(wave=wave, first=first, second=second, state=State.OPEN).exists():
        raise CrossingRefusedError("asked_already", f"{first} {second}")
    request = CrossingRequest.objects.create(
        wave=wave, first=first, second=second, reason=reason.strip(), asked_by=actor
    )
    record_action(actor=actor, verb="ask_for_crossing", subject=wave, first=first, second=second)
    return request


def is_planned(plan: AnalysisPlan, first: str, second: str) -> bool:
    """Whether a plan crosses two groups."""
    return {first, second} in [set(pair) for pair in plan.crossings]


@transaction.atomic
def take_crossing_up(*, request: CrossingRequest, actor: User) -> None:
    """Put the crossing into the plan that is being designed; it is cleared from the version on that has it. Raises
    `CrossingRefusedError`, and `PlanRefusedError` where the plan is changed at the same time."""
    version = _version_of(request)
    row = _held(request)
    questionnaire = read_questionnaire(version.questionnaire_id)
    draft = read_draft(version.questionnaire_id)
    whole = completed_plan(questionnaire, draft.plan)
    if not {row.first, row.second} <= {group.code for group in whole.groups}:
        raise CrossingRefusedError("not_in_draft", str(row))
    if not is_planned(whole, row.first, row.second):
        # Of the complete plan: one that names none is given its crossings, which a single new one would take away.
        crossed = replace(draft.plan, crossings=(*whole.crossings, (row.first, row.second)))
        change_plan(questionnaire=version.questionnaire, plan=crossed, revision=draft.revision, actor=actor)
    _answer(row, State.TAKEN_UP, "", actor)


@transaction.atomic
def decline_crossing(*, request: CrossingRequest, answer: str, actor: User) -> None:
    """Decline a request with a reason. Raises `CrossingRefusedError`."""
    row = _held(request)
    if not answer.strip():
        raise CrossingRefusedError("no_answer", "")
    _answer(row, State.DECLINED, answer.strip(), actor)


def _version_of(request: CrossingRequest) -> QuestionnaireVersion:
    version = request.wave.version
    if version is None:
        raise CrossingRefusedError("not_in_draft", str(request))
    return version


def _held(request: CrossingRequest) -> CrossingRequest:
    row = CrossingRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != State.OPEN:
        raise CrossingRefusedError("answered_already", str(row))
    return row


def _answer(row: CrossingRequest, state: CrossingRequest.State, answer: str, actor: User) -> None:
    row.state, row.answer, row.answered_by, row.answered_at = state, answer, actor, timezone.now()
    row.save()
    record_action(actor=actor, verb="answer_crossing", subject=row.wave, crossing=str(row), state=state.value)
