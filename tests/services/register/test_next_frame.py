from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Contact, Firm, FrameUnit, Industry, Sample, SamplingFrame, Wave
from survey.register_terms import FactSource
from survey.selectors.register.knowledge import Knowledge, differences_of, differing_units, knowledge_of
from survey.services.firm_changes import Found, change_firm
from survey.services.register.from_frame import register_frame
from survey.services.register.next_frame import NextFrameError, take_out, take_over
from survey.terms import Role
from tests.interrupted import half_written


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def listed(frame: Callable[..., SamplingFrame]) -> SamplingFrame:
    """A list of six firms that the register knows."""
    made = frame(units=6)
    register_frame(frame=made, actor=None)
    return made


def firm(number: int) -> Firm:
    return Firm.objects.order_by("credit_code")[number]


def learn(number: int, source: FactSource = FactSource.FIELDWORK, **values: Any) -> None:
    change_firm(firm=firm(number), values=values, found=Found(source=source, at=timezone.now()))


def test_list_that_was_just_registered_says_all_that_is_known(listed: SamplingFrame) -> None:
    assert knowledge_of(listed) == Knowledge(gone=0, gone_by_fieldwork=0, moved=0, refused=0, differing=0)


def test_closures_are_told_apart_by_who_knows_of_them(listed: SamplingFrame) -> None:
    learn(0, FactSource.REGISTER, status="closed")
    learn(1, FactSource.FIELDWORK, status="closed")
    learn(2, FactSource.FIRM, status="moved")
    known = knowledge_of(listed)
    assert (known.gone, known.gone_by_fieldwork, known.moved) == (1, 1, 1)


def test_finding_of_the_field_is_offered_and_changes_nothing_by_itself(listed: SamplingFrame) -> None:
    learn(0, name="新名有限公司")
    (unit,) = differing_units(listed)
    assert [(each.listed, each.known) for each in differences_of(unit)] == [("企业0000", "新名有限公司")]


def test_what_is_taken_over_stands_in_the_list_with_its_person(listed: SamplingFrame, officer: User) -> None:
    industry = Industry.objects.get(code="65")
    learn(0, name="新名有限公司", industry=industry)
    learn(1, name="不取的名")
    firm(0).contacts.update(name="新联系人")
    unit = differing_units(listed)[0]
    assert take_over(frame=listed, keys=[unit.pk], actor=officer) == 1
    unit.refresh_from_db()
    assert (unit.name, unit.industry, unit.industry_section) == ("新名有限公司", industry, "I")
    assert (Contact.objects.get(unit=unit).name, differing_units(listed).count()) == ("新联系人", 1)
    assert take_over(frame=listed, keys=None, actor=officer) == 1
    assert take_over(frame=listed, keys=None, actor=officer) == 0


def test_only_what_sources_outside_say_is_gone_goes_out(listed: SamplingFrame, officer: User) -> None:
    learn(0, FactSource.REGISTER, status="closed")
    learn(1, FactSource.FIELDWORK, status="closed")
    assert take_out(frame=listed, actor=officer) == 1
    listed.refresh_from_db()
    assert (listed.unit_count, listed.units.count(), firm(0).changes.filter(field="frame").count()) == (5, 5, 1)
    assert take_out(frame=listed, actor=officer) == 0


def test_list_that_was_drawn_from_stays_as_it_was(listed: SamplingFrame, officer: User, wave: Wave) -> None:
    learn(0, FactSource.REGISTER, status="closed", name="新名")
    Sample.objects.create(wave=wave, frame=listed, method="proportional", size=3, seed=1)
    with pytest.raises(NextFrameError):
        take_out(frame=listed, actor=officer)
    with pytest.raises(NextFrameError):
        take_over(frame=listed, keys=None, actor=officer)
    assert (listed.units.count(), FrameUnit.objects.filter(name="新名").count()) == (6, 0)


def test_page_shows_the_rule_and_both_values_and_takes_over(
    client: Client, listed: SamplingFrame, officer: User
) -> None:
    learn(0, name="新名有限公司")
    learn(1, FactSource.REGISTER, status="closed")
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    address = reverse("frame_register", args=[listed.pk])
    text = client.get(address).content.decode()
    assert all(
        words in text for words in ("Take them out before the draw", "新名有限公司", "Take 1 firm out of the list")
    )
    client.post(address, {"all": "1"})
    client.post(address, {"take_out": "1"})
    assert (listed.units.count(), listed.units.filter(name="新名有限公司").count()) == (5, 1)


def test_list_takes_over_and_loses_firms_whole_or_not_at_all(listed: SamplingFrame, officer: User) -> None:
    learn(0, name="新名有限公司")
    learn(1, FactSource.REGISTER, status="closed")
    assert half_written(lambda: take_over(frame=listed, keys=None, actor=officer)) == []
    assert half_written(lambda: take_out(frame=listed, actor=officer)) == []
