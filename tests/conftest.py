"""What tests of several rooms start from: staff in their roles, a small frame, a wave."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone, translation

from survey.instrument.schema import Text
from survey.models import (
    Case,
    Contact,
    FrameUnit,
    Questionnaire,
    QuestionnaireVersion,
    SamplingFrame,
    Survey,
    Wave,
)
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.fieldwork.sampling import draw_sample
from survey.services.roles import give_role
from survey.terms import Role, WaveStatus
from tests.every_type import give_every_type
from tests.shipped import Content, read_content
from tests.suite_database import (  # noqa: F401 -- found here by every test
    django_db_setup,
    emptied_as_it_was_migrated,
    no_session_is_left,
    parallel_database,
    unguarded,
)
from tests.tiny_survey import TINY, frame_units

# Speed is measured in benchmarks/, never in a test; CI draws the same examples every time.
hypothesis.settings.register_profile(
    "suite", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def kept_results_of_the_suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The cache, stored batches and files that the product has by default, in folders that one worker of the suite
    writes."""
    default = {**settings.CACHES["default"], "LOCATION": str(tmp_path_factory.mktemp("cache"))}
    extract, media = (str(tmp_path_factory.mktemp(name)) for name in ("extract", "media"))
    beside = {**settings.CACHES["extract"], "LOCATION": f"{extract}/beside"}
    with override_settings(CACHES={"default": default, "extract": beside}, EXTRACT_DIR=extract, MEDIA_ROOT=media):
        yield


@pytest.fixture(autouse=True)
def language_of_the_installation() -> None:
    """Every test begins in it: a request leaves its language with the thread, whichever test came before."""
    translation.deactivate()


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


CLASSIFICATIONS = ("fixtures/industries.json", "fixtures/districts.json", "fixtures/size_thresholds.json")


@pytest.fixture
def classified(db: None) -> None:
    """The districts, industries and size bounds that ship with the product, in the database."""
    call_command("loaddata", *CLASSIFICATIONS, verbosity=0)


@pytest.fixture(scope="session")
def classifications(django_db_setup: None, django_db_blocker: Any) -> Classifications:  # noqa: F811 -- as below
    """The same as a value, read once; its primary keys are not in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *CLASSIFICATIONS, verbosity=0)
        read = read_classifications()
        transaction.set_rollback(True)
    return read


@pytest.fixture
def frame(db: None) -> Callable[..., SamplingFrame]:
    """Makes a ready frame: ``frame(units=40)`` firms in turn over two sections, four sizes and two districts."""

    def make(units: int = 40, title: str = "Frame") -> SamplingFrame:
        made = SamplingFrame.objects.create(title=title, status=SamplingFrame.Status.READY, unit_count=units)
        FrameUnit.objects.bulk_create(frame_units(made, units))
        Contact.objects.bulk_create(
            Contact(unit=unit, name=f"联系人{unit.name[2:]}", email=f"firm{unit.pk}@example.org", phone="0755-1234567")
            for unit in made.units.all()
        )
        return made

    return make


@pytest.fixture
def wave(db: None) -> Wave:
    """An open wave without a sample or a questionnaire version."""
    survey = Survey.objects.create(
        code="pain",
        title=Text("工业互联网痛点调查", "Industrial internet pain points"),
        form_number="T1",
        issuing_authority=Text("统计局", "Bureau of Statistics"),
        approval_number="2026-1",
        approval_expires=date(2099, 12, 31),
        contact=Text("0755-7654321", "0755-7654321"),
    )
    now = timezone.now()
    return Wave.objects.create(
        survey=survey,
        code="w1",
        title=Text("第一轮", "Wave one"),
        status=WaveStatus.OPEN.value,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
    )


@pytest.fixture
def small(wave: Wave) -> Questionnaire:
    """A questionnaire that is being designed: one page that asks a severity and a yes or no."""
    made = Questionnaire.objects.create(survey=wave.survey, code="small", title=Text("小问卷", "Small"))
    page = made.sections.create(code="A", title=Text("第一部分", "Part one")).pages.create(
        code="A1", title=Text("第一页", "Page one")
    )
    page.items.create(
        code="pain", type="severity", text=Text("有多严重？", "How serious is it?"), missing=["not_applicable"]
    )
    page.items.create(code="uses", type="yes_no", text=Text("是否使用？", "Is it in use?"), position=2)
    return made


@pytest.fixture
def as_role(client: Client, office_user: Callable[[Role | str], User]) -> Callable[[Role | str], Client]:
    """Logs in a member of staff who reads English: ``as_role(Role.ANALYST)`` is the browser of one."""

    def enter(role: Role | str) -> Client:
        client.force_login(office_user(role))
        client.cookies["django_language"] = "en"
        return client

    return enter


@pytest.fixture
def designer(as_role: Callable[[Role], Client]) -> Client:
    """The browser of a designer."""
    return as_role(Role.DESIGNER)


@pytest.fixture
def field_officer(as_role: Callable[[Role], Client]) -> Client:
    """The browser of a field officer."""
    return as_role(Role.FIELD_OFFICER)


@pytest.fixture
def methodologist(as_role: Callable[[Role], Client]) -> Client:
    """The browser of a methodologist."""
    return as_role(Role.METHODOLOGIST)


@pytest.fixture
def administrator(as_role: Callable[[Role], Client]) -> Client:
    """The browser of an administrator."""
    return as_role(Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def content(django_db_setup: None, django_db_blocker: Any) -> Content:  # noqa: F811 -- a fixture is asked for by its name
    """The shipped questionnaire, read once; it is not in the database."""
    with django_db_blocker.unblock():
        return read_content()


@pytest.fixture
def version(wave: Wave) -> QuestionnaireVersion:
    """The wave's questionnaire: one page with a severity item, a percentage, and a verify rule on it."""
    questionnaire = Questionnaire.objects.create(survey=wave.survey, code="tiny", title=Text("小问卷", "Tiny"))
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, schema=TINY.to_dict(), digest=TINY.digest
    )
    wave.save()
    return wave.version


@pytest.fixture
def cases(wave: Wave, version: QuestionnaireVersion, frame: Callable[..., SamplingFrame]) -> list[Case]:
    """24 cases of the open wave, drawn from 40 firms, by name of the firm."""
    draw_sample(wave=wave, frame=frame(), size=24, method="proportional", seed=5, actor=None)
    return list(Case.objects.filter(wave=wave).order_by("sample_unit__unit__name"))


@pytest.fixture
def case(wave: Wave, frame: Callable[..., SamplingFrame]) -> Case:
    """A case that nobody has begun, with the questionnaire of every item type."""
    give_every_type(wave)
    draw_sample(wave=wave, frame=frame(), size=24, method="proportional", seed=5, actor=None)
    return Case.objects.select_related("wave__survey").filter(wave=wave).order_by("sample_unit__unit__name")[0]
