"""The analysis plan of a questionnaire changed by its designer."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import AnalysisPlan as StoredPlan
from survey.models import Questionnaire
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class PlanRefusedError(RefusedError):
    """Why the plan is not changed; it stays as it was."""

    catalogue = Catalogue(
        entries={
            "plan_changed": Entry(
                _(
                    "The analysis plan was changed by somebody else since this page was opened, so your change is not "
                    "saved."
                ),
                _("Open the plan again and repeat it."),
            ),
        }
    )


@transaction.atomic
def change_plan(*, questionnaire: Questionnaire, plan: AnalysisPlan, revision: int, actor: User | None) -> StoredPlan:
    """Store ``plan`` as the draft, in place of the one of this ``revision``. Raises ``PlanRefusedError`` when stale."""
    # The questionnaire is locked, not the plan, which may have no row yet.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    row = StoredPlan.objects.filter(questionnaire=questionnaire).first() or StoredPlan(questionnaire=questionnaire)
    # Two designers: the later one would put back what the earlier one has changed.
    if row.revision != revision:
        raise PlanRefusedError("plan_changed", revision)
    content = plan.to_dict()
    # No new revision where nothing changed, so that nobody else's page becomes stale.
    if content == row.content and row.pk:
        return row
    row.content, row.revision = content, row.revision + 1
    row._history_user = actor  # type: ignore[attr-defined]
    row.save()
    record_action(
        actor=actor, verb="change_analysis_plan", subject=questionnaire.code, revision=row.revision, digest=plan.digest
    )
    return row
