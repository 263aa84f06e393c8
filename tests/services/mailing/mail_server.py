"""A mail server in a thread: it takes mail, or refuses, puts off, or breaks the line for the addresses it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

DROPPED = "drop"


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
    """A controller on a port that the system chooses."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
