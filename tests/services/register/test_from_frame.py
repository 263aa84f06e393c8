from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone

from survey.models import Contact, Firm, FirmChange, FirmContact, FrameUnit, SamplingFrame
from survey.register_terms import FactSource
from survey.services.firm_changes import Found, change_firm, note_contact
from survey.services.frame.importing import import_frame
from survey.services.register.from_frame import register_frame
from survey.services.register.units_from_frame import Registered
from tests.frame_lists import CODES, firms
from tests.interrupted import ProcessEnds, ended_at_write

pytestmark = pytest.mark.usefixtures("classified")


def listed(*changes: tuple[int, str, Any], title: str = "名录", rows: tuple[int, ...] = (2, 3, 4)) -> SamplingFrame:
    return import_frame(rows=firms(*changes).loc[list(rows)], title=title, actor=None)


def registered(*changes: tuple[int, str, Any], **given: Any) -> Registered:
    return register_frame(frame=listed(*changes, **given), actor=None)


def first() -> Firm:
    return Firm.objects.get(credit_code=CODES[0])


def test_firms_of_a_list_are_in_the_register_with_their_contact() -> None:
    assert registered() == Registered(new=3, changed=0)
    firm = first()
    assert (firm.name, firm.district.code, firm.industry.code, firm.size_class) == (  # type: ignore[union-attr]
        "甲电子有限公司", "440305", "39", "large",
    )  # fmt: skip
    assert list(firm.contacts.values_list("name", "email", "phone_digits")) == [
        ("王女士", "a@example.com", "075512345678")
    ]
    assert FrameUnit.objects.get(credit_code=CODES[0]).firm == firm


def test_same_frame_again_changes_nothing() -> None:
    frame = listed()
    register_frame(frame=frame, actor=None)
    assert register_frame(frame=frame, actor=None) == Registered(new=0, changed=0)
    assert (Firm.objects.count(), FirmContact.objects.count(), FirmChange.objects.count()) == (3, 2, 0)


def test_news_of_the_next_list_are_taken_over_with_the_list_as_source() -> None:
    registered()
    assert registered((2, "单位名称", "甲科技有限公司"), title="新名录") == Registered(new=0, changed=1)
    (change,) = FirmChange.objects.all()
    assert (first().name, change.field, change.old, change.new, change.source, change.detail) == (
        "甲科技有限公司", "name", "甲电子有限公司", "甲科技有限公司", "list", "新名录",
    )  # fmt: skip


def test_list_that_still_says_what_it_said_does_not_undo_a_finding() -> None:
    registered()
    found = Found(source=FactSource.FIELDWORK, at=timezone.now())
    change_firm(firm=first(), values={"name": "甲新名有限公司"}, found=found)
    assert registered() == Registered(new=0, changed=0)
    assert first().name == "甲新名有限公司"


def test_older_list_that_comes_later_tells_only_the_earlier_name() -> None:
    older = listed((2, "单位名称", "甲旧名有限公司"))
    registered()
    assert register_frame(frame=older, actor=None) == Registered(new=0, changed=0)
    assert (first().name, first().listed.frame.title) == ("甲电子有限公司", "名录")  # type: ignore[union-attr]
    # Told once, however often the list comes.
    register_frame(frame=older, actor=None)
    assert list(FirmChange.objects.values_list("field", "old", "new")) == [("name", "甲旧名有限公司", "甲电子有限公司")]


def test_person_of_the_next_list_replaces_that_of_the_list_before() -> None:
    registered()
    registered((2, "联系人", "周先生"))
    assert [person.name for person in first().contacts.all()] == ["周先生"]


def test_person_corrected_in_the_field_stays_when_the_list_says_the_old_one() -> None:
    registered()
    contact = Contact.objects.get(unit__credit_code=CODES[0])
    contact.phone = "13900000000"
    contact.save()
    note_contact(contact=contact, at=timezone.now(), author=None)
    registered()
    assert [person.phone_digits for person in first().contacts.all()] == ["13900000000"]


def test_frame_stays_a_snapshot() -> None:
    frame = listed()
    register_frame(frame=frame, actor=None)
    change_firm(firm=first(), values={"name": "别名"}, found=Found(source=FactSource.OFFICE, at=timezone.now()))
    assert frame.units.get(credit_code=CODES[0]).name == "甲电子有限公司"


def test_number_of_queries_does_not_grow_with_the_firms(django_assert_max_num_queries: Any) -> None:
    frames = [listed(rows=(2,)), listed()]
    for frame in frames:
        with django_assert_max_num_queries(32):
            register_frame(frame=frame, actor=None)


@pytest.mark.parametrize("number", range(2, 7))
def test_firms_of_a_list_are_registered_with_their_persons_and_tied_or_not_at_all(number: int) -> None:
    frame = listed()
    with suppress(ProcessEnds), ended_at_write(number):
        register_frame(frame=frame, actor=None)
    counts = Firm.objects.count(), FirmContact.objects.count(), frame.units.exclude(firm=None).count()
    assert counts in [(0, 0, 0), (3, 2, 3)]
