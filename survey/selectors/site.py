"""Facts about the installation as a whole."""

from django.db.models import QuerySet

from survey.models import Survey
from survey.selectors.prepared import PreparedQuery


def holds_demonstration() -> bool:
    """Whether the database holds a demonstration survey."""
    return _DEMONSTRATION.first() is not None


def _demonstration() -> QuerySet[Survey, tuple[int]]:
    return Survey.objects.filter(is_demonstration=True).order_by().values_list("pk")[:1]


_DEMONSTRATION = PreparedQuery(_demonstration)
