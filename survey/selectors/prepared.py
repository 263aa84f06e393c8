"""Queries that every page of a case makes, put into SQL once instead of at every request.

Django compiles a QuerySet anew whenever it is read; for a join of eight tables that takes many times as long as the
database needs to answer. A ``Prepared`` query is compiled when it is first asked and keeps its SQL; afterwards only
the values of its ``Parameter``s change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")
Make = Callable[[list[Any]], Row]


class Parameter(models.Expression):
    """A value that is named when the query is written and given when it is asked; ``field`` says how it is stored."""

    def __init__(self, name: str, field: "models.Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def stored(self, values: Mapping[str, Any], connection: Any) -> Any:
        """The given value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan(Generic[Row]):
    """The SQL of one query for one kind of database, and how its rows are read."""

    sql: str
    parameters: tuple[Any, ...]
    read: Callable[[list[Any]], Iterable[list[Any]]]
    make: Make[Row]

    def rows(self, values: Mapping[str, Any]) -> Iterator[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        given = [part.stored(values, connection) if isinstance(part, Parameter) else part for part in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            # All at once: the cursor is closed before a row is made, and these queries have a handful.
            found = cursor.fetchall()
        return map(self.make, self.read(found))


class PreparedQuery(Generic[Row]):
    """A query of models, or of ``values_list``, whose rows are ``Row``; ``written`` gives its QuerySet."""

    def __init__(self, written: Callable[[], models.QuerySet[Any, Row]]) -> None:
        self.written = written
        self.plans: dict[str, _Plan[Row]] = {}

    def all(self, **values: Any) -> list[Row]:
        """Every row."""
        return list(self._plan().rows(values))

    def first(self, **values: Any) -> Row | None:
        """The first row, if there is one; the query itself should be cut to one row."""
        return next(iter(self.all(**values)), None)

    def _plan(self) -> _Plan[Row]:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        # For each product its own SQL; a race of two threads compiles twice and keeps one of two equal plans.
        if vendor not in self.plans:
            self.plans[vendor] = _planned(self.written())
        return self.plans[vendor]


def _planned(queryset: models.QuerySet[Any, Row]) -> _Plan[Row]:
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    # Of Django's own: `compiler`, its converters and populators have no documented form, which is why all of it stands
    # here.
    sql, parameters = compiler.as_sql()
    reads_models = queryset._iterable_class is ModelIterable
    make: Make[Any] = _makes_models(compiler) if reads_models else tuple
    return _Plan(sql=sql, parameters=tuple(parameters), read=_reads(compiler), make=make)


def _reads(compiler: Any) -> Callable[[list[Any]], Iterable[list[Any]]]:
    """From stored columns to the values of their fields."""
    converters = compiler.get_converters([part[0] for part in compiler.select])
    return partial(compiler.apply_converters, converters=converters) if converters else iter


def _makes_models(compiler: Any) -> Make[Any]:
    """As Django's own ModelIterable reads a row: the model, then those that were selected with it."""
    model, fields = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    # The columns of the model lie side by side, which Django's own reader relies on, too.
    own = slice(fields[0], fields[-1] + 1)
    names = [part[0].target.attname for part in compiler.select[own]]
    related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def make(row: list[Any]) -> Any:
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[own])
        for populator in related:
            populator.populate(row, made)
        return made

    return make
