"""Facts about the installation as a whole."""

from survey.models import Survey


def holds_demonstration() -> bool:
    """Whether the database holds a demonstration survey."""
    return Survey.objects.filter(is_demonstration=True).exists()
