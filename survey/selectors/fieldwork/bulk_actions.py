"""What a member of staff did to many cases last, as long as it can be undone."""

from datetime import timedelta

from django.utils import timezone

from survey.models import BulkAction, Wave
from survey.selectors.fieldwork.territory import Somebody

OFFERED_FOR = timedelta(days=1)
"""So long the list of cases offers to undo it."""


def recent_action(wave: Wave, user: Somebody) -> BulkAction | None:
    """The last action of the user on cases of this wave; None once it was undone, or is older than a day."""
    mine = BulkAction.objects.filter(wave=wave, actor_id=user.pk, at__gt=timezone.now() - OFFERED_FOR)
    last = mine.defer("before").first()
    return last if last is not None and last.undone_at is None and last.count else None
