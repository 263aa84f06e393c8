"""What a kind of job is given to work with, and what it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db import transaction

from survey.models import Job, JobStep
from survey.services.operation.jobs import Outcome, note_job_progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One attempt of a job, for the function that does it."""

    job: Job

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for, as JSON."""
        parameters: dict[str, Any] = self.job.parameters
        return parameters

    @property
    def actor(self) -> User | None:
        """Who asked; None for the clock."""
        return self.job.asked_by

    def progress(self, done: int, total: int, step: str = "") -> None:
        """Say how far it is, ``step`` being a message identifier; call it between portions of the work.

        Raises `JobCancelled` or `JobTakenAway`, which the function lets pass once it has tidied up.
        """
        note_job_progress(job=self.job, done=done, total=total, step=step)

    def once(self, name: str, do: Callable[[], T]) -> T:
        """Do a step exactly once over all attempts of the job, and give what it returned (JSON) then.

        The step and the note of it are one transaction: a worker that is killed leaves both or neither. What is not in
        the database (a mail that was handed over) belongs after the step that decides on it.
        """
        with transaction.atomic():
            # The row of the job is locked first, so that an attempt given up too early waits for the other one here.
            Job.objects.select_for_update().get(pk=self.job.pk)
            found = self.job.steps.filter(name=name).first()
            if found is None:
                found = JobStep.objects.create(job=self.job, name=name, result=do())
        # What a step returned comes back as JSON, whose type the database does not know.
        return cast(T, found.result)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job: its name in the database, its label (a message identifier), who may ask for it and see what it
    made (a permission of this app), the function that does it, and the queue in which it waits for a worker.

    The function may be called again for the same job after its worker was killed anywhere: it must then go on or begin
    anew without doing twice what is seen outside (`Work.once`).
    """

    code: str
    label: str
    permission: str
    run: Callable[[Work], Outcome]
    queue: str = Job.Queue.DEFAULT
