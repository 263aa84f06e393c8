"""Setting the same on thousands of cases: one statement for the rows, one for their history, whatever their number."""

from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import CharField, DateTimeField, IntegerField, Value
from django.utils import timezone

from survey.models import Case
from survey.services.fieldwork.cases import BATCH

CHANGED = "~"
"""The type that the history gives to a change."""


@transaction.atomic
def update_cases(keys: list[int], actor: User | None, **values: Any) -> None:
    """Set fields of these cases, each with an entry in its history as saving it would write; values may be expressions
    of what stands in the row."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        portion = ordered[start : start + BATCH]
        # Held in one order everywhere: two officers with overlapping choices wait for each other.
        list(Case.objects.select_for_update(of=("self",)).filter(pk__in=portion).order_by("pk").values_list("pk"))
        Case.objects.filter(pk__in=portion).update(**values)
        _write_history(portion, actor)


def _write_history(keys: list[int], actor: User | None) -> None:
    """Copy the rows as they are now into their history: in the database, since a thousand objects take a second."""
    history = Case.history.model._meta
    about = {
        "history_date": Value(timezone.now(), DateTimeField()),
        "history_change_reason": Value("", CharField()),
        "history_type": Value(CHANGED, CharField()),
        "history_user": Value(actor.pk if actor else None, IntegerField()),
    }
    # The columns of history that copy the case; a column added to the case is copied without a change here.
    kept = [field for field in history.concrete_fields if not field.name.startswith("history_")]
    own = {field.name: Case._meta.get_field(field.name) for field in kept}
    # Ordered, so that entries of one action get their numbers in the order of the cases.
    rows = Case.objects.filter(pk__in=keys).order_by("pk")
    columns = [field.column for field in kept] + [history.get_field(name).column for name in about]
    chosen = rows.annotate(**{f"new_{name}": value for name, value in about.items()})
    query = chosen.values_list(*own, *(f"new_{name}" for name in about))
    sql, parameters = query.query.sql_with_params()
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        # Names of our own tables alone are put into the text; all values are parameters.
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(history.db_table)} ({quoted}) {sql}", parameters)
