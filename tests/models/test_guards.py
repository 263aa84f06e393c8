"""The database refuses to change or delete what was submitted, corrected, released or done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from survey.models import (
    AuditChain,
    AuditEntry,
    Case,
    CaseOutcome,
    Correction,
    Cut,
    CutPage,
    CutSource,
    EditingDecision,
    OpenAnswerDecision,
    OutlierDecision,
    Release,
    ReleaseStep,
    Response,
)
from survey.models.guards import GUARDED
from survey.services.audit import record_action


@pytest.fixture
def response(cases: list[Case]) -> Response:
    case = cases[0]
    assert case.wave.version is not None
    return Response.objects.create(
        case=case, version=case.wave.version, answers={"q_share": 5}, status="submitted", submitted_at=timezone.now()
    )


@pytest.fixture
def rows(response: Response) -> dict[str, models.Model]:
    """One final row of each guarded model."""
    author = User.objects.create(username="editor")
    action = record_action(actor=author, verb="change", subject="x")
    cut = Cut.objects.create(
        wave=response.case.wave, number=1, as_of=timezone.now(), version=response.version, digest="d", source_digest="s"
    )
    release = Release.objects.create(wave=response.case.wave, number=1, digest="d", content={}, created_by=author)
    entry = AuditEntry.objects.get(kind="staffaction", object_id=action.pk)
    return {
        "response": response,
        "correction": Correction.objects.create(
            response=response, item="q_share", old=5, new=6, reason="typed wrong", author=author
        ),
        "outlierdecision": OutlierDecision.objects.create(
            case=response.case, item="q_share", choice="keep", reason="is so", author=author
        ),
        "caseoutcome": CaseOutcome.objects.create(
            case=response.case, outcome="refused", source="phone", reason="said so", author=author
        ),
        "editingdecision": EditingDecision.objects.create(
            response=response, item="q_share", value=5, reason="is so", author=author
        ),
        "openanswerdecision": OpenAnswerDecision.objects.create(
            response=response, item="q_text", leaves=True, text="t", written="w", author=author
        ),
        "cut": cut,
        "cutpage": CutPage.objects.create(cut=cut, domain="", tables={}),
        "cutsource": CutSource.objects.create(cut=cut, content=b"c"),
        "release": release,
        "releasestep": ReleaseStep.objects.create(release=release, act="check", by=author),
        "staffaction": action,
        "auditentry": entry,
        "auditchain": AuditChain.objects.get(scope=entry.scope),
    }


def is_refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        return "kept as it is" in str(error)
    return False


CHANGES: list[tuple[str, dict[str, object]]] = [
    ("response", {"answers": {"q_share": 9}}),
    ("response", {"reasons": {"v": "x"}}),
    ("response", {"receipt_number": "R"}),
    ("response", {"submitted_at": None}),
    ("response", {"status": "draft"}),
    ("correction", {"new": 7}),
    ("correction", {"item": "other"}),
    ("outlierdecision", {"choice": "weigh_down", "cutoff": 1.0}),
    ("caseoutcome", {"outcome": "closed"}),
    ("caseoutcome", {"reason": "other"}),
    ("editingdecision", {"item": "other"}),
    ("editingdecision", {"value": 6.0}),
    ("openanswerdecision", {"leaves": False}),
    ("openanswerdecision", {"text": "other"}),
    ("cut", {"about": {"groups": []}}),
    ("cut", {"as_of": timezone.now() - timedelta(days=1)}),
    ("cutpage", {"tables": {"n": 5}}),
    ("cutsource", {"content": b"other"}),
    ("release", {"content": {"tables": {}}}),
    ("release", {"number": 2}),
    ("staffaction", {"detail": {"firms": 1}}),
    ("staffaction", {"verb": "other"}),
    ("releasestep", {"act": "sign"}),
    ("auditentry", {"digest": "0"}),
    ("auditentry", {"salt": "other"}),
    ("auditentry", {"case_id": 1}),
    ("auditchain", {"last": "0"}),
    ("auditchain", {"length": 0}),
]


@pytest.mark.parametrize(("kind", "change"), CHANGES)
def test_change_is_refused(rows: dict[str, models.Model], kind: str, change: dict[str, object]) -> None:
    row = rows[kind]
    assert is_refused(lambda: type(row)._base_manager.filter(pk=row.pk).update(**change))


def test_every_guarded_table_is_tried(rows: dict[str, models.Model]) -> None:
    guarded = {str(one.model._meta.model_name) for one in GUARDED}
    assert guarded == rows.keys() == {kind for kind, _change in CHANGES}


@pytest.mark.parametrize("kind", sorted(str(one.model._meta.model_name) for one in GUARDED))
def test_deleting_is_refused(rows: dict[str, models.Model], kind: str) -> None:
    table, key = rows[kind]._meta.db_table, rows[kind].pk

    # Past Django, which would first see to what hangs on the row.
    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = {key}")

    assert is_refused(delete)


@pytest.mark.parametrize("kind", sorted(str(one.model._meta.model_name) for one in GUARDED))
def test_emptying_is_refused(rows: dict[str, models.Model], kind: str) -> None:
    """As a whole where the database knows that, row by row otherwise."""
    empty = "DELETE FROM {}" if connection.vendor == "sqlite" else "TRUNCATE {} CASCADE"
    # Nothing of the rows just made may be pending, or PostgreSQL empties no table of theirs.
    connection.check_constraints()
    with connection.cursor() as cursor:
        assert is_refused(lambda: cursor.execute(empty.format(rows[kind]._meta.db_table)))


def test_erasing_of_identity_is_refused(response: Response) -> None:
    erased = {"erased_at": timezone.now(), "answers": {}, "receipt_number": "other"}
    assert is_refused(lambda: Response.objects.filter(pk=response.pk).update(**erased))


def test_answers_are_erased_with_a_later_time_alone(response: Response) -> None:
    first = timezone.now()
    erase = Response.objects.filter(pk=response.pk).update
    assert not is_refused(lambda: erase(erased_at=first, answers={}))
    assert is_refused(lambda: erase(answers={"q_share": 9}))
    assert is_refused(lambda: erase(erased_at=first, answers={"q_share": 9}))
    assert is_refused(lambda: erase(erased_at=None))


def test_salt_and_address_can_be_emptied(rows: dict[str, models.Model]) -> None:
    entries = AuditEntry.objects.filter(pk=rows["auditentry"].pk)
    assert not is_refused(lambda: entries.update(salt="", address="", address_salt=""))


def test_submitted_response_can_be_returned_and_superseded(response: Response) -> None:
    assert not is_refused(lambda: Response.objects.filter(pk=response.pk).update(status="returned", is_current=False))


def test_submitted_response_can_be_taken_back_and_put_back(response: Response) -> None:
    rows = Response.objects.filter(pk=response.pk)
    assert not is_refused(lambda: rows.update(status="taken_back", is_current=False))
    assert is_refused(lambda: rows.update(status="draft"))
    assert is_refused(lambda: rows.update(status="returned"))
    assert not is_refused(lambda: rows.update(status="submitted", is_current=True))


def test_draft_is_changed_and_deleted_freely(cases: list[Case]) -> None:
    assert cases[1].wave.version is not None
    draft = Response.objects.create(case=cases[1], version=cases[1].wave.version)
    assert not is_refused(lambda: Response.objects.filter(pk=draft.pk).update(answers={"q_share": 1}))
    assert not is_refused(lambda: draft.delete())
