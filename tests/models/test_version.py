"""What the database refuses about a version even where the model is passed by; run on SQLite and PostgreSQL."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from survey.models import QuestionnaireVersion, VersionFrozen
from survey.models.version import NEXT, check_status
from survey.terms import VersionStatus

TABLE = "survey_questionnaireversion"
WRITTEN = {
    "schema": json.dumps({"code": "other"}),
    "digest": "0" * 64,
    "number": 9,
    "plan": json.dumps({"threshold": {"firms": 3}}),
    "plan_digest": "0" * 64,
}
content_guard = import_module("survey.migrations.0003_fielded_versions_never_change")
plan_guard = import_module("survey.migrations.0005_plans_of_stored_versions")


def rewrite(version: QuestionnaireVersion, field: str, value: Any) -> None:
    """Past every guard in Python."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {field} = %s WHERE id = %s", [value, version.pk])


def run(step: Any) -> None:
    """A step of the migration, inside the transaction of the test."""
    step(None, connection.SchemaEditorClass(connection))


@pytest.fixture
def stored(version: QuestionnaireVersion) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(pk=version.pk)


@pytest.mark.parametrize("field", WRITTEN)
@pytest.mark.parametrize("status", ["test", "fielded", "retired"])
def test_database_refuses_another_content(stored: QuestionnaireVersion, status: str, field: str) -> None:
    rewrite(stored, "status", status)
    with pytest.raises(IntegrityError, match="A published version never changes"):
        rewrite(stored, field, WRITTEN[field])
    held = QuestionnaireVersion.objects.get(pk=stored.pk)
    assert [getattr(held, name) for name in WRITTEN] == [getattr(stored, name) for name in WRITTEN]


def test_database_refuses_an_update_that_passes_the_model_by(stored: QuestionnaireVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(QuestionnaireVersion).filter(pk=stored.pk).update(digest="0" * 64)


def draft_of(version: QuestionnaireVersion) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire, number=2, schema={}, digest="", status=VersionStatus.DRAFT.value
    )


def test_database_lets_a_draft_change(stored: QuestionnaireVersion) -> None:
    draft = draft_of(stored)
    rewrite(draft, "digest", "1" * 64)
    draft.refresh_from_db()
    assert draft.digest == "1" * 64


@pytest.mark.parametrize("after", VersionStatus)
@pytest.mark.parametrize("before", VersionStatus)
def test_model_and_database_agree_on_how_a_status_moves(
    stored: QuestionnaireVersion, before: VersionStatus, after: VersionStatus
) -> None:
    version = draft_of(stored)
    for status in path_to(before):
        rewrite(version, "status", status.value)
    version.refresh_from_db()
    if after in (before, *NEXT[before]):
        check_status(version, after)
        rewrite(version, "status", after.value)
    else:
        with pytest.raises(VersionFrozen):
            check_status(version, after)
        with pytest.raises(IntegrityError):
            rewrite(version, "status", after.value)


def path_to(status: VersionStatus) -> list[VersionStatus]:
    """How a draft gets to a status, one step after the other."""
    return list(VersionStatus)[1 : list(VersionStatus).index(status) + 1]


def test_saving_the_same_content_with_the_next_status_is_let_through(stored: QuestionnaireVersion) -> None:
    for status in path_to(VersionStatus.RETIRED):
        stored.status = status.value
        stored.save()
    assert QuestionnaireVersion.objects.get(pk=stored.pk).status == VersionStatus.RETIRED


@pytest.mark.parametrize(("migration", "field"), [(content_guard, "digest"), (plan_guard, "plan_digest")])
def test_migration_can_be_taken_back_and_run_again(stored: QuestionnaireVersion, migration: Any, field: str) -> None:
    run(migration.release)
    rewrite(stored, field, "1" * 64)
    run(migration.guard)
    with pytest.raises(IntegrityError):
        rewrite(stored, field, "2" * 64)


@pytest.mark.parametrize("field", ["plan", "plan_digest"])
def test_model_refuses_another_plan(stored: QuestionnaireVersion, field: str) -> None:
    setattr(stored, field, "0" * 64)
    with pytest.raises(VersionFrozen, match="plan"):
        stored.save()
