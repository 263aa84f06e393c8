"""A mail server in a thread: it takes mail, or refuses, puts off, or breaks the line for the addresses it is told."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

DROPPED = "drop"
PATIENCE = 120
"""Seconds that a loaded machine may take to begin or to hear that a line has ended."""


@dataclass
class MailServer:
    """What it was given, in order; ``answers`` has by address what it says instead of taking mail."""

    taken: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    on_mail: Callable[[str], None] = lambda address: None

    async def handle_RCPT(  # noqa: N802 -- the server looks for this name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        said = self.answers.get(address, "")
        if said and said != DROPPED:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- and for this one
        [address] = envelope.rcpt_tos
        self.taken.append(BytesParser(EmailMessage, policy=default).parsebytes(envelope.content))
        self.on_mail(address)
        if self.answers.get(address) == DROPPED:
            # Taken, and the line breaks before the server can say so.
            server.transport.abort()
        return "250 taken"

    @property
    def addresses(self) -> list[str]:
        """Whom it has mail for, in order."""
        return [str(mail["To"]) for mail in self.taken]


class Port(Controller):
    """A controller on a port that the system chooses, which ends when nobody is on the line any more."""

    def __init__(self, server: MailServer) -> None:
        super().__init__(server, hostname="127.0.0.1", port=0, ready_timeout=PATIENCE)

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        # As the controller does, which waits for a second.
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line:
            line.recv(1024)

    def stop(self, no_assert: bool = False) -> None:
        """A line that was open when its loop ended would be a warning wherever it is collected."""
        asyncio.run_coroutine_threadsafe(_lines_ended(), self.loop).result()
        super().stop(no_assert)


async def _lines_ended() -> None:
    """When everyone has hung up, or after a while."""
    lines = asyncio.all_tasks() - {asyncio.current_task()}
    if lines:
        await asyncio.wait(lines, timeout=PATIENCE)
    # What a task closes is closed in the next rounds of the loop.
    for _ in range(3):
        await asyncio.sleep(0)
