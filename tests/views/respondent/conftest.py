"""The firm that fills in its questionnaire in the tests of this room."""

import pytest
from django.test import Client

from survey.models import Case
from tests.views.firms import enter


@pytest.fixture
def firm(client: Client, case: Case) -> Client:
    """The browser of a firm that has entered its code and reads English."""
    client.cookies["django_language"] = "en"
    enter(client, case)
    return client
