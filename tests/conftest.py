"""What tests of several rooms start from: staff in their roles, a small frame, a wave."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation

from survey.models import Contact, District, FrameUnit, Industry, SamplingFrame, Survey, Wave
from survey.services.roles import give_role
from survey.terms import Role, SizeClass, WaveStatus

SECTIONS = {"C": ("39", "计算机、通信和其他电子设备制造业"), "I": ("65", "软件和信息技术服务业")}


@pytest.fixture
def english() -> Iterator[None]:
    """Messages of services in English, whatever the language of the installation."""
    with translation.override("en"):
        yield


@pytest.fixture
def office_user(db: None) -> Callable[[Role | str], User]:
    """Makes the member of staff with a role: ``office_user(Role.ANALYST)``; the same one when asked again."""

    def make(role: Role | str) -> User:
        user, is_new = User.objects.get_or_create(username=f"{Role(role).value}_1")
        if is_new:
            give_role(user=user, role=Role(role))
        return user

    return make


@pytest.fixture
def frame(db: None) -> Callable[..., SamplingFrame]:
    """Makes a ready frame: ``frame(units=40)`` firms in turn over two sections, four sizes and two districts."""

    def make(units: int = 40, title: str = "Frame") -> SamplingFrame:
        made = SamplingFrame.objects.create(title=title, status=SamplingFrame.Status.READY, unit_count=units)
        FrameUnit.objects.bulk_create(frame_unit(made, number) for number in range(units))
        Contact.objects.bulk_create(
            Contact(unit=unit, name=f"联系人{unit.name[2:]}", email=f"firm{unit.pk}@example.org", phone="0755-1234567")
            for unit in made.units.all()
        )
        return made

    return make


def frame_unit(frame: SamplingFrame, number: int) -> FrameUnit:
    section = "CI"[number % 2]
    division, name = SECTIONS[section]
    parent, _ = Industry.objects.get_or_create(code=section, defaults={"name_zh": "门类" + section})
    industry, _ = Industry.objects.get_or_create(code=division, defaults={"name_zh": name, "parent": parent})
    code = ("440305", "440306")[number // 2 % 2]
    district, _ = District.objects.get_or_create(code=code, defaults={"name_zh": f"区{code}", "name_en": f"D{code}"})
    return FrameUnit(
        frame=frame,
        credit_code=f"91440300MA5{number:06d}X",
        name=f"企业{number:04d}",
        district=district,
        industry=industry,
        industry_section=section,
        size_class=list(SizeClass)[number // 4 % 4].value,
        employees=10 + number,
        revenue=100.0 + 7 * number,
    )


@pytest.fixture
def wave(db: None) -> Wave:
    """An open wave without a sample or a questionnaire version."""
    survey = Survey.objects.create(
        code="pain",
        title_zh="工业互联网痛点调查",
        title_en="Industrial internet pain points",
        form_number="T1",
        issuing_authority_zh="统计局",
        issuing_authority_en="Bureau of Statistics",
        approval_number="2026-1",
        approval_expires=date(2099, 12, 31),
        contact_zh="0755-7654321",
        contact_en="0755-7654321",
    )
    now = timezone.now()
    return Wave.objects.create(
        survey=survey,
        code="w1",
        title_zh="第一轮",
        title_en="Wave one",
        status=WaveStatus.OPEN.value,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
    )
