"""Writes that come with every page saved, put into SQL once as the reads are (see ``survey/selectors/prepared.py``)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery, Query, UpdateQuery

from survey.selectors.prepared import Parameter

Row = TypeVar("Row", bound=models.Model)
Compiled = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class _Write(Generic[Row]):
    """A write of one model, compiled once for each kind of database."""

    model: type[Row]

    @cached_property
    def compiled(self) -> dict[str, Compiled]:
        return {}

    @property
    def is_listened_to(self) -> bool:
        """Whether somebody waits for Django's signals of the model: then Django itself has to write."""
        return pre_save.has_listeners(self.model) or post_save.has_listeners(self.model)

    def execute(self, values: dict[str, Any], make: Callable[[], Query]) -> int:
        """The number of rows written; ``values`` are by column, as the fields hold them."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = _sql_of(make())
        sql, parameters = self.compiled[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [_stored(part, values, connection) for part in parameters])
            return int(cursor.rowcount)


@dataclass(frozen=True)
class PreparedUpdate(_Write[Row]):
    """``row.save(update_fields=names)``; times that keep themselves up to date do so here too."""

    names: tuple[str, ...]

    def save(self, row: Row) -> None:
        """Write the named fields. Raises DatabaseError where the row is gone."""
        if self.is_listened_to:
            row.save(update_fields=self.names)
            return
        # ``pre_save`` sets auto_now fields; without it ``saved_at`` would stay at the first save.
        values = {field.attname: field.pre_save(row, add=False) for field in self.fields}
        # As Django's own save with update_fields does: a row that was deleted meanwhile must not pass for saved.
        if not self.execute({"pk": row.pk, **values}, self.query):
            raise DatabaseError(f"{self.model.__name__} {row.pk} is gone.")

    @cached_property
    def fields(self) -> list[Any]:
        return [self.model._meta.get_field(name) for name in self.names]

    def query(self) -> Query:
        # The base manager: a default manager may hide rows, and a hidden row would count as gone.
        found = self.model._base_manager.filter(pk=Parameter("pk", self.model._meta.pk)).order_by()
        query = found.query.chain(UpdateQuery)
        given = [(field, None, Parameter(field.attname, field)) for field in self.fields]
        query.add_update_fields(given)  # type: ignore[attr-defined]
        return query


@dataclass(frozen=True)
class PreparedInsert(_Write[Row]):
    """``row.save()`` of a new row that nobody reads again at once: its key stays unknown."""

    def save(self, row: Row) -> None:
        """Write the row."""
        if self.is_listened_to:
            row.save(force_insert=True)
            return
        self.execute({field.attname: field.pre_save(row, add=True) for field in self.fields}, self.query)

    @cached_property
    def fields(self) -> list[Any]:
        return [field for field in self.model._meta.concrete_fields if not field.primary_key]

    def query(self) -> Query:
        blank = self.model(**{field.attname: Parameter(field.attname, field) for field in self.fields})
        query = InsertQuery(self.model)
        # Raw: the values of the fields stand for what is given later, and are not worked out now.
        query.insert_values(self.fields, [blank], raw=True)
        return query


def _sql_of(query: Query) -> Compiled:
    written = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
    # INSERT comes as a list of statements, since Django splits large ones; of one row there is one.
    sql, parameters = written[0] if isinstance(written, list) else written
    return sql, tuple(parameters)


def _stored(part: Any, values: dict[str, Any], connection: Any) -> Any:
    if not isinstance(part, Parameter):
        return part
    # By the field, as the ORM does: JSON and times are adapted otherwise on SQLite than on PostgreSQL.
    return part.output_field.get_db_prep_save(values[part.name], connection)
