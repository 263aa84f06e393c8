"""What an installation of 1.1.0 holds is there, unchanged, after migrating to the newest version."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.dateparse import parse_datetime

from survey import models
from survey.algorithms import canonical_json
from survey.instrument.schema import Questionnaire
from survey.services.design.publishing import compile_questionnaire
from survey.services.roles import give_role
from survey.terms import Role
from tests.upgrade.stored import StoredDatabase

pytestmark = pytest.mark.usefixtures("upgraded")

PAIRS = re.compile(r"(?P<name>\w+)_(?P<language>zh|en)")
TABLE, ROW, CELL, TAG = (
    re.compile(f"(?s){pattern}")
    for pattern in ("<table\\b.*?</table>", "<tr\\b.*?</tr>", "<t[hd]\\b[^>]*>(.*?)</t[hd]>", "<[^>]+>")
)


def values(stored: StoredDatabase, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of every stored row, by primary key."""
    return [tuple(row[name] for name in columns) for _, row in sorted(stored.rows[table].items())]


def texts(stored: StoredDatabase, table: str) -> Iterator[tuple[Any, str, str, str]]:
    """(primary key, field, language, wording) of everything that 1.1.0 held once in Chinese and once in English."""
    for key, row in stored.rows[table].items():
        for column, wording in row.items():
            if found := PAIRS.fullmatch(column):
                yield key, found["name"], found["language"], wording


def wording_of(row: Any, name: str, language: str) -> str:
    """The wording of a field in one language; the group of a size threshold is named in Chinese only."""
    return row.group_name if name == "group" else getattr(getattr(row, name), language)  # type: ignore[no-any-return]


def test_every_answer_is_the_same(stored: StoredDatabase) -> None:
    columns = ("id", "case_id", "version_id", "answers", "reasons", "revision", "status", "is_current", "channel")
    more = ("receipt_number", "submission_key", "return_note", "seconds_spent", "language")
    now = list(models.Response.objects.order_by("pk").values_list(*columns, *more))
    assert now == values(stored, "survey.response", *columns, *more)


def test_what_was_read_before_is_superseded() -> None:
    """The change log begins with the migration that makes it: nothing kept from before it is shown again."""
    assert models.Change.objects.order_by("pk").values_list("kind", flat=True)[0] == "migration"


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_stored_database_holds_responses_of_every_status(status: str) -> None:
    assert models.Response.objects.filter(status=status).exists()


def test_times_of_answers_are_the_same(stored: StoredDatabase) -> None:
    columns = ("started_at", "saved_at", "submitted_at")
    then = [tuple(at and parse_datetime(at) for at in row) for row in values(stored, "survey.response", *columns)]
    assert list(models.Response.objects.order_by("pk").values_list(*columns)) == then


def test_late_answers_are_the_same(stored: StoredDatabase) -> None:
    now = list(models.LateDraft.objects.order_by("pk").values_list("case_id", "answers"))
    assert now == values(stored, "survey.latedraft", "case_id", "answers")


def test_corrections_stand_in_their_order(stored: StoredDatabase) -> None:
    columns = ("id", "response_id", "item", "old", "new", "rule", "reason", "author_id")
    assert list(models.Correction.objects.values_list(*columns)) == values(stored, "survey.correction", *columns)


def test_versions_keep_schema_and_digest(stored: StoredDatabase) -> None:
    columns = ("id", "questionnaire_id", "number", "status", "schema", "digest")
    now = list(models.QuestionnaireVersion.objects.order_by("pk").values_list(*columns))
    assert now == values(stored, "survey.questionnaireversion", *columns)


def test_versions_are_read_as_what_their_digest_says() -> None:
    versions = models.QuestionnaireVersion.objects.all()
    read = {version.pk: Questionnaire.from_dict(version.schema).digest for version in versions}
    assert read == {version.pk: version.digest for version in versions}


@pytest.mark.parametrize("code", ["ii_pain_points", "every_type"])
def test_design_compiles_to_the_version_published_last(code: str) -> None:
    design = models.Questionnaire.objects.get(code=code)
    last = design.versions.order_by("-number")[0]
    assert compile_questionnaire(questionnaire=design) == Questionnaire.from_dict(last.schema)


def test_waves_keep_status_and_version(stored: StoredDatabase) -> None:
    columns = ("id", "survey_id", "code", "version_id", "status", "target_responses")
    assert list(models.Wave.objects.order_by("pk").values_list(*columns)) == values(stored, "survey.wave", *columns)


