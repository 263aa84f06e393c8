"""The database itself refuses what the model refuses: another content of a version, or a status out of turn.

``QuestionnaireVersion.save`` and its set guard what passes through them; a bulk update of the base manager, a shell and
another program do not. Deleting needs no trigger: responses and waves hold a version by their foreign keys. A later
migration that lets SQLite make the table anew loses the trigger and has to run ``guard`` again; its test says so.
"""

from typing import Any

from django.db import migrations

TABLE, TRIGGER = "survey_questionnaireversion", "version_never_changes"
CONTENT = ("schema", "digest", "number", "questionnaire_id")
NEXT = {"draft": ("test",), "test": ("fielded", "retired"), "fielded": ("retired",)}
REFUSAL = "A published version never changes. Publish the questionnaire again to make a new version."


def _condition(differs: str) -> str:
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in CONTENT)
    steps = " OR ".join(f"(OLD.status = '{old}' AND NEW.status = '{new}')" for old in NEXT for new in NEXT[old])
    return f"(OLD.status <> 'draft' AND ({changed})) OR (NEW.status <> OLD.status AND NOT ({steps}))"


GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} WHEN {_condition('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        f"CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({_condition('IS DISTINCT FROM')}) "
        f"EXECUTE FUNCTION {TRIGGER}()",
    ),
}
RELEASES = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {TRIGGER}",),
    "postgresql": (f"DROP TRIGGER IF EXISTS {TRIGGER} ON {TABLE}", f"DROP FUNCTION IF EXISTS {TRIGGER}()"),
}


def guard(apps: Any, schema_editor: Any) -> None:
    """Put the trigger on the table."""
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def release(apps: Any, schema_editor: Any) -> None:
    """Take the trigger off the table."""
    for statement in RELEASES[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("survey", "0002_item_messages_and_order"),)

    operations = (migrations.RunPython(guard, release),)
