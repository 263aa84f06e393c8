"""A suspicious answer is right after all: it is accepted with a reason, and leaves the queue until it changes."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import EditingDecision, Response
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class EditingRefusedError(RefusedError):
    """Why nothing was decided."""

    catalogue = Catalogue(
        entries={
            "no_reason": Entry(_("The decision has no reason."), _("Say why the answer is right.")),
            "nothing_marked": Entry(_("No answer is marked."), _("Tick the answers that are meant.")),
        }
    )


@transaction.atomic
def accept_answers(*, response: Response, values: Mapping[str, float], reason: str, actor: User) -> int:
    """Accept these values by item: how many were not accepted before. Raises ``EditingRefusedError``."""
    if not values:
        raise EditingRefusedError("nothing_marked", response.pk)
    if not reason.strip():
        raise EditingRefusedError("no_reason", response.pk)
    made = [
        # By its value: an answer that changes later is suspicious anew.
        EditingDecision.objects.get_or_create(
            response=response, item=item, value=value, defaults={"reason": reason.strip(), "author": actor}
        )[1]
        for item, value in sorted(values.items())
    ]
    # Pressed twice, the history tells it once.
    if any(made):
        record_action(actor=actor, verb="accept_answers", subject=response.case, items=sorted(values))
    return sum(made)
