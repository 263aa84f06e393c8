"""When what is done by the clock was done last."""

from django.db import models


class DueRun(models.Model):
    """One thing that is due again and again: its last run, and until when a run now at work holds it."""

    name = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)
    said = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
