from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, Firm, FirmChange, FirmContact, FirmGroup, SamplingFrame, StaffAction, Territory
from survey.register_terms import FactSource
from survey.selectors.register.firms import FirmFilter, found_firms
from survey.services.firm_changes import Found, change_firm
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.at_once import meanwhile
from tests.interrupted import half_written

LIST = "/admin/firms/"


@pytest.fixture
def firms(frame: Callable[..., SamplingFrame]) -> list[Firm]:
    """Six firms of one list."""
    register_frame(frame=frame(units=6), actor=None)
    return list(Firm.objects.order_by("name"))


def page(client: Client, firm: Firm) -> str:
    return client.get(reverse("firm_page", args=[firm.pk])).content.decode()


def typed(client: Client, firm: Firm, **changed: Any) -> dict[str, Any]:
    """What the form of a firm posts, with these values changed."""
    form = client.get(reverse("firm_edit", args=[firm.pk])).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return {**fields, "source": "register", "_state": form.state(), **changed}


def edit(client: Client, firm: Firm, **changed: Any) -> Any:
    return client.post(reverse("firm_edit", args=[firm.pk]), typed(client, firm, **changed))


@pytest.mark.usefixtures("officer")
def test_officer_is_told_whether_the_firm_was_changed(client: Client, firms: list[Firm]) -> None:
    assert client.get(reverse("firm_edit", args=[firms[0].pk])).status_code == 200
    said = []
    for _time in range(2):
        edit(client, firms[0], name="新名")
        said.append(page(client, firms[0]))
    assert [("The firm is changed." in one, "Nothing was changed." in one) for one in said] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "text", ["企业0003", "000003X", "91440300MA5000003", "联系人0003", "zhang@else", "0755 1234567"]
)
def test_firm_is_found_by_what_the_officer_has_at_hand(firms: list[Firm], text: str) -> None:
    FirmContact.objects.exclude(firm=firms[3]).update(phone_digits="")
    FirmContact.objects.filter(firm=firms[3]).update(email="zhang@elsewhere.cn")
    assert list(found_firms(FirmFilter(text=text), among=Firm.objects.all(), by_contact=True)) == [firms[3]]


def test_firm_is_found_by_its_old_name(firms: list[Firm]) -> None:
    change_firm(firm=firms[0], values={"name": "新名"}, found=Found(source=FactSource.OFFICE, at=timezone.now()))
    assert [
        firm.name for firm in found_firms(FirmFilter(text="企业0000"), among=Firm.objects.all(), by_contact=False)
    ] == ["新名"]


def test_person_is_not_looked_for_without_the_right(firms: list[Firm]) -> None:
    assert list(found_firms(FirmFilter(text="联系人0003"), among=Firm.objects.all(), by_contact=False)) == []


def test_officer_sees_the_firms_of_the_own_districts_alone(field_officer: Client, firms: list[Firm]) -> None:
    own, other = firms[0], next(firm for firm in firms if firm.district != firms[0].district)
    Territory.objects.create(user=User.objects.get(), district=own.district)
    text = field_officer.get(LIST).content.decode()
    assert (own.name in text, other.name in text) == (True, False)
    pages = ("firm_page", "firm_edit", "firm_delegate")
    assert {field_officer.get(reverse(name, args=[other.pk])).status_code for name in pages} == {404}
    assert field_officer.get(reverse("firm_page", args=[own.pk])).status_code == 200


def test_list_is_filtered_by_standing_and_counts(field_officer: Client, firms: list[Firm]) -> None:
    Firm.objects.filter(pk=firms[0].pk).update(status="closed")
    text = field_officer.get(LIST, {"status": "closed"}).content.decode()
    assert ("企业0000" in text, "企业0001" in text, "1 firm<" in text) == (True, False, True)


def test_list_asks_as_many_queries_for_six_firms_as_for_one(field_officer: Client, firms: list[Firm]) -> None:
    field_officer.get(LIST)
    with CaptureQueriesContext(connection) as of_one:
        field_officer.get(LIST, {"text": "企业0003"})
    with CaptureQueriesContext(connection) as of_six:
        field_officer.get(LIST)
    assert len(of_one) == len(of_six) <= 14


def test_page_of_a_firm_shows_waves_and_burden(field_officer: Client, cases: list[Case]) -> None:
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    firm = Firm.objects.get(frame_units__sample_units__case=cases[0])
    text = page(field_officer, firm)
    assert ("Wave one" in text, "Burden by year" in text, cases[0].sample_unit.unit.contact.name in text) == (
        True, True, True,
    )  # fmt: skip


def test_edit_keeps_what_was_and_where_it_is_known_from(field_officer: Client, firms: list[Firm]) -> None:
    assert edit(field_officer, firms[0], name="改名有限公司", status="closed", detail="No. 12").status_code == 302
    firm = Firm.objects.get(pk=firms[0].pk)
    assert (firm.name, firm.status, firm.status_source) == ("改名有限公司", "closed", "register")
    assert {(row.field, row.old, row.new, row.detail) for row in firm.changes.all()} == {
        ("name", "企业0000", "改名有限公司", "No. 12"),
        ("status", "active", "closed", "No. 12"),
    }
    assert StaffAction.objects.get(verb="change_firm").detail == {"fields": ["name", "status"]}


def test_edit_pressed_twice_is_one_change(field_officer: Client, firms: list[Firm]) -> None:
    sent = typed(field_officer, firms[0], name="改名有限公司")
    answers = [field_officer.post(reverse("firm_edit", args=[firms[0].pk]), sent).status_code for _ in range(2)]
    assert (answers, firms[0].changes.count()) == ([302, 409], 1)


