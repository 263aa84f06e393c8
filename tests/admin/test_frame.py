from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from survey.models import Contact, FrameImport, FrameUnit, SamplingFrame, SizeThreshold, StaffAction
from survey.terms import Role

LISTS = ["samplingframe", "frameunit", "contact", "frameimport", "industry", "district", "sizethreshold"]


@pytest.fixture
def as_role(client: Client, office_user: Callable[[Role | str], User]) -> Callable[..., Any]:
    """The client of a member of staff with this role, in English."""

    def log_in(role: Any) -> Any:
        client.force_login(office_user(role))
        client.cookies["django_language"] = "en"
        return client

    return log_in


def address(name: str, *parts: int | str) -> str:
    return "/".join(["/admin/survey", name, *map(str, parts), ""])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.FIELD_OFFICER])
def test_lists_of_the_frame_are_shown(
    as_role: Callable[..., Any], frame: Callable[..., SamplingFrame], name: str, role: Role
) -> None:
    frame()
    assert as_role(role).get(address(name)).status_code == 200


def test_new_title_leaves_the_number_that_a_job_has_written_meanwhile(
    rf: RequestFactory, frame: Callable[..., SamplingFrame], office_user: Callable[[Role | str], User]
) -> None:
    made, request, pages = frame(), rf.post("/"), site.get_model_admin(SamplingFrame)
    request.user = office_user(Role.ADMINISTRATOR)
    asked: Any = pages.get_form(request, made, change=True)
    form = asked({"_state": asked(instance=made).state(), "title": "Renamed"}, instance=made)
    assert form.is_valid()
    SamplingFrame.objects.update(unit_count=99)
    pages.save_model(request, form.save(commit=False), form, change=True)
    stored = SamplingFrame.objects.get()
    assert (stored.title, stored.unit_count) == ("Renamed", 99)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_firms_and_contacts_are_hidden_from_those_who_see_results(
    as_role: Callable[..., Any], frame: Callable[..., SamplingFrame], name: str, role: Role
) -> None:
    unit = frame().units.all()[0]
    client = as_role(role)
    codes = [client.get(address(name)).status_code, client.get(address(name, unit.pk, "change")).status_code]
    assert codes == [403, 403]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
@pytest.mark.parametrize("name", ["samplingframe", "contact"])
def test_history_is_hidden_from_those_who_see_results(
    as_role: Callable[..., Any], frame: Callable[..., SamplingFrame], name: str, role: Role
) -> None:
    made = frame()
    key = made.pk if name == "samplingframe" else Contact.objects.all()[0].pk
    assert as_role(role).get(address(name, key, "history")).status_code == 403


def test_frame_that_is_loading_is_not_seen(as_role: Callable[..., Any], frame: Callable[..., SamplingFrame]) -> None:
    SamplingFrame.objects.filter(pk=frame(title="Half a frame").pk).update(status="loading")
    client = as_role(Role.ADMINISTRATOR)
    pages = [client.get(address(name)).content.decode() for name in ("samplingframe", "frameunit", "contact")]
    assert ["Half a frame" in pages[0], "企业0001" in pages[1], "联系人0001" in pages[2]] == [False, False, False]
    assert client.get(address("frameunit", FrameUnit.objects.all()[0].pk, "change")).status_code == 302


def test_only_the_title_of_a_frame_is_changed(as_role: Callable[..., Any], frame: Callable[..., SamplingFrame]) -> None:
    made = frame()
    as_role(Role.ADMINISTRATOR).post(address("samplingframe", made.pk, "change"), {"title": "New", "unit_count": 9})
    made.refresh_from_db()
    assert (made.title, made.unit_count) == ("New", 40)


@pytest.mark.parametrize("name", ["samplingframe", "frameunit", "contact", "frameimport"])
def test_nothing_of_a_frame_is_added_by_hand(as_role: Callable[..., Any], name: str) -> None:
    assert as_role(Role.ADMINISTRATOR).get(address(name, "add")).status_code == 403


def test_officer_corrects_a_contact_and_it_is_written_down(
    as_role: Callable[..., Any], frame: Callable[..., SamplingFrame]
) -> None:
    contact = frame().units.all()[0].contact
    as_role(Role.FIELD_OFFICER).post(
        address("contact", contact.pk, "change"), {"name": "新联系人", "email": "", "phone": "1"}
    )
    contact.refresh_from_db()
    assert (contact.name, StaffAction.objects.all()[0].verb, contact.history.count()) == ("新联系人", "change", 1)


def test_officer_changes_no_bound_and_administrator_does(as_role: Callable[..., Any]) -> None:
    bound = SizeThreshold.objects.create(
        group_name="工业", industry_codes="C", indicator="X", large_min=3, medium_min=2, small_min=1
    )
    values = {
        "group_name": "工业",
        "industry_codes": "C",
        "indicator": "X",
        "medium_min": 2,
        "small_min": 1,
        "large_min": 9,
    }
    codes = []
    for role in (Role.FIELD_OFFICER, Role.ADMINISTRATOR):
        codes.append(as_role(role).post(address("sizethreshold", bound.pk, "change"), values).status_code)
        bound.refresh_from_db()
    assert (codes, bound.large_min) == ([403, 302], 9)


def test_help_of_a_bound_says_that_some_are_recalled(as_role: Callable[..., Any]) -> None:
    text = as_role(Role.ADMINISTRATOR).get(address("sizethreshold", "add")).content.decode()
    assert "set down from memory" in text


def test_import_opens_on_its_own_page(as_role: Callable[..., Any]) -> None:
    found = FrameImport.objects.create(title="2026", source_name="list.xlsx")
    response = as_role(Role.FIELD_OFFICER).get(address("frameimport", found.pk, "change"))
    assert response.url == f"/admin/frame-import/{found.pk}/"


def test_import_that_is_not_there_is_not_found(as_role: Callable[..., Any]) -> None:
    assert as_role(Role.FIELD_OFFICER).get(address("frameimport", "nonsense", "change")).status_code == 404


def test_list_of_frames_leads_to_the_import(as_role: Callable[..., Any]) -> None:
    assert "/admin/frame-import/" in as_role(Role.FIELD_OFFICER).get(address("samplingframe")).content.decode()


def test_list_of_firms_needs_as_many_queries_for_many_as_for_few(
    as_role: Callable[..., Any],
    frame: Callable[..., SamplingFrame],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    frame()
    client = as_role(Role.FIELD_OFFICER)
    with django_assert_max_num_queries(15):
        client.get(address("frameunit"))


def test_firms_are_filtered_by_frame(as_role: Callable[..., Any], frame: Callable[..., SamplingFrame]) -> None:
    first, second = frame(units=3), frame(units=5)
    text = as_role(Role.FIELD_OFFICER).get(address("frameunit") + f"?frame__id__exact={second.pk}").content.decode()
    assert (first.unit_count, "5 firms" in text) == (3, True)
