"""The server of a browser's tests: when it has ended, nothing of it asks the database any more."""

import socket
from contextlib import suppress
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread


class EndingServer(ThreadedWSGIServer):
    """Ends when each of its threads has answered its request and closed its connection to the database.

    A browser keeps its connections for the next request, and a thread waits at each of them.
    """

    daemon_threads = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        self.open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        for request in list(self.open):
            # No further request is read; the answer to the last one is still written.
            with suppress(OSError):
                request.shutdown(socket.SHUT_RD)
        super().server_close()


class ServerThread(LiveServerThread):
    """Django's, with that server."""

    server_class = EndingServer
