"""What the office enters of a firm stands in its history, without the names of persons."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Firm, FirmChange, FirmContact, FirmGroup, LocalUnit, SamplingFrame, StaffAction
from survey.register_terms import FactSource
from survey.services.register.editing import edit_firm, name_holding, remove_contact, save_contact, save_local_unit
from survey.services.register.from_frame import register_frame
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def firm(frame: Callable[..., SamplingFrame]) -> Firm:
    register_frame(frame=frame(units=2), actor=None)
    return Firm.objects.order_by("credit_code")[0]


def edit(firm: Firm, officer: User, **values: object) -> list[FirmChange]:
    return edit_firm(firm=firm, values=values, source=FactSource.AUTHORITY, detail="Letter 7", actor=officer)


def test_changed_fact_is_kept_with_its_source(firm: Firm, officer: User) -> None:
    [change] = edit(firm, officer, name="New name", status=firm.status)
    assert (change.field, change.new, change.source, change.detail, change.author) == (
        "name", "New name", "authority", "Letter 7", officer,
    )  # fmt: skip
    assert StaffAction.objects.filter(verb="change_firm").values_list("detail", flat=True).get() == {"fields": ["name"]}


def test_standing_that_stays_keeps_how_it_is_known(firm: Firm, officer: User) -> None:
    known = firm.status_source
    assert edit(firm, officer, status=firm.status) == []
    firm.refresh_from_db()
    assert firm.status_source == known != "authority"
    edit(firm, officer, status="closed")
    firm.refresh_from_db()
    assert (firm.status, firm.status_source) == ("closed", "authority")


def test_nothing_changed_is_written_nowhere(firm: Firm, officer: User) -> None:
    assert edit(firm, officer, name=firm.name) == []
    assert not StaffAction.objects.filter(verb="change_firm").exists()


def test_persons_and_places_come_and_go_with_an_entry_that_names_no_person(firm: Firm, officer: User) -> None:
    before = FirmContact.objects.filter(firm=firm).count()
    contact = save_contact(contact=FirmContact(firm=firm, name="Li Na"), actor=officer)
    assert FirmContact.objects.filter(firm=firm).count() == before + 1
    remove_contact(contact=contact, actor=officer)
    assert FirmContact.objects.filter(firm=firm).count() == before
    save_local_unit(unit=LocalUnit(firm=firm, name="Plant 2"), actor=officer)
    entries = FirmChange.objects.filter(firm=firm, author=officer).order_by("pk").values_list("field", "new", "source")
    assert list(entries) == [("contact", "", "office"), ("contact", "", "office"), ("local_unit", "Plant 2", "office")]
    fields = StaffAction.objects.filter(verb="change_firm").order_by("pk").values_list("detail", flat=True)
    assert list(fields) == [{"fields": ["contact"]}, {"fields": ["contact"]}, {"fields": ["local_unit"]}]


def test_what_is_entered_of_a_firm_stands_with_its_history_or_not_at_all(firm: Firm, officer: User) -> None:
    assert half_written(lambda: edit(firm, officer, name="New name")) == []
    assert half_written(lambda: save_contact(contact=FirmContact(firm=firm, name="Li Na"), actor=officer)) == []
    contact = FirmContact.objects.get(firm=firm, name="Li Na")
    assert half_written(lambda: remove_contact(contact=FirmContact.objects.get(pk=contact.pk), actor=officer)) == []
    assert half_written(lambda: save_local_unit(unit=LocalUnit(firm=firm, name="Plant 2"), actor=officer)) == []


def test_holding_is_named_whole_or_not_at_all(firm: Firm, officer: User) -> None:
    other, group = Firm.objects.exclude(pk=firm.pk)[0], FirmGroup.objects.create(name="Group")
    FirmGroup.objects.create(name="Former", head=firm)
    Firm.objects.filter(pk__in=[firm.pk, other.pk]).update(group=group)
    assert half_written(lambda: name_holding(firm=firm, is_holding=True, actor=officer)) == []
