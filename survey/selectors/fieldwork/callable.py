"""Which firms may be called: silent, open, with a telephone, and not left to a follow-up sample."""

from django.db.models import Q, QuerySet

from survey.casework_terms import FollowUpPart
from survey.models import Case, Wave
from survey.selectors.fieldwork.cases import FIRM
from survey.selectors.fieldwork.today import UNDONE
from survey.terms import Disposition

# A refusal stands until an officer takes the outcome back: firms that are asked twice complain.
FINAL = (Disposition.NOT_ELIGIBLE.value, Disposition.REFUSAL.value, Disposition.OTHER.value)
CALLABLE = (
    UNDONE
    & ~Q(disposition__in=FINAL)
    # Left to the sample: answers from outside of it would not stand for the silent firms (0048).
    & ~Q(follow_up_sample=FollowUpPart.LEFT.value)
    & Q(**{f"{FIRM}__contact__isnull": False})
    & ~Q(**{f"{FIRM}__contact__phone": ""})
)


def may_be_called(wave: Wave) -> QuerySet[Case]:
    """The cases of a wave that a list of calls is made of."""
    return Case.objects.filter(CALLABLE, wave=wave)
