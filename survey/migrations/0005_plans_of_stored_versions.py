"""Versions published before there were plans get theirs, and the database refuses another one from now on.

A version that asks every item that the shipped plan names was made from the shipped questionnaire and gets that plan, as
does its draft. All others keep an empty plan: theirs follows from the questionnaire when it is read.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations, models

TABLE, TRIGGER = "survey_questionnaireversion", "version_plan_never_changes"
CONTENT = ("plan", "plan_digest")
REFUSAL = "A published version never changes. Publish the questionnaire again to make a new version."
SHIPPED = "fixtures/survey_plan.json"


def _condition(differs: str) -> str:
    return f"OLD.status <> 'draft' AND ({' OR '.join(f'NEW.{name} {differs} OLD.{name}' for name in CONTENT)})"


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


def give_plans(apps: Any, schema_editor: Any) -> None:
    """The shipped plan for what was made from the shipped questionnaire."""
    stored = models.QuerySet(apps.get_model("survey", "QuestionnaireVersion"))
    plan = shipped_plan()
    if not plan or not stored.exists():
        return
    points = {point.code: point for point in apps.get_model("survey", "PainPoint").objects.all()}
    drafts: dict[int, Any] = {}
    rows = stored.order_by("number").values_list("pk", "questionnaire_id", "schema")
    for pk, questionnaire, schema in rows.iterator(chunk_size=20):
        asked = items_asked(schema)
        if items_named(plan) <= asked.keys():
            own = own_plan(plan, {code: points.get(asked[code]) for code in items_named(plan)})
            stored.filter(pk=pk).update(plan=own, plan_digest=digest_of(own))
            drafts[questionnaire] = own
    for questionnaire, own in sorted(drafts.items()):
        apps.get_model("survey", "AnalysisPlan").objects.get_or_create(
            questionnaire_id=questionnaire, defaults={"content": own}
        )


def own_plan(plan: Any, points: dict[str, Any]) -> Any:
    """The plan with the names and themes that this installation has given the pain point of each item."""
    known = {code: point for code, point in points.items() if point is not None}
    listed = plan.get("names", {})
    names = {code: {"zh": point.name_zh, "en": point.name_en} for code, point in known.items() if code in listed}
    on_scale = [code for scale in plan["scales"] for code in scale["items"]]
    gathered = [(theme, [code for code in on_scale if _has(known, code, theme)]) for theme in plan.get("themes", ())]
    themes = [{**theme, "items": items} for theme, items in gathered if items]
    own = {"names": {**listed, **names}, "themes": themes}
    return {**plan, **{part: value for part, value in own.items() if value}}


def _has(points: dict[str, Any], item: str, theme: Any) -> bool:
    """Whether an item has a theme; where nothing is known of its pain point, as the shipped plan says."""
    return f"core_{points[item].core_theme}" == theme["code"] if item in points else item in theme["items"]


def digest_of(plan: Any) -> str:
    """SHA-256 of the canonical JSON, as the plan itself gives it."""
    text = json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_plan() -> Any:
    """The content of the shipped plan; empty where this installation ships none."""
    path = Path(settings.BASE_DIR) / SHIPPED
    return json.loads(path.read_text("utf-8"))[0]["fields"]["content"] if path.exists() else {}


def items_named(plan: Any) -> set[str]:
    """The items that the scales of a plan are about."""
    return {item for scale in plan.get("scales", ()) for item in scale["items"]}


def items_asked(schema: Any) -> dict[str, str]:
    """All items of a compiled questionnaire, by code, with the pain point that each is about."""
    pages = [page for section in schema.get("sections", ()) for page in section.get("pages", ())]
    return {item["code"]: item.get("pain_point", "") for page in pages for item in page.get("items", ())}


class Migration(migrations.Migration):
    dependencies = (("survey", "0004_analysis_plan"),)

    operations = (
        migrations.RunPython(give_plans, migrations.RunPython.noop),
        migrations.RunPython(guard, release),
    )
