"""In which queue a job waits, and behind what."""

import pytest
from django_tasks_db.models import DBTaskResult

from survey.jobs.asking import ask_for
from survey.jobs.kinds.cut import CUT
from survey.jobs.kinds.frame_import import CHECK
from survey.jobs.registry import queue_of
from survey.models import Job

pytestmark = pytest.mark.django_db


def test_proof_waits_in_a_queue_of_its_own_and_behind_all() -> None:
    for kind in (CUT, CHECK):
        ask_for(kind, key="1", subject="one", actor=None)
    assert list(DBTaskResult.objects.ready().values_list("queue_name", flat=True)) == ["default", "proofs"]


def test_job_of_a_kind_that_an_upgrade_removed_waits_where_everything_does() -> None:
    assert queue_of(Job(kind="gone")) == "default"
