"""A database as version 1.1.0 left it: its rows, its files and a few figures that its dashboard showed.

``version_1_1_0.jsonl.gz`` holds one JSON document a line, first what belongs to the whole, then one per table. It was
written by the code of 1.1.0 (commit d302483) over a database that its own services filled: two waves of the shipped
questionnaire, one of the questionnaire of every item type and one that is planned, of fictitious firms only. It is never
made again: an installation of 1.1.0 will not change either.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

FILE = Path(__file__).parent / "version_1_1_0.jsonl.gz"


@dataclass(frozen=True, slots=True)
class StoredDatabase:
    """``migrations`` as (app, name); ``files`` by path below MEDIA_ROOT; ``figures`` by wave the rows of its tables.

    ``rows`` are by table, such as "survey.wave", and by primary key.
    """

    migrations: tuple[tuple[str, str], ...]
    files: Mapping[str, bytes]
    figures: Mapping[str, list[list[str]]]
    rows: Mapping[str, Mapping[Any, Mapping[str, Any]]]


def read_stored(path: Path = FILE) -> StoredDatabase:
    """The whole file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        whole, *tables = map(json.loads, lines)
    return StoredDatabase(
        migrations=tuple((app, name) for app, name in whole["migrations"]),
        files={name: content.encode("latin-1") for name, content in whole["files"].items()},
        figures=whole["figures"],
        rows={table["model"]: dict(_by_key(table["columns"], table["rows"])) for table in tables},
    )


def _by_key(columns: list[str], rows: list[list[Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    key = columns.index("history_id") if "history_id" in columns else 0
    yield from ((row[key], dict(zip(columns, row, strict=True))) for row in rows)


def build_schema(nodes: Iterable[tuple[str, str]]) -> Apps:
    """Migrate an empty database to these migrations, one by one; the models as they were then."""
    executor = MigrationExecutor(connection)
    # A new database would take what replaces them and never see the tables of then.
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    targets = [node for node in nodes if node in executor.loader.graph.nodes]
    return executor.migrate(targets).apps


def load_rows(then: Apps, rows: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
    """Store the rows through the models of then, with their keys and their times; foreign keys are checked at the end."""
    with transaction.atomic():
        for label, stored in rows.items():
            model = then.get_model(label)
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateField):
                    field.auto_now = field.auto_now_add = False
            model._base_manager.bulk_create([model(**_typed(model, row)) for row in stored.values()])
    with connection.cursor() as cursor:
        loaded = [then.get_model(label) for label in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)


def _typed(model: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the fields hold them; a JSON document is one already."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if isinstance(fields[name], models.JSONField) else fields[name].to_python(value)
        for name, value in row.items()
    }
