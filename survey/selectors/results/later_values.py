"""The log of what came after submission, as the pure rooms take it."""

from django.db.models import QuerySet

from survey.instrument.document.corrections import LaterValue
from survey.models import Correction
from survey.terms import ValueState


def later_values(corrections: QuerySet[Correction]) -> dict[int, list[LaterValue]]:
    """By response its entries in the order in which they were made; one query."""
    logs: dict[int, list[LaterValue]] = {}
    for response, item, new, state in corrections.order_by("id").values_list("response_id", "item", "new", "state"):
        logs.setdefault(response, []).append(LaterValue(item=item, value=new, state=ValueState(state)))
    return logs
