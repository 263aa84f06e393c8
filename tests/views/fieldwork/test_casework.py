import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from survey.models import (
    Case,
    CaseEntry,
    CaseWork,
    Contact,
    Firm,
    FirmContact,
    FrameUnit,
    Response,
    SamplingFrame,
    Survey,
    Territory,
    Wave,
)
from survey.register_terms import FactSource
from survey.services.fieldwork.sampling import draw_sample
from survey.services.firm_changes import Found, change_firm
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.services.casework.submitting import submitted_response


def on_list(client: Client, name: str, **query: str) -> list[int]:
    return [case.pk for case in client.get(reverse("casework"), {"list": name, **query}).context["page"]]


def found(client: Client, text: str) -> list[int]:
    return [case.pk for case in client.get(reverse("case_list"), {"text": text}).context["page"]]


def test_mine_today_is_what_is_due_and_mine(client: Client, officer: User, cases: list[Case]) -> None:
    today = timezone.localdate()
    for case, owner, days in zip(cases, (officer, officer, None), (0, 1, 0), strict=False):
        CaseWork.objects.create(case=case, owner=owner, due_on=today + timedelta(days=days))
    assert on_list(client, "mine") == [cases[0].pk]
    assert sorted(on_list(client, "due")) == sorted([cases[0].pk, cases[2].pk])
    assert sorted(on_list(client, "owned")) == sorted([cases[0].pk, cases[1].pk])


@pytest.mark.usefixtures("officer")
def test_overdue_large_firms_of_a_district(client: Client, cases: list[Case]) -> None:
    Case.objects.update(code_sent_at=timezone.now() - timedelta(days=15))
    large = {case.pk for case in cases if case.sample_unit.unit.size_class == "large"}
    assert large
    assert set(on_list(client, "overdue_large")) == large
    there = cases[0].sample_unit.unit.district
    wanted = {case.pk for case in cases if case.sample_unit.unit.district == there}
    assert set(on_list(client, "overdue", district=there.code)) == wanted
    page = client.get(reverse("casework"), {"list": "overdue", "district": there.code}).context["page"]
    assert page.paginator.count == len(wanted) < len(cases)


@pytest.mark.usefixtures("officer")
def test_sent_back_without_contact_and_written_to_us(client: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(status="returned")
    Contact.objects.filter(unit=cases[1].sample_unit.unit).delete()
    CaseEntry.objects.create(case=cases[2], kind="message", text="Help", submission_key="a")
    lists = [on_list(client, name) for name in ("returned", "no_contact", "letters")]
    assert lists == [[cases[0].pk], [cases[1].pk], [cases[2].pk]]


@pytest.mark.parametrize("name", ["mine", "overdue", "nonsense"])
def test_list_asks_as_often_for_three_rows_as_for_one(
    client: Client, officer: User, cases: list[Case], name: str
) -> None:
    Case.objects.update(code_sent_at=timezone.now() - timedelta(days=15), is_closed=True)
    asked = []
    client.get(reverse("casework"))
    for rows in (1, 3):
        Case.objects.filter(pk__in=[case.pk for case in cases[:rows]]).update(is_closed=False)
        for case in cases[:rows]:
            CaseWork.objects.get_or_create(case=case, owner=officer, due_on=timezone.localdate())
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(reverse("casework"), {"list": name}).context["page"]) == rows
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


@pytest.mark.usefixtures("officer")
def test_telephone_is_its_digits_one_behind_the_other_and_a_receipt_its_beginning(
    client: Client, cases: list[Case]
) -> None:
    for case, phone in zip(cases, ("010 8765-4321", "010-98765/4321", "018765 94321"), strict=False):
        Contact.objects.filter(unit=case.sample_unit.unit).update(phone=phone)
    version = cases[3].wave.version
    assert version is not None
    Response.objects.create(case=cases[3], version=version, receipt_number="2026-0815", answers={})
    wanted = {"87654321": {0, 1}, "0108765": {0}, "2026-0": {3}, "2026-0816": set(), "0815": set()}
    assert {text: {cases.index(Case.objects.get(pk=key)) for key in found(client, text)} for text in wanted} == wanted


