"""A database of the version before keeps every wording when pairs of columns become one value, and when they part."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from survey.instrument.schema import Text
from tests.another_database import another_database
from tests.upgrade.stored import build_schema

BEFORE = ("survey", "0006_change_log")
AFTER = ("survey", "0007_texts_as_one_value")
Migrate = Callable[[tuple[str, str]], Any]


@pytest.fixture
def migrate(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Migrate]:
    """Takes an empty database of its own to a migration and returns the models of then.

    The suite's own would go through all migrations since, back and forth, for the one that is looked at.
    """
    with django_db_blocker.unblock(), another_database(tmp_path):
        yield lambda target: build_schema([target])


def test_rows_and_history_are_carried_over_and_back(migrate: Migrate) -> None:
    old = migrate(BEFORE)
    old.get_model("survey", "District").objects.create(code="NS", name_zh='南"山\n区', name_en="Nan\\shan")
    history = old.get_model("survey", "HistoricalOption")
    history.objects.create(id=1, code="a", text_zh="甲", text_en="", history_date="2026-01-01T00:00Z", history_type="+")
    old.get_model("survey", "SizeThreshold").objects.create(
        group_zh="工业", indicator="X", large_min=3, medium_min=2, small_min=1
    )
    new = migrate(AFTER)
    districts = new.get_model("survey", "District").objects
    assert districts.get().name == Text('南"山\n区', "Nan\\shan")
    assert districts.filter(name=Text('南"山\n区', "Nan\\shan")).count() == 1
    assert new.get_model("survey", "HistoricalOption").objects.get().text == Text("甲")
    assert new.get_model("survey", "SizeThreshold").objects.get().group_name == "工业"
    back = migrate(BEFORE)
    assert back.get_model("survey", "District").objects.values_list("name_zh", "name_en").get() == (
        '南"山\n区',
        "Nan\\shan",
    )
    assert back.get_model("survey", "HistoricalOption").objects.values_list("text_zh", "text_en").get() == ("甲", "")
