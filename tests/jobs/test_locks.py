"""Two attempts of one job at the same moment: one given up too early, and the one that follows it."""

import pytest
from django.contrib.auth.models import User

from survey.jobs.work import Work
from survey.models import Job
from tests.at_once import meanwhile

pytestmark = pytest.mark.usefixtures("parallel_database")


def test_step_is_done_once_by_two_attempts_at_once() -> None:
    work = Work(job=Job.objects.create(kind="numbers", key="1", subject="three", state="running"))

    def step() -> str:
        return User.objects.create(username=f"made {User.objects.count()}").username

    def once() -> str:
        return work.once("one", step)

    assert (meanwhile(once, once).result(), User.objects.count()) == ("made 0", 1)
