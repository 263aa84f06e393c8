"""The jobs that a member of staff may see: their own; administrators see all."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from survey.models import Job

SEES_ALL = "survey.view_job"
"""The permission, which administrators have as they have every one, to see and end jobs of others."""


def visible_jobs(user: User) -> QuerySet[Job]:
    """Jobs that ``user`` may see, newest first, with who asked."""
    jobs = Job.objects.select_related("asked_by")
    return jobs if user.has_perm(SEES_ALL) else jobs.filter(asked_by=user)
