"""Database or disk away: 503 with the time to come again, and nothing typed is lost."""

import errno
import logging
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import InternalError, OperationalError, ProgrammingError, connection
from django.test import Client
from django.urls import reverse
from psycopg import errors

from survey.models import Case, Response
from survey.views.operation.outage import outage
from tests.views.firms import PAGE, enter, hidden_state, state_of


@contextmanager
def database_away() -> Iterator[None]:
    """The settings name a database that is not there: a folder (SQLite), a port where nobody listens (PostgreSQL)."""
    connection.close()
    settings = connection.settings_dict
    kept = dict(settings)
    settings.update({"NAME": str(Path(__file__).parent)} if connection.vendor == "sqlite" else {"PORT": "1"})
    try:
        yield
    finally:
        connection.close()
        settings.clear()
        settings.update(kept)


@contextmanager
def no_room(*, past: int) -> Iterator[None]:
    """The operating system lets no file of this process grow past this size (SIGXFSZ is ignored by Python)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (past, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def firm(parallel_database: None, case: Case) -> Client:
    """A firm that has entered, on a database in a file; what goes wrong is answered, not raised."""
    client = Client()
    client.raise_request_exception = False
    enter(client, case)
    return client


def test_page_of_an_absent_database_says_when_to_come_again(firm: Client) -> None:
    with database_away():
        response = firm.get(reverse(PAGE, args=["firm"]))
    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "系统暂时无法保存" in html
    assert "The site cannot save just now" in html


def test_answers_sent_to_an_absent_database_come_back_and_are_saved_later(firm: Client) -> None:
    typed = {**state_of(firm, "firm"), "employees": "20", "has_cloud": "no"}
    with database_away():
        response = firm.post(reverse(PAGE, args=["firm"]), typed)
    html = response.content.decode()
    assert response.status_code == 503
    assert 'name="employees" value="20"' in html
    assert hidden_state(html).items() <= typed.items()
    firm.post(reverse(PAGE, args=["firm"]), typed)
    assert Response.objects.get().answers == {"employees": 20, "has_cloud": "no"}


def test_script_is_told_that_the_database_is_away(firm: Client) -> None:
    with database_away():
        address = reverse("respondent:draft", args=["firm"])
        reply = firm.post(address, {"employees": "2"}, headers={"accept": "application/json"})
    assert (reply.status_code, reply.json(), reply["Retry-After"]) == (503, {"state": "away"}, "30")


def test_session_that_finds_no_room_is_an_outage_and_no_bad_request(firm: Client) -> None:
    typed = {**state_of(firm, "firm"), "employees": "20", "has_cloud": "no"}
    session = firm.session
    session["until"] = 0
    session.save()

    def full(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError("could not extend file: No space left on device")
        return execute(sql, *more)

    with connection.execute_wrapper(full):
        response = firm.post(reverse(PAGE, args=["firm"]), typed)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert 'name="employees" value="20"' in response.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the disk of a PostgreSQL server is not this process's")
def test_answers_that_find_no_room_come_back_and_are_saved_when_there_is(firm: Client) -> None:
    typed = {**state_of(firm, "firm"), "employees": "20", "has_cloud": "no"}
    with no_room(past=4096):
        response = firm.post(reverse(PAGE, args=["firm"]), typed)
    assert (response.status_code, Response.objects.count()) == (503, 0)
    assert 'name="employees" value="20"' in response.content.decode()
    firm.post(reverse(PAGE, args=["firm"]), typed)
    assert Response.objects.get().answers == {"employees": 20, "has_cloud": "no"}


def test_large_post_that_finds_no_room_asks_to_go_back(firm: Client, tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    (tmp_path / "large.pdf").write_bytes(b"x" * 200_000)
    with (tmp_path / "large.pdf").open("rb") as file, no_room(past=20_000):
        response = firm.post(reverse(PAGE, args=["firm"]), {"file": file, "employees": "20"})
    assert response.status_code == 503
    assert "go back in half a minute and send it once more" in response.content.decode()


def test_outage_is_logged_in_one_line(firm: Client, caplog: pytest.LogCaptureFixture) -> None:
    with database_away(), caplog.at_level(logging.ERROR):
        firm.get(reverse(PAGE, args=["firm"]))
    assert [record.getMessage().split(":")[0] for record in caplog.records if record.name != "django.request"] == [
        "Put off"
    ]


@pytest.mark.django_db
def test_error_in_a_query_is_no_outage() -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as wrong, connection.cursor() as cursor:
        cursor.execute("SELEC 1")
    assert outage(wrong.value) == ""


@pytest.mark.django_db(transaction=True)
def test_database_without_tables_is_an_outage_of_sqlite_alone() -> None:
    with pytest.raises((OperationalError, ProgrammingError)) as wrong, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")
    assert outage(wrong.value) == ("database: no such table: nowhere" if connection.vendor == "sqlite" else "")


def raised_by(make: Callable[[], Any]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011 -- any
        make()
    return caught.value


def test_full_disk_is_an_outage_wherever_it_is_met() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    late = RuntimeError("the page could not be made")
    late.__cause__ = full
    assert (outage(full), outage(late)) == ("disk: no room on the disk",) * 2


def test_missing_file_is_no_outage(tmp_path: Path) -> None:
    assert outage(raised_by((tmp_path / "none").read_bytes)) == ""


@pytest.mark.parametrize(
    ("refused", "said"), [(errors.ReadOnlySqlTransaction, "database: refused"), (errors.UniqueViolation, "")]
)
def test_database_that_takes_no_writes_is_an_outage_and_a_row_that_it_refuses_is_none(
    refused: type[Exception], said: str
) -> None:
    raised = InternalError("refused")
    raised.__cause__ = refused()
    assert outage(raised) == said
