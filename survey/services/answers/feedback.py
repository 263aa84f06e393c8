"""What a firm says of the filling-in, kept apart from its answers."""

from django.db import transaction

from survey.models import Case, Feedback, Paradata
from survey.services.answers.responses import lock
from survey.terms import Difficulty, PerceivedBurden

FEEDBACK = "feedback"
"""The event that tells that a firm has given its feedback, and nothing of what it said."""
# Cut and not refused: nobody is to be kept from leaving by a remark that is too long.
LONGEST_REMARK = 1000


@transaction.atomic
def give_feedback(*, case: Case, burden: PerceivedBurden | None, difficulty: Difficulty | None, remark: str) -> bool:
    """Keep one firm's feedback, once for a case; false where nothing is said or it was given before."""
    remark = remark.strip()[:LONGEST_REMARK]
    # Held while it is asked whether feedback was given: a double press must not count one firm's burden twice.
    case = lock(case)
    if not (burden or difficulty or remark) or has_given_feedback(case):
        return False
    # No case in this row: feedback that leads back to a firm would be as polite as the firm thinks it must be (0028).
    Feedback.objects.create(
        wave=case.wave,
        burden=burden.value if burden else "",
        difficulty=difficulty.value if difficulty else "",
        remark=remark,
    )
    Paradata.objects.create(case=case, event=FEEDBACK)
    return True


def has_given_feedback(case: Case) -> bool:
    """Whether the firm has given its feedback already."""
    return case.paradata.filter(event=FEEDBACK).exists()
