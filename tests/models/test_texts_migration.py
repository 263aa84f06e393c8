"""A database of the version before keeps every wording when pairs of columns become one value, and when they part."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from survey.instrument.schema import Text
from survey.models import triggers

BEFORE = ("survey", "0006_change_log")
AFTER = ("survey", "0007_texts_as_one_value")
Migrate = Callable[[tuple[str, str]], Any]


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Migrate]:
    """Takes the database to a migration and returns its models; in the end it is up to date again."""

    def to(target: tuple[str, str]) -> Any:
        executor = MigrationExecutor(connection)
        return executor.migrate([target]).apps

    triggers.remove(connection)
    yield to
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "survey"])
    triggers.install(connection)


def test_rows_and_history_are_carried_over_and_back(migrate: Migrate) -> None:
    old = migrate(BEFORE)
    old.get_model("survey", "District").objects.create(code="NS", name_zh='南"山\n区', name_en="Nan\\shan")
    history = old.get_model("survey", "HistoricalOption")
    history.objects.create(id=1, code="a", text_zh="甲", text_en="", history_date="2026-01-01T00:00Z", history_type="+")
    old.get_model("survey", "SizeThreshold").objects.create(
        group_zh="工业", indicator="X", large_min=3, medium_min=2, small_min=1
    )
    new = migrate(AFTER)
    assert new.get_model("survey", "District").objects.get().name == Text('南"山\n区', "Nan\\shan")
    assert new.get_model("survey", "HistoricalOption").objects.get().text == Text("甲")
    assert new.get_model("survey", "SizeThreshold").objects.get().group_name == "工业"
    back = migrate(BEFORE)
    assert back.get_model("survey", "District").objects.values_list("name_zh", "name_en").get() == (
        '南"山\n区',
        "Nan\\shan",
    )
    assert back.get_model("survey", "HistoricalOption").objects.values_list("text_zh", "text_en").get() == ("甲", "")


def test_what_is_carried_over_is_found_whole(migrate: Migrate) -> None:
    migrate(BEFORE).get_model("survey", "District").objects.create(code="NS", name_zh="南山", name_en="Nanshan")
    districts = migrate(AFTER).get_model("survey", "District").objects
    assert districts.filter(name=Text("南山", "Nanshan")).count() == 1
