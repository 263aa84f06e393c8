"""Work that takes too long for a page: who asked for it, how far it is, how it ended."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work for the worker. The queue holds a task beside it; what people see stands here."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("At work")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Queue(models.TextChoices):
        DEFAULT = "default"
        # What keeps a worker for minutes; nobody waits for it at a page.
        PROOFS = "proofs"

    OPEN = (State.WAITING, State.RUNNING)
    ENDED = (State.DONE, State.FAILED, State.CANCELLED)

    kind = models.CharField(_("kind"), max_length=40)
    # Names the work itself: while a job with this key is open, asking again gives that one.
    key = models.CharField(_("key"), max_length=120)
    subject = models.CharField(_("for"), max_length=200)
    # JSON alone: the worker is another process, and may be of the next version of the program.
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    # Every try has its number; one that was given up may wake again, and must then find that it is no longer meant.
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    task = models.UUIDField(_("task"), null=True, blank=True)
    step = models.CharField(_("step"), max_length=80, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    cancel_asked = models.BooleanField(_("asked to stop"), default=False)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Code and values of a complaint, put into words when shown.
    fault = models.JSONField(_("what went wrong"), default=dict, blank=True)
    page = models.CharField(_("page"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to="jobs", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    file_type = models.CharField(_("type of the file"), max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["state", "heartbeat"], name="job_state_heartbeat")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=["waiting", "running"]), name="one_open_job_of_a_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class JobStep(models.Model):
    """A step that a job has done, written in the transaction that did it: another try of the job passes over it."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=120)
    result = models.JSONField(default=None, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="job_step_once")]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A process that does jobs, as long as it gives signs of life."""

    name = models.CharField(max_length=64, unique=True)
    # Names of queues, each between commas, so that one is found as ",name," whatever the others are called.
    queues = models.CharField(max_length=64, default=",default,proofs,")
    started_at = models.DateTimeField()
    heartbeat = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
