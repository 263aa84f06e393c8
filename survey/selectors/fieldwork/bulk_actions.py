"""What a member of staff did to many cases last, as long as it can be undone."""

from datetime import timedelta

from django.utils import timezone

from survey.models import BulkAction, Wave
from survey.selectors.fieldwork.territory import Somebody

# Later too much has been changed by others: most of it would be passed over, and nobody knows which.
OFFERED_FOR = timedelta(days=1)
"""So long the list of cases offers to undo it."""


def recent_action(wave: Wave, user: Somebody) -> BulkAction | None:
    """The last action of the user on cases of this wave; None once it was undone, or is older than a day."""
    mine = BulkAction.objects.filter(wave=wave, actor_id=user.pk, at__gt=timezone.now() - OFFERED_FOR)
    # Without what stood there before, which has an entry for each of ten thousand cases.
    last = mine.defer("before").first()
    # The last one alone: undoing an older one first would put back what the newer one has changed since.
    return last if last is not None and last.undone_at is None and last.count else None