def test_cases_keep_outcome_and_access_code(stored: StoredDatabase) -> None:
    columns = ("id", "wave_id", "sample_unit_id", "status", "disposition", "code_generation", "code_hash", "is_closed")
    assert list(models.Case.objects.order_by("pk").values_list(*columns)) == values(stored, "survey.case", *columns)


def test_samples_keep_seed_and_weights(stored: StoredDatabase) -> None:
    columns = ("sample_id", "unit_id", "stratum_id", "permanent_random_number", "design_weight")
    now = list(models.SampleUnit.objects.order_by("pk").values_list(*columns))
    assert now == values(stored, "survey.sampleunit", *columns)


def test_releases_keep_content_and_digest(stored: StoredDatabase) -> None:
    columns = ("id", "wave_id", "number", "digest", "content", "created_by_id")
    now = list(models.Release.objects.order_by("pk").values_list(*columns))
    assert now == values(stored, "survey.release", *columns)


def test_releases_bear_the_digest_of_their_content() -> None:
    releases = models.Release.objects.all()
    made = {release.pk: hashlib.sha256(canonical_json(release.content).encode()).hexdigest() for release in releases}
    assert made == {release.pk: release.digest for release in releases}


def test_audit_history_is_the_same(stored: StoredDatabase) -> None:
    columns = ("id", "actor_id", "verb", "subject", "detail")
    now = models.StaffAction.objects.filter(pk__in=stored.rows["survey.staffaction"]).order_by("pk")
    assert list(now.values_list(*columns)) == values(stored, "survey.staffaction", *columns)


@pytest.mark.parametrize("name", ["Case", "Wave", "Survey", "Item", "Option", "EditRule", "QuestionnaireVersion"])
def test_history_rows_are_kept(stored: StoredDatabase, name: str) -> None:
    then = stored.rows[f"survey.historical{name.lower()}"]
    history = getattr(models, name).history.filter(pk__in=then).values_list("history_id", "id", "history_type")
    assert set(history) == {(key, row["id"], row["history_type"]) for key, row in then.items()}


@pytest.mark.parametrize(
    "name",
    ["Survey", "Wave", "Questionnaire", "Section", "Page", "Item", "Option", "EditRule", "Industry", "District"],
)
def test_texts_are_the_same_in_both_languages(stored: StoredDatabase, name: str) -> None:
    rows = getattr(models, name).objects.in_bulk()
    then = {
        (key, name, language): text for key, name, language, text in texts(stored, f"survey.{name.lower()}") if text
    }
    assert {place: wording_of(rows[place[0]], *place[1:]) for place in then} == then


def test_attached_file_opens_for_the_office(
    stored: StoredDatabase, settings: Any, tmp_path: Any, client: Client
) -> None:
    ((path, content),) = stored.files.items()
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(content)
    settings.MEDIA_ROOT = tmp_path
    response = models.Response.objects.get(answers__proof=path.rpartition("/")[2])
    client.force_login(User.objects.get(username="field_officer_1"))
    page = client.get(f"/admin/cases/{response.case_id}/answers/{response.pk}/proof/file/")
    assert (page.status_code, page.getvalue()) == (200, content)


@pytest.mark.parametrize("wave", ["demonstration-before", "demonstration"])
def test_working_figures_show_the_rows_of_then_on_as_many_firms(
    stored: StoredDatabase, client: Client, wave: str
) -> None:
    """Weights follow the methods of today; what every figure rests on is what was stored."""
    # The database of then is kept from one wave to the next.
    methodologist, _created = User.objects.get_or_create(username="methodologist_of_today")
    give_role(user=methodologist, role=Role.METHODOLOGIST)
    client.force_login(methodologist)
    client.cookies["django_language"] = "en"
    page = client.get(f"/admin/dashboard/working/?chapter=all&wave={wave}").content.decode()
    head, *ranking, response_rate = stored.figures[wave]
    assert {row[0]: row[-1] for row in ranking} == ranking_of(page, head)
    assert response_rate in rows_of(page)


def ranking_of(page: str, head: list[str]) -> dict[str, str]:
    """Firms by name in the first table with at least these columns; whom an item asks stands behind its name today."""
    now, *rows = next(rows for rows in map(rows_of, TABLE.findall(page)) if rows and set(head) <= set(rows[0]))
    return {row[0].partition(" (of firms that ")[0]: row[now.index("Firms")] for row in rows}


def rows_of(page: str) -> list[list[str]]:
    """Every row of every table as the texts of its cells."""
    return [[" ".join(TAG.sub(" ", cell).split()) for cell in CELL.findall(row)] for row in ROW.findall(page)]
