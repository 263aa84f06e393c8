from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.asking import ask_for
from survey.jobs.registry import JOB_KINDS
from survey.models import Job, StaffAction, Worker
from survey.terms import Role
from tests.jobs.kept_numbers import NUMBERS
from tests.working import work_off


@pytest.fixture(autouse=True)
def numbers_are_a_kind(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    JOB_KINDS["numbers"] = NUMBERS
    yield
    del JOB_KINDS["numbers"]


@pytest.fixture
def log_in(client: Client, office_user: Callable[[Role | str], User]) -> Callable[[Role], Client]:
    def logged_in(role: Role) -> Client:
        client.force_login(office_user(role))
        client.cookies["django_language"] = "en"
        return client

    return logged_in


@pytest.fixture
def job(office_user: Callable[[Role | str], User], tmp_path: Path) -> Job:
    """The numbers 0, 1, 2, asked for by a field officer."""
    paths = {"into": str(tmp_path / "numbers"), "stop": str(tmp_path / "stop")}
    return ask_for(NUMBERS, key="1", subject="three", actor=office_user(Role.FIELD_OFFICER), count=3, **paths)


def page(client: Client, job: Job) -> str:
    return client.get(reverse("job_page", args=[job.pk])).content.decode()


def act(client: Client, job: Job, action: str) -> HttpResponse:
    return cast(HttpResponse, client.post(reverse("job_action", args=[job.pk, action])))


def state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_own_job_is_listed_and_shown(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    assert "three" in officer.get("/admin/jobs/").content.decode()
    assert "The job waits for its turn." in page(officer, job)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.DESIGNER])
def test_job_of_another_is_not_there(log_in: Callable[[Role], Client], job: Job, role: Role) -> None:
    other = log_in(role)
    assert "three" not in other.get("/admin/jobs/").content.decode()
    gets = [other.get(reverse(name, args=[job.pk])).status_code for name in ("job_page", "job_progress", "job_file")]
    posts = [act(other, job, action).status_code for action in ("cancel", "retry")]
    assert (gets, posts, state(job)) == ([404] * 3, [404] * 2, "waiting")


def test_administrator_sees_and_cancels_jobs_of_all(log_in: Callable[[Role], Client], job: Job) -> None:
    administrator = log_in(Role.ADMINISTRATOR)
    assert "field_officer_1" in administrator.get("/admin/jobs/").content.decode()
    act(administrator, job, "cancel")
    assert state(job) == "cancelled"


def test_nobody_is_sent_to_the_login(client: Client, job: Job) -> None:
    for name in ("job_page", "job_progress", "job_file"):
        assert client.get(reverse(name, args=[job.pk]))["Location"].startswith("/admin/login/")
    assert client.get("/admin/jobs/")["Location"].startswith("/admin/login/")
    assert act(client, job, "cancel")["Location"].startswith("/admin/login/")


def test_looking_does_nothing(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    assert officer.get(reverse("job_action", args=[job.pk, "cancel"])).status_code == 405
    assert (act(officer, job, "whatever").status_code, state(job)) == (404, "waiting")


def test_cancelled_job_is_tried_again(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    act(officer, job, "cancel")
    assert "The job was cancelled." in page(officer, job)
    act(officer, job, "retry")
    assert "attempt 2" in page(officer, job)
    work_off()
    assert state(job) == "done"


def test_who_lost_the_right_neither_tries_again_nor_takes_the_file(
    log_in: Callable[[Role], Client], office_user: Callable[[Role | str], User], job: Job
) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    work_off()
    office_user(Role.FIELD_OFFICER).groups.clear()
    assert officer.get(reverse("job_file", args=[job.pk])).status_code == 403
    assert "Download" not in page(officer, job)
    Job.objects.update(state="failed")
    assert (act(officer, job, "retry").status_code, state(job)) == (403, "failed")


@pytest.mark.parametrize("kind", ["microdata", "replicates"])
def test_rows_of_firms_are_not_taken_with_the_right_to_figures(
    log_in: Callable[[Role], Client], job: Job, kind: str
) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    work_off()
    Job.objects.update(kind=kind)
    Group.objects.get(name=Role.FIELD_OFFICER.value).permissions.add(
        Permission.objects.get(codename="view_working_figures")
    )
    assert officer.get(reverse("job_file", args=[job.pk])).status_code == 403


def test_job_of_a_kind_that_is_gone_is_shown_and_does_nothing(log_in: Callable[[Role], Client], job: Job) -> None:
    Job.objects.update(kind="gone", state=Job.State.FAILED, file="job-1")
    client = log_in(Role.FIELD_OFFICER)
    assert client.get(reverse("job_page", args=[job.pk])).status_code == 200
    assert client.post(reverse("job_action", args=[job.pk, "retry"])).status_code == 403
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 403


def test_file_is_taken_and_that_is_written_down(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    assert officer.get(reverse("job_file", args=[job.pk])).status_code == 404
    work_off()
    response = officer.get(reverse("job_file", args=[job.pk]))
    assert (response.content, response["Cache-Control"]) == (b"0\n1\n2\n", "no-store")
    assert "filename*=utf-8''%E6%95%B0%E5%AD%97.txt" in response["Content-Disposition"]
    assert StaffAction.objects.filter(verb="download_job_file").count() == 1


def test_killed_worker_is_seen_on_the_page_without_another_worker(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    Job.objects.update(state="running", heartbeat=timezone.now() - timedelta(seconds=61))
    text = page(officer, job)
    assert ("The worker gave its last sign of life at" in text, "Try again" in text) == (True, True)


def test_progress_is_told_as_json(log_in: Callable[[Role], Client], job: Job) -> None:
    Job.objects.update(state="running", done=1, total=3, step="rows")
    answer = log_in(Role.FIELD_OFFICER).get(reverse("job_progress", args=[job.pk])).json()
    assert answer == {"done": 1, "total": 3, "step": "rows", "state": "running", "is_at_work": True}


def test_page_of_an_open_job_has_bar_script_and_refresh_link(log_in: Callable[[Role], Client], job: Job) -> None:
    Job.objects.update(state="running", done=1, total=3)
    text = page(log_in(Role.FIELD_OFFICER), job)
    for words in ('value="1" max="3"', "progress.js", 'class="refresh"', "Cancel the job"):
        assert words in text
    assert ("style=" in text.split("<main")[-1], "http-equiv" in text) == (False, False)


def test_missing_worker_is_told(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    assert "No worker is at work" in page(officer, job)
    Worker.objects.create(name="one", started_at=timezone.now(), heartbeat=timezone.now())
    assert "No worker is at work" not in page(officer, job)


def test_job_is_told_whether_a_worker_serves_its_queue(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    Worker.objects.create(name="one", started_at=timezone.now(), heartbeat=timezone.now(), queues=",default,")
    Job.objects.update(kind="cut")
    assert "No worker is at work" in page(officer, job)
    Worker.objects.update(queues=",proofs,")
    assert "No worker is at work" not in page(officer, job)


def test_list_is_narrowed_to_a_state(log_in: Callable[[Role], Client], job: Job) -> None:
    officer = log_in(Role.FIELD_OFFICER)
    assert "No job is in this state." in officer.get("/admin/jobs/?state=done").content.decode()
    assert "three" in officer.get("/admin/jobs/?state=waiting").content.decode()


def test_first_page_of_every_role_leads_to_its_jobs(log_in: Callable[[Role], Client]) -> None:
    for role in Role:
        assert 'href="/admin/jobs/"' in log_in(role).get("/admin/").content.decode()