def test_stale_edit_shows_both_values(field_officer: Client, firms: list[Firm]) -> None:
    sent = typed(field_officer, firms[0], name="我的名字")
    Firm.objects.filter(pk=firms[0].pk).update(name="别人的名字")
    answer = field_officer.post(reverse("firm_edit", args=[firms[0].pk]), sent)
    text = answer.content.decode()
    assert (answer.status_code, "别人的名字" in text, "我的名字" in text) == (409, True, True)
    assert Firm.objects.get(pk=firms[0].pk).name == "别人的名字"


def test_merger_needs_the_firm_that_takes_its_place(field_officer: Client, firms: list[Firm]) -> None:
    refused = edit(field_officer, firms[0], status="merged")
    assert (refused.status_code, "takes its place" in refused.content.decode()) == (422, True)
    assert edit(field_officer, firms[0], status="merged", other="91440300MA5999999X").status_code == 422
    assert edit(field_officer, firms[0], status="merged", other=firms[0].credit_code).status_code == 422
    assert edit(field_officer, firms[0], status="merged", other=firms[1].credit_code).status_code == 302
    assert Firm.objects.get(pk=firms[0].pk).successor == firms[1]
    assert firms[0].name in page(field_officer, firms[1])


def test_group_is_made_by_its_name_and_lists_its_firms(field_officer: Client, firms: list[Firm]) -> None:
    edit(field_officer, firms[0], new_group="甲集团")
    edit(field_officer, firms[1], group=FirmGroup.objects.get().pk)
    assert firms[1].name in page(field_officer, firms[0])


def test_holding_of_a_group_is_named_on_its_firms_and_goes_with_it(field_officer: Client, firms: list[Firm]) -> None:
    edit(field_officer, firms[0], new_group="甲集团", is_holding="on")
    group = FirmGroup.objects.get()
    edit(field_officer, firms[1], group=group.pk)
    assert group.head == firms[0]
    assert f'Holding: <a href="{reverse("firm_page", args=[firms[0].pk])}">' in page(field_officer, firms[1])
    assert "Holding of the group" in page(field_officer, firms[0])
    edit(field_officer, firms[0], group="", is_holding="")
    group.refresh_from_db()
    assert group.head is None
    assert FirmChange.objects.filter(firm=firms[0], field="holding").count() == 2


def test_holding_without_a_group_is_said_at_its_field(field_officer: Client, firms: list[Firm]) -> None:
    refused = edit(field_officer, firms[0], is_holding="on")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["is_holding"])


def test_contact_is_added_changed_and_taken_away(field_officer: Client, firms: list[Firm]) -> None:
    person = {"name": "李会计", "role": "bookkeeper", "phone": "138-0013-8000", "language": "en", "channel": "sms"}
    field_officer.post(reverse("firm_contact", args=[firms[0].pk, 0]), {**person, "position": 2})
    added = FirmContact.objects.get(name="李会计")
    assert (added.firm, added.phone_digits) == (firms[0], "13800138000")
    field_officer.post(reverse("firm_contact", args=[firms[0].pk, added.pk]), {"remove": "1"})
    assert (firms[0].contacts.count(), firms[0].changes.filter(field="contact").count()) == (1, 2)


def test_contact_of_another_firm_is_not_there(field_officer: Client, firms: list[Firm]) -> None:
    other = firms[1].contacts.get()
    assert field_officer.get(reverse("firm_contact", args=[firms[0].pk, other.pk])).status_code == 404


def test_wrong_telephone_is_said_at_the_field(field_officer: Client, firms: list[Firm]) -> None:
    answer = field_officer.post(reverse("firm_contact", args=[firms[0].pk, 0]), {"name": "甲", "phone": "无"})
    assert (answer.status_code, "0755-12345678" in answer.content.decode()) == (422, True)


def test_local_unit_is_added_once_and_closed(field_officer: Client, firms: list[Firm]) -> None:
    address = reverse("firm_local_unit", args=[firms[0].pk])
    answers = [field_officer.post(address, {"name": "坪山分厂"}).status_code for _ in range(2)]
    unit = firms[0].local_units.get()
    field_officer.post(address, {"toggle": unit.pk})
    unit.refresh_from_db()
    assert (answers, unit.is_active) == ([302, 422], False)


def test_firm_and_whether_it_is_the_holding_are_changed_together_or_not_at_all(
    field_officer: Client, firms: list[Firm]
) -> None:
    Firm.objects.filter(pk=firms[0].pk).update(group=FirmGroup.objects.create(name="Group"))
    changed = typed(field_officer, firms[0], name="新名", is_holding="on")
    assert half_written(lambda: field_officer.post(reverse("firm_edit", args=[firms[0].pk]), changed)) == []
    assert (Firm.objects.get(pk=firms[0].pk).name, FirmGroup.objects.get().head) == ("新名", firms[0])


@pytest.mark.usefixtures("parallel_database")
def test_of_two_who_change_a_firm_in_the_same_moment_the_second_is_shown_both_values(
    field_officer: Client, firms: list[Firm], office_user: Callable[[Role | str], User]
) -> None:
    address, other = reverse("firm_edit", args=[firms[0].pk]), Client()
    other.force_login(office_user(Role.FIELD_OFFICER))
    first, second = (typed(field_officer, firms[0], name=name) for name in ("新名", "别名"))
    answer = meanwhile(lambda: field_officer.post(address, first), lambda: other.post(address, second)).result()
    assert (answer.status_code, Firm.objects.get(pk=firms[0].pk).name) == (409, "新名")
