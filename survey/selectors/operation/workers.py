"""Whether there is a worker at work."""

from datetime import datetime, timedelta

from survey.models import Job, Worker

WORKER_SILENCE = timedelta(seconds=60)
"""A worker at work gives a sign of life every ten seconds; one silent for six times as long was killed."""


def has_worker(now: datetime, queue: str = Job.Queue.DEFAULT) -> bool:
    """Whether any worker of the queue has given a sign of life lately."""
    return Worker.objects.filter(queues__contains=f",{queue},", heartbeat__gte=now - WORKER_SILENCE).exists()


def waits_in_vain(job: Job, now: datetime) -> bool:
    """Whether a job of the default queue waits although nobody is there to do it."""
    return job.state == Job.State.WAITING and not has_worker(now)
