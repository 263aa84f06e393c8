"""Versions that were published before there were plans: whose was the shipped questionnaire, and whose was not."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from survey.models import AnalysisPlan, Questionnaire, QuestionnaireVersion

migration = import_module("survey.migrations.0005_plans_of_stored_versions")
PLAN = {"scales": [{"code": "s", "text": {"zh": "", "en": ""}, "items": ["pain", "uses"], "steps": []}]}


def asks(*items: str) -> dict[str, object]:
    """A compiled questionnaire with these items, as far as the migration reads it."""
    page = {"code": "p", "items": [{"code": item} for item in items]}
    return {"code": "small", "sections": [{"code": "s", "pages": [page]}]}


def publish(questionnaire: Questionnaire, number: int, *items: str) -> QuestionnaireVersion:
    return questionnaire.versions.create(number=number, schema=asks(*items), digest=str(number), status="fielded")


def run() -> None:
    """The migration as it found the database: before its own guard."""
    editor = connection.SchemaEditorClass(connection)
    migration.release(None, editor)
    migration.give_plans(apps, editor)
    migration.guard(None, editor)


def test_version_of_the_shipped_questionnaire_gets_the_shipped_plan(
    small: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "shipped_plan", lambda: PLAN)
    version = publish(small, 1, "uses", "pain", "more")
    run()
    version.refresh_from_db()
    assert (version.plan, AnalysisPlan.objects.get().content) == (PLAN, PLAN)
    assert len(version.plan_digest) == 64


def test_names_and_themes_of_an_office_are_carried_over() -> None:
    """Before there were plans, both were those of the pain points in the database."""
    theme = {"code": "core_data", "items": ["pain"]}
    plan = {
        **PLAN,
        "names": {"pain": {"zh": "", "en": "Pain"}},
        "themes": [theme, {"code": "core_net", "items": ["uses"]}],
    }
    points = {
        "pain": SimpleNamespace(name_zh="痛", name_en="Ache", core_theme=""),
        "uses": SimpleNamespace(name_zh="用", name_en="Use", core_theme="data"),
    }
    own = migration.own_plan(plan, points)
    assert own["names"] == {"pain": {"zh": "痛", "en": "Ache"}}
    assert own["themes"] == [{"code": "core_data", "items": ["uses"]}]
    assert migration.own_plan(plan, {"pain": None, "uses": None}) == plan


def test_version_of_another_questionnaire_keeps_none(small: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "shipped_plan", lambda: PLAN)
    version = publish(small, 1, "pain")
    run()
    version.refresh_from_db()
    assert (version.plan, AnalysisPlan.objects.count()) == ({}, 0)
