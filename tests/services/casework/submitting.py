"""A firm that has submitted, for what the office does afterwards."""

from typing import Any

from django.utils import timezone

from survey.models import Case, Response
from survey.terms import CaseStatus, Disposition, ResponseStatus
from tests.waves import version_of


def submitted_response(case: Case, **answers: Any) -> Response:
    """The submitted response of a case with these answers; its receipt is ``R-`` and the number of the case."""
    case.status, case.disposition = CaseStatus.SUBMITTED.value, Disposition.COMPLETE.value
    case.save(update_fields=["status", "disposition"])
    return Response.objects.create(
        case=case,
        version=version_of(case.wave),
        answers=answers or {"q_severity": "4", "q_share": 20},
        status=ResponseStatus.SUBMITTED.value,
        receipt_number=f"R-{case.pk}",
        submitted_at=timezone.now(),
    )
