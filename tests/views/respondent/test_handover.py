"""A section handed to a colleague: what its code opens, and what it does not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.models import Case, Response, SectionHandover
from survey.services.answers.handover import (
    HandoverRefusedError,
    close_handed_on,
    find_handover,
    hand_section_on,
    handover_code,
)
from survey.services.fieldwork.access_codes import derive_code, revoke_code
from tests.every_type import EVERY_TYPE
from tests.views.firms import enter, save

pytestmark = pytest.mark.django_db
FIRST, OTHERS = EVERY_TYPE.sections[0], EVERY_TYPE.sections[1:]
CLOSED = [
    "/form/check/",
    "/form/print/",
    "/form/answers/",
    "/form/receipt/",
    "/form/offline/",
    "/form/offline/workbook/",
]


@pytest.fixture
def handed(case: Case) -> SectionHandover:
    return hand_section_on(case=case, section=FIRST.code, colleague=" Li  Na ", days=7, now=timezone.now())


@pytest.fixture
def colleague(client: Client, handed: SectionHandover) -> Client:
    client.cookies["django_language"] = "en"
    assert client.post("/", {"access_code": handover_code(handed)})["Location"] == "/form/"
    return client


def test_code_opens_its_section_alone(colleague: Client) -> None:
    assert colleague.get(f"/form/page/{FIRST.pages[0].code}/").status_code == 200
    for section in OTHERS:
        for page in section.pages:
            assert colleague.get(f"/form/page/{page.code}/").status_code == 403
            assert colleague.post(f"/form/page/{page.code}/draft/", {}).status_code == 403
    assert Response.objects.count() == 0


@pytest.mark.parametrize("address", CLOSED)
def test_everything_else_is_closed_to_a_colleague(colleague: Client, address: str) -> None:
    assert colleague.get(address).status_code == 403


def test_notice_and_a_longer_session_are_open_to_a_colleague(colleague: Client) -> None:
    assert (colleague.get("/form/notice/").status_code, colleague.post("/form/stay/").status_code) == (200, 200)


def test_colleague_cannot_submit_or_hand_on(colleague: Client) -> None:
    assert colleague.post("/form/submit/", {"revision": "0", "submission_key": "k"}).status_code == 403
    address = f"/form/hand-on/{OTHERS[0].code}/" if OTHERS else f"/form/hand-on/{FIRST.code}/"
    assert colleague.get(address).status_code == 403
    assert colleague.post(address, {"colleague": "Mallory", "days": "7"}).status_code == 403
    assert SectionHandover.objects.count() == 1


def test_hub_of_a_colleague_lists_the_section_alone(colleague: Client) -> None:
    html = colleague.get("/form/").content.decode()
    assert re.findall(r'class="hub-row" href="([^"]*)"', html) == [f"/form/page/{FIRST.pages[0].code}/"]
    assert "/form/check/" not in html


def test_what_a_colleague_saved_is_seen_by_the_firm(colleague: Client, case: Case) -> None:
    save(colleague, "firm", employees="20", has_cloud="no")
    assert Response.objects.get().answers["employees"] == 20
    made = SectionHandover.objects.get()
    assert (made.pages, made.colleague) == (["firm"], "Li Na")
    firm = Client()
    firm.cookies["django_language"] = "en"
    enter(firm, case)
    assert f"Li Na saved 1 of {len(FIRST.pages)} pages" in firm.get("/form/").content.decode()


def test_section_taken_back_ends_the_session_of_the_colleague(
    colleague: Client, case: Case, handed: SectionHandover
) -> None:
    close_handed_on(case=case, handover=handed.pk)
    assert colleague.get("/form/")["Location"] == "/"
    assert find_handover(handover_code(handed), timezone.now()) is None


def test_code_of_a_section_expires(client: Client, handed: SectionHandover) -> None:
    assert find_handover(handover_code(handed), handed.expires_at) is None
    assert find_handover(handover_code(handed), handed.expires_at - timedelta(seconds=1)) == handed
    SectionHandover.objects.update(expires_at=timezone.now())
    assert client.post("/", {"access_code": handover_code(handed)}).status_code == 200


def test_revoking_the_firms_code_closes_what_was_handed_on(
    colleague: Client, case: Case, handed: SectionHandover, admin_user: object
) -> None:
    revoke_code(case=case, actor=admin_user)  # type: ignore[arg-type]
    assert colleague.get("/form/")["Location"] == "/"
    assert find_handover(handover_code(handed), timezone.now()) is None


def test_another_firm_cannot_take_it_back(handed: SectionHandover) -> None:
    other = Case.objects.exclude(pk=handed.case_id)[0]
    close_handed_on(case=other, handover=handed.pk)
    assert not SectionHandover.objects.get().is_taken_back


def test_code_is_not_that_of_the_firm_and_is_not_stored(case: Case, handed: SectionHandover) -> None:
    code = handover_code(handed)
    assert code != derive_code(case)
    assert code.replace("-", "") not in str(SectionHandover.objects.values().get())


@pytest.mark.parametrize(
    ("section", "name", "days", "code"),
    [
        ("none", "Li", 7, "no_section"),
        (FIRST.code, " ", 7, "no_colleague"),
        (FIRST.code, "x" * 61, 7, "no_colleague"),
        (FIRST.code, "Li", 0, "days_out_of_range"),
        (FIRST.code, "Li", 31, "days_out_of_range"),
    ],
)
def test_what_cannot_be_handed_on_says_why(case: Case, section: str, name: str, days: int, code: str) -> None:
    with pytest.raises(HandoverRefusedError) as refusal:
        hand_section_on(case=case, section=section, colleague=name, days=days, now=timezone.now())
    assert refusal.value.complaint.code == code


def test_firm_hands_on_and_takes_back_on_its_page(client: Client, case: Case) -> None:
    client.cookies["django_language"] = "en"
    enter(client, case)
    address = f"/form/hand-on/{FIRST.code}/"
    assert "Enter the name of your colleague" in client.post(address, {"colleague": "", "days": "7"}).content.decode()
    assert client.post(address, {"colleague": "Li Na", "days": "7"})["Location"] == address
    made = SectionHandover.objects.get()
    page = client.get(address)
    html = page.content.decode()
    assert page.context["days"] == (1, 3, 7, 14, 30)
    assert handover_code(made) in html
    assert f"#code={handover_code(made).replace('-', '')}" in html
    client.post(f"{address}take-back/", {"handover": made.pk})
    assert handover_code(made) not in client.get(address).content.decode()
