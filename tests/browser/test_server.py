"""What the tests in a browser stand on: when their server has ended, nothing of it goes on."""

import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler

from tests.browser.server import ServerThread


@pytest.fixture
def server(parallel_database: None) -> Iterator[ServerThread]:
    made = ServerThread("127.0.0.1", StaticFilesHandler)
    made.start()
    made.is_ready.wait()
    yield made
    made.terminate()


def test_no_thread_outlives_its_server(server: ServerThread) -> None:
    before = set(threading.enumerate())
    with closing(HTTPConnection("127.0.0.1", server.port)) as kept:
        kept.request("GET", "/static/survey/css/office.css")
        reply = kept.getresponse()
        assert (reply.status, reply.headers["Connection"], len(reply.read()) > 0) == (200, None, True)
        # The connection is kept for the next request, as a browser keeps it, and a thread of the server waits for that.
        [waiting] = set(threading.enumerate()) - before
        server.terminate()
    assert not waiting.is_alive()
