"""Whoever gets past the triggers is found by the chain, at the place where it breaks first."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from survey.models import AuditChain, AuditEntry, Case, Release, Response, StaffAction, Wave
from survey.services.audit import record_action
from survey.services.audit_chain import chain, client_at, seal
from survey.services.operation.audit_check import BrokenLink, broken_links
from survey.services.results.releases import release_digest

pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def entries(db: None) -> list[AuditEntry]:
    with client_at("203.0.113.9"):
        for verb in ("first", "second", "third"):
            record_action(actor=None, verb=verb, subject="x", firms=3)
    return list(AuditEntry.objects.order_by("position"))


def entry(position: int) -> AuditEntry:
    return AuditEntry.objects.get(scope="staff-0", position=position)


def second_action() -> int:
    return entry(2).object_id


FAULTS: list[tuple[Callable[[], object], int, str]] = [
    (lambda: StaffAction.objects.filter(pk=second_action()).update(detail={"firms": 4}), 2, "was changed past"),
    (lambda: StaffAction.objects.filter(pk=second_action()).delete(), 2, "is not there any more"),
    (lambda: AuditEntry.objects.filter(position=2).update(digest="0" * 64), 2, "the entry was changed"),
    (lambda: AuditEntry.objects.filter(position=2).update(at="2020-01-01T00:00Z"), 2, "the entry was changed"),
    (lambda: AuditEntry.objects.filter(position=2).update(actor_id=7), 2, "the entry was changed"),
    (lambda: AuditEntry.objects.filter(position=2).update(previous="0" * 64), 2, "does not follow"),
    (lambda: AuditEntry.objects.filter(position=2).update(address="192.0.2.1"), 2, "the address was changed"),
    (lambda: AuditEntry.objects.filter(position=2).update(salt=""), 2, "has lost the salt"),
    (lambda: AuditEntry.objects.filter(position=2).delete(), 2, "is missing"),
    (lambda: AuditEntry.objects.filter(position=3).delete(), 2, "should have 3 entries"),
    (lambda: AuditChain.objects.all().delete(), 0, "no end"),
]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(("fault", "position", "what"), FAULTS)
def test_fault_is_named_at_its_place(fault: Callable[[], object], position: int, what: str) -> None:
    fault()
    found = next(broken_links())
    assert (found.scope, found.position) == ("staff-0", position)
    assert what in found.what


@pytest.mark.usefixtures("entries")
def test_end_that_was_cut_off_is_noticed_by_the_seal() -> None:
    seal()
    StaffAction.objects.filter(pk=entry(3).object_id).delete()
    AuditEntry.objects.filter(scope="staff-0", position=3).delete()
    AuditChain.objects.filter(scope="staff-0").update(length=2, last=entry(2).hash)
    [found] = broken_links()
    assert (found.scope, found.position) == ("staff-0", 3)
    assert "sealed at" in found.what


def test_changed_answers_are_named(cases: list[Case]) -> None:
    assert cases[0].wave.version is not None
    response = Response.objects.create(
        case=cases[0], version=cases[0].wave.version, answers={"q_share": 5}, status="submitted"
    )
    place = chain(response)
    Response.objects.filter(pk=response.pk).update(answers={"q_share": 6})
    what = f"response {response.pk} was changed past the product."
    assert list(broken_links()) == [BrokenLink(scope=place.scope, position=place.position, what=what)]


def test_release_that_holds_other_figures_than_it_was_made_with_is_named(wave: Wave) -> None:
    content = {"figures": [1]}
    release = Release.objects.create(wave=wave, number=1, digest=release_digest(content), content=content)
    place = chain(release)
    assert list(broken_links()) == []
    Release.objects.filter(pk=release.pk).update(content={"figures": [2]})
    what = f"release {release.pk} holds other figures than it was made with."
    assert list(broken_links()) == [BrokenLink(scope=place.scope, position=place.position, what=what)]


@pytest.mark.usefixtures("entries")
def test_command_says_that_the_chain_holds() -> None:
    out = StringIO()
    call_command("verify_audit", "--ends", stdout=out)
    assert out.getvalue().splitlines()[-1] == "The audit chain holds: 3 entries."
    assert out.getvalue().splitlines()[0] == f"staff-0 3 {entry(3).hash}"


@pytest.mark.usefixtures("entries")
def test_command_names_the_first_broken_link() -> None:
    AuditEntry.objects.filter(position=2).update(digest="0" * 64)
    with pytest.raises(CommandError, match=r"First broken link: Chain staff-0, entry 2: the entry was changed\."):
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db
def test_command_counts_what_waits_for_the_chain() -> None:
    StaffAction.objects.bulk_create([StaffAction(verb="loaded", subject="x")])
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "1 rows wait to be taken into the chain" in out.getvalue()
