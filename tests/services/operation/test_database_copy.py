"""A copy of the database is held against what was counted when it was made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from survey.services.operation.backup_refusals import BackupRefusedError
from survey.services.operation.database_copy import SqliteCopy, difference, run, surroundings


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE firm (id INTEGER PRIMARY KEY)")
        made.execute("CREATE TABLE answer (firm INTEGER REFERENCES firm (id))")
        made.execute("INSERT INTO firm VALUES (1)")
        made.commit()
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(statement)
        opened.commit()


def test_whole_copy_has_nothing_wrong(copy: Path) -> None:
    assert SqliteCopy().check(copy, {"firm": 1, "answer": 0}) == ""


def test_lost_row_is_named_by_its_table(copy: Path) -> None:
    change(copy, "DELETE FROM firm")
    assert SqliteCopy().check(copy, {"firm": 1, "answer": 0}) == "firm has 0 rows instead of 1"


def test_row_that_points_to_nothing_is_found(copy: Path) -> None:
    change(copy, "INSERT INTO answer VALUES (7)")
    assert SqliteCopy().check(copy, {"firm": 1, "answer": 1}) == "a row of answer points to nothing"


def test_table_that_is_missing_has_no_rows() -> None:
    assert (difference({"firm": 0}, {}), difference({"firm": 2}, {})) == ("", "firm has 0 rows instead of 2")


def test_program_that_is_missing_is_named_with_its_package() -> None:
    with pytest.raises(BackupRefusedError, match=r"no_such_program is not installed.*postgresql-client"):
        run("no_such_program")


def test_program_that_fails_is_refused_with_what_it_says() -> None:
    with pytest.raises(BackupRefusedError, match="sh says: server closed"):
        run("sh", "-c", "echo server closed >&2; exit 1")


def test_programs_of_postgresql_ask_for_the_tls_that_the_site_asks_for() -> None:
    options = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "connect_timeout": 5}
    given = {"PASSWORD": "secret", "OPTIONS": options}
    assert surroundings(given) == {
        "PGPASSWORD": "secret", "PGSSLMODE": "verify-full", "PGSSLROOTCERT": "/etc/ca.pem",
    }  # fmt: skip
    assert surroundings({"PASSWORD": "", "OPTIONS": {}}) == {}
