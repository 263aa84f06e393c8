"""Whether there is a worker at work."""

from datetime import datetime, timedelta

from survey.models import Job, Worker

# A worker says every ten seconds that it lives.
WORKER_SILENCE = timedelta(seconds=60)


def has_worker(now: datetime) -> bool:
    """Whether any worker has given a sign of life lately."""
    return Worker.objects.filter(heartbeat__gte=now - WORKER_SILENCE).exists()


def waits_in_vain(job: Job, now: datetime) -> bool:
    """Whether a job waits although nobody is there to do it."""
    return job.state == Job.State.WAITING and not has_worker(now)
