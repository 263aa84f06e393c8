"""Rules erase what they name, and nothing of it is left in the database; the audit chain holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from survey.models import (
    Acceptance,
    AuditEntry,
    Case,
    CaseEntry,
    CaseOutcome,
    CaseWork,
    Contact,
    Correction,
    Cut,
    CutSource,
    EditingDecision,
    Feedback,
    FrameImport,
    Job,
    LateDraft,
    Paradata,
    Release,
    Response,
    RetentionRule,
    ReturnNote,
    StaffAction,
    Wave,
)
from survey.services.audit import record_action
from survey.services.audit_chain import chain, client_at
from survey.services.operation.audit_check import broken_links
from survey.services.operation.erasing import ERASED
from survey.services.operation.retention import WAYS, apply_rules, due_by_rules
from tests.services.operation.planted import PLANTED, planted

Kind = RetentionRule.Kind
LATER = timezone.now() + timedelta(days=400)
"""The wave of the fixtures closes in twenty days."""


@pytest.fixture
def ended(cases: list[Case]) -> Wave:
    wave = cases[0].wave
    Wave.objects.filter(pk=wave.pk).update(status="closed")
    return Wave.objects.get(pk=wave.pk)


@pytest.fixture
def returned(cases: list[Case]) -> Response:
    """A submitted response with the planted text in its answers, a correction and a note."""
    assert cases[0].wave.version is not None
    made = Response.objects.create(
        case=cases[0],
        version=cases[0].wave.version,
        answers={"q_share": 5, "q_text": PLANTED},
        reasons={"v_share": PLANTED},
        return_note=PLANTED,
        status="submitted",
        receipt_number="R-1",
        submitted_at=timezone.now(),
    )
    chain(made)
    author = User.objects.create(username="editor")
    chain(Correction.objects.create(response=made, item="q_text", old=PLANTED, new="x", reason=PLANTED, author=author))
    return made


@pytest.fixture
def rule(ended: Wave) -> Callable[..., RetentionRule]:
    def make(kind: str, days: int = 30) -> RetentionRule:
        survey = ended.survey if kind in RetentionRule.OF_A_SURVEY else None
        return RetentionRule.objects.create(kind=kind, survey=survey, days=days)

    return make


def counts(now: datetime = LATER) -> dict[str, int]:
    return {due.rule.kind: due.count for due in due_by_rules(now)}


def test_every_kind_has_its_way() -> None:
    assert set(WAYS) == set(Kind)


def test_without_a_rule_nothing_is_due(returned: Response, ended: Wave) -> None:
    assert apply_rules(LATER) == []
    assert Contact.objects.count() == 40


def test_nothing_is_due_before_its_days(ended: Wave, rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.CONTACTS, days=30)
    assert counts(ended.closes_at + timedelta(days=30)) == {"contacts": 0}
    assert counts(ended.closes_at + timedelta(days=30, seconds=1))["contacts"] >= 40


def test_open_wave_keeps_its_contacts(ended: Wave, rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.CONTACTS)
    Wave.objects.filter(pk=ended.pk).update(status="open")
    assert counts() == {"contacts": 0}


def test_counting_changes_nothing(returned: Response, rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.CONTACTS)
    due_by_rules(LATER)
    assert Contact.objects.count() == 40


def test_contacts_leave_their_history_too(rule: Callable[..., RetentionRule]) -> None:
    contact = Contact.objects.all()[0]
    contact.name = PLANTED
    contact.save()
    contact.name = "x"
    contact.save()
    rule(Kind.CONTACTS)
    apply_rules(LATER)
    assert (Contact.objects.count(), Contact.history.count()) == (0, 0)


def test_notes_are_emptied(returned: Response, rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.NOTES)
    apply_rules(LATER)
    assert Response.objects.get().return_note == ""


def test_what_was_said_on_the_telephone_and_of_the_filling_in_goes(
    returned: Response, rule: Callable[..., RetentionRule]
) -> None:
    case = returned.case
    CaseEntry.objects.create(case=case, kind="call", text=PLANTED, person=PLANTED, submission_key="k")
    CaseWork.objects.create(case=case, next_action=PLANTED)
    Feedback.objects.create(wave=case.wave, remark=PLANTED)
    ReturnNote.objects.create(response=returned, item="q_text", text=PLANTED)
    Acceptance.objects.create(wave=case.wave, accepted_by=User.objects.get(username="editor"), remark=PLANTED)
    rule(Kind.NOTES)
    [due] = apply_rules(LATER)
    entry = CaseEntry.objects.get()
    assert (due.count, entry.kind, entry.text, entry.person) == (6, "call", "", "")
    assert (CaseWork.objects.get().next_action, Feedback.objects.get().remark) == ("", "")
    assert Acceptance.objects.get().remark == ""
    assert not ReturnNote.objects.exists()
    assert due_by_rules(LATER)[0].count == 0


def test_outcome_stays_without_how_it_was_found_out(returned: Response, rule: Callable[..., RetentionRule]) -> None:
    author = User.objects.get(username="editor")
    CaseOutcome.objects.create(case=returned.case, outcome="refused", source="phone", reason=PLANTED, author=author)
    rule(Kind.NOTES)
    apply_rules(LATER)
    left = CaseOutcome.objects.get()
    assert (left.outcome, left.source, left.reason) == ("refused", "phone", ERASED)
    assert due_by_rules(LATER)[0].count == 0


def test_accepted_value_goes_with_the_raw_return(
    returned: Response, ended: Wave, rule: Callable[..., RetentionRule]
) -> None:
    author = User.objects.get(username="editor")
    for value in (5, 6):
        EditingDecision.objects.create(response=returned, item="q_share", value=value, reason=PLANTED, author=author)
    Release.objects.create(wave=ended, number=1, digest="d", content={}, state="published")
    rule(Kind.RAW_RETURNS)
    apply_rules(LATER)
    left = EditingDecision.objects.values_list("item", "value", "reason")
    assert [(item, value < 0, reason) for item, value, reason in left] == [("q_share", True, ERASED)] * 2


def test_raw_returns_wait_for_a_release(returned: Response, rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.RAW_RETURNS)
    [due] = due_by_rules(LATER)
    assert (due.count, due.held) == (0, 1)
    apply_rules(LATER)
    assert Response.objects.get().answers["q_share"] == 5


def test_raw_returns_are_erased_and_the_chain_holds(
    returned: Response, ended: Wave, rule: Callable[..., RetentionRule]
) -> None:
    Release.objects.create(wave=ended, number=1, digest="d", content={}, state="published")
    LateDraft.objects.create(case=returned.case, answers={"q_text": PLANTED})
    rule(Kind.RAW_RETURNS)
    [due] = apply_rules(LATER)
    left = Response.objects.get()
    correction = Correction.objects.get()
    assert (due.count, left.answers, left.reasons, left.is_current, left.receipt_number) == (2, {}, {}, False, "R-1")
    assert (correction.old, correction.new, correction.item) == (None, None, "q_text")
    assert not LateDraft.objects.exists()
    assert list(broken_links()) == []
    salts = AuditEntry.objects.filter(kind="response").order_by("position").values_list("event", "salt")
    assert [(event, bool(salt)) for event, salt in salts] == [("written", False), ("erased", True)]
    assert due_by_rules(LATER)[0].count == 0


def test_answers_behind_the_figures_of_a_cut_are_counted_and_erased(
    returned: Response, ended: Wave, rule: Callable[..., RetentionRule]
) -> None:
    cut = Cut.objects.create(
        wave=ended, number=1, as_of=timezone.now(), version=returned.version, digest="d", source_digest="s"
    )
    CutSource.objects.create(cut=cut, content=b"answers")
    Release.objects.create(wave=ended, number=1, digest="d", content={}, state="published")
    rule(Kind.RAW_RETURNS)
    assert [due.count for due in apply_rules(LATER)] == [2]
    assert (bytes(CutSource.objects.get().content), counts()) == (b"", {Kind.RAW_RETURNS: 0})


def test_paradata_go(returned: Response, rule: Callable[..., RetentionRule]) -> None:
    Paradata.objects.create(case=returned.case, event="saved")
    rule(Kind.PARADATA)
    apply_rules(LATER)
    assert not Paradata.objects.exists()


def test_files_of_imports_and_exports_go(rule: Callable[..., RetentionRule]) -> None:
    put_in = FrameImport.objects.create(title="x", source_name="x", status="done")
    put_in.stored_file.save("list", ContentFile(b"x"))
    job = Job.objects.create(kind="x", key="x", subject="x", language="en", state="done", ended_at=timezone.now())
    job.file.save("export", ContentFile(b"x"))
    paths = [Path(put_in.stored_file.path), Path(job.file.path)]
    rule(Kind.IMPORT_FILES), rule(Kind.EXPORT_FILES)
    apply_rules(LATER)
    assert [path.exists() for path in paths] == [False, False]
    assert (FrameImport.objects.get().stored_file.name, Job.objects.get().file.name) == ("", "")


def test_addresses_go_and_the_chain_holds(rule: Callable[..., RetentionRule]) -> None:
    with client_at("203.0.113.9"):
        record_action(actor=None, verb="change", subject="x")
    rule(Kind.LOGS)
    apply_rules(LATER)
    assert not AuditEntry.objects.exclude(address="").exists()
    assert list(broken_links()) == []


def test_sessions_that_ran_out_go(rule: Callable[..., RetentionRule]) -> None:
    for key, days in (("old", 0), ("new", 390)):
        Session.objects.create(session_key=key, session_data="x", expire_date=timezone.now() + timedelta(days=days))
    rule(Kind.SESSIONS)
    apply_rules(LATER)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_erasing_is_in_the_audit_history(rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.CONTACTS)
    apply_rules(LATER)
    entry = StaffAction.objects.get(verb="apply_retention")
    assert (entry.subject, entry.detail["kind"]) == ("pain", "contacts")


def test_command_says_first_and_erases_when_asked(rule: Callable[..., RetentionRule]) -> None:
    rule(Kind.CONTACTS, days=0)
    Wave.objects.update(closes_at=timezone.now() - timedelta(days=1))
    out = StringIO()
    call_command("apply_retention", stdout=out)
    assert "Nothing was changed." in out.getvalue()
    assert Contact.objects.exists()
    call_command("apply_retention", "--erase", stdout=out)
    assert not Contact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_planted_byte_is_left(
    parallel_database: None, cases: list[Case], returned: Response, rule: Callable[..., RetentionRule]
) -> None:
    contact = cases[0].sample_unit.unit.contact
    contact.name = PLANTED
    contact.save()
    LateDraft.objects.create(case=returned.case, answers={"q_text": PLANTED})
    Release.objects.create(wave=returned.case.wave, number=1, digest="d", content={}, state="published")
    for kind in (Kind.CONTACTS, Kind.NOTES, Kind.RAW_RETURNS):
        rule(kind, days=0)
    Wave.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert planted() > 0
    call_command("apply_retention", "--erase", stdout=StringIO())
    assert planted() == 0
    assert list(broken_links()) == []
