"""A real mail server for the tests of sending."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.services.mailing.mail_server import MailServer, Port


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """A mail server that the site sends by."""
    server = MailServer()
    port = Port(server)
    port.start()
    settings.EMAIL_BACKEND, settings.SENDS_MAIL = "django.core.mail.backends.smtp.EmailBackend", True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port.port
    settings.DEFAULT_FROM_EMAIL = "survey@office.example.org"
    yield server
    port.stop()
