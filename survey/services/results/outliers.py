"""What the analyst decides of influential values: rows that are only ever added, with reason and author."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Case, OutlierDecision
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.refusals import RefusedError
from survey.weighting_terms import OutlierChoice


class OutlierRefusedError(RefusedError):
    """Why a decision cannot be taken."""

    catalogue = Catalogue(
        entries={
            "no_reason": Entry(_("The decision has no reason."), _("Say why, for those who read the figure later.")),
            "no_choice": Entry(
                _("Nothing was chosen about the influence of the marked values."),
                _("Choose whether they keep their weight or are weighed down."),
            ),
            "no_cutoff": Entry(
                _("A value cannot be weighed down without a cut-off."),
                _("Enter the value from which on it counts less."),
            ),
        }
    )


@transaction.atomic
def decide_outlier(
    *, case: Case, item: str, choice: OutlierChoice, cutoff: float | None, reason: str, author: User
) -> OutlierDecision:
    """Add a decision; it takes the place of an earlier one about the same value. Raises ``OutlierRefusedError``."""
    if not reason.strip():
        raise OutlierRefusedError("no_reason", case.pk)
    if choice is OutlierChoice.WEIGH_DOWN and cutoff is None:
        raise OutlierRefusedError("no_cutoff", case.pk)
    decision = OutlierDecision.objects.create(
        case=case,
        item=item,
        choice=choice.value,
        # A number left in the form beside another choice would read as if it counted.
        cutoff=cutoff if choice is OutlierChoice.WEIGH_DOWN else None,
        reason=reason.strip(),
        author=author,
    )
    chain(decision)
    record_action(actor=author, verb="decide_outlier", subject=case, item=item, choice=choice.value)
    return decision