@pytest.mark.usefixtures("officer")
def test_firm_is_found_by_whatever_is_known_of_it(client: Client, cases: list[Case]) -> None:
    unit, wanted = cases[4].sample_unit.unit, [cases[4].pk]
    Contact.objects.filter(unit=unit).update(name="欧阳修", phone="010-8765 4321")
    response = submitted_response(cases[4])
    old = FrameUnit.objects.get(pk=unit.pk)
    old.pk, old.name, old.frame = None, "旧名称厂", make_frame(old)
    old.save()
    texts = (unit.credit_code[5:], "欧阳", "87654321", "8765-43", str(response.receipt_number)[:3], "旧名称")
    assert [found(client, text) for text in texts if text != "R-"] == [
        wanted, wanted, wanted, wanted, found(client, "R-"), wanted,
    ]  # fmt: skip


@pytest.mark.usefixtures("officer")
def test_firm_is_found_by_what_only_the_register_knows(client: Client, cases: list[Case]) -> None:
    register_frame(frame=cases[4].sample_unit.sample.frame, actor=None)
    firm = Firm.objects.get(credit_code=cases[4].sample_unit.unit.credit_code)
    FirmContact.objects.create(firm=firm, name="司马光", phone="138 0013-8000")
    for name in ("中间名称厂", "新名称厂"):
        change_firm(firm=firm, values={"name": name}, found=Found(source=FactSource.OFFICE, at=timezone.now()))
        firm.refresh_from_db()
    assert [found(client, text) for text in ("司马光", "13800138000", "中间名称", "新名称")] == [[cases[4].pk]] * 4


def make_frame(unit: FrameUnit) -> Any:
    frame = unit.frame
    frame.pk = None
    frame.save()
    return frame


class TestTerritory:
    def test_officer_sees_the_cases_of_his_districts(self, client: Client, officer: User, cases: list[Case]) -> None:
        mine = cases[0].sample_unit.unit.district
        Territory.objects.create(user=officer, district=mine)
        inside = {case.pk for case in cases if case.sample_unit.unit.district == mine}
        outside = next(case for case in cases if case.pk not in inside)
        listed = {case.pk for case in client.get(reverse("case_list")).context["page"]}
        statuses = [
            client.get(reverse(page, args=[pk])).status_code
            for page, pk in (("case_detail", cases[0].pk), ("case_detail", outside.pk), ("case_offline", outside.pk))
        ]
        assert (listed, statuses) == (inside, [200, 404, 404])

    def test_bulk_action_reaches_no_case_of_another_district(
        self, client: Client, officer: User, cases: list[Case]
    ) -> None:
        mine = cases[0].sample_unit.unit.district
        Territory.objects.create(user=officer, district=mine)
        client.post(reverse("case_action"), {"action": "close", "all": "1", "confirmed": "1", "filters": ""})
        closed = Case.objects.filter(is_closed=True).values_list("sample_unit__unit__district", flat=True)
        assert set(closed) == {mine.pk}

    def test_survey_of_another_team_has_no_cases_here(
        self, client: Client, officer: User, cases: list[Case], office_user: Callable[[Role | str], User]
    ) -> None:
        survey = cases[0].wave.survey
        survey.pk, survey.code = None, "other"
        survey.save()
        Territory.objects.create(user=officer, survey=survey)
        assert client.get(reverse("case_detail", args=[cases[0].pk])).status_code == 404
        assert client.get(reverse("case_list")).context.get("page") is None

    def test_admin_lists_only_own_cases(self, client: Client, officer: User, cases: list[Case]) -> None:
        mine = cases[0].sample_unit.unit.district
        Territory.objects.create(user=officer, district=mine)
        inside = sum(case.sample_unit.unit.district == mine for case in cases)
        pages = [f"admin:survey_{model}_changelist" for model in ("case", "sampleunit")]
        assert [client.get(reverse(page)).context["cl"].result_count for page in pages] == [inside, inside]


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        (("firm", "firm"), "From firms"),
        (("local_unit", "local_unit"), "From local units"),
        (("firm", "local_unit"), "From firms and local units"),
    ],
)
def test_lists_of_several_surveys_name_what_these_ask(
    client: Client, cases: list[Case], frame: Callable[..., SamplingFrame], asked: tuple[str, str], heading: str
) -> None:
    wave, listed = cases[0].wave, frame()
    Survey.objects.update(asks=asked[0])
    listed.lists = asked[1]
    listed.save()
    other = Survey.objects.create(code="other", title=wave.survey.title, approval_expires="2099-12-31", asks=asked[1])
    second = Wave.objects.create(
        survey=other, code="w9", title=wave.title, opens_at=wave.opens_at, closes_at=wave.closes_at
    )
    draw_sample(wave=second, frame=listed, size=24, method="proportional", seed=5, actor=None)
    page = client.get(reverse("casework")).content.decode()
    assert re.search(rf"</span> {heading}</a>", page)
