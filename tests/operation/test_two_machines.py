"""Web workers hold no state: two of them behind nginx on one PostgreSQL, and one is killed."""

import gc
import os
import shutil
import socket
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest

from benchmarks import site
from benchmarks.two_machines import Outcome, patiently, run

# .ci/run names the one that it has started.
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = f"tongdian_two_machines_{os.getpid()}"


@pytest.fixture
def database() -> Iterator[str]:
    """The address of an empty database."""
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        pytest.skip("nginx is not installed: on Debian, apt install nginx-light.")
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(f"No PostgreSQL answers at {SERVER}; name another one in POSTGRES_URL.")
    with server:
        server.execute(f"create database {NAME}")
        yield f"{SERVER.rpartition('/')[0]}/{NAME}"
        server.execute(f"drop database {NAME} with (force)")


def test_nothing_acknowledged_is_lost_when_one_of_two_machines_dies(database: str) -> None:
    outcome = run(database, people=4)
    assert outcome.complaint == ""
    assert len(outcome.acknowledged) >= 10


def die_half_way(door: socket.socket) -> None:
    """Begin an answer of ten bytes, and end after three."""
    asked, _ = door.accept()
    with asked:
        asked.recv(65_536)
        asked.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")


def test_a_machine_that_dies_half_way_leaves_no_open_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as door, warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", ResourceWarning)
        port = door.getsockname()[1]
        monkeypatch.setattr(site, "PORT", port)
        dying = Thread(target=die_half_way, args=(door,))
        dying.start()
        assert patiently(site.Browser(), "GET", "/") == (0, "", "")
        dying.join()
        gc.collect()
    # What other tests have left open is not about this machine.
    assert [
        said for said in (str(warning.message) for warning in heard) if f"raddr=('127.0.0.1', {port})" in said
    ] == []


PAGE_OF_A, PAGE_OF_B = ("A", "p1"), ("B", "p1")


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({}, ""),
        ({"stored": {PAGE_OF_A}}, "1 pages that were acknowledged are lost: [('B', 'p1')]"),
        ({"submitted": {"A"}}, "1 of 2 have submitted"),
        ({"served": {"127.0.0.1:1": 9}}, "one machine did all: {'127.0.0.1:1': 9}"),
    ],
)
def test_loss_and_idle_machine_are_told(changed: dict[str, Any], complaint: str) -> None:
    good: dict[str, Any] = {
        "acknowledged": {PAGE_OF_A, PAGE_OF_B},
        "stored": {PAGE_OF_A, PAGE_OF_B},
        "submitted": {"A", "B"},
        "people": {"A", "B"},
        "served": {"127.0.0.1:1": 5, "127.0.0.1:2": 4},
    }
    assert Outcome(**good | changed).complaint == complaint
