"""The database of version 1.1.0, migrated to the newest version, as the default database of these tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.another_database import another_database
from tests.upgrade.stored import StoredDatabase, build_schema, load_rows, read_stored


@pytest.fixture(scope="session")
def stored() -> StoredDatabase:
    return read_stored()


@pytest.fixture(scope="module")
def upgraded(
    stored: StoredDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[None]:
    """Its rows, migrated as ``manage.py migrate`` does it; tests only read them. Per module, so that others have theirs back."""
    with django_db_blocker.unblock(), another_database(tmp_path_factory.mktemp("upgrade")):
        load_rows(build_schema(stored.migrations), stored.rows)
        call_command("migrate", verbosity=0)
        yield
