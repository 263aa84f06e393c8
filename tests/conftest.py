"""What tests of several rooms start from: staff in their roles, a small frame, a wave."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import flush, migrate
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
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
    guards,
    triggers,
)
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.fieldwork.sampling import draw_sample
from survey.services.roles import give_role
from survey.terms import Role, WaveStatus
from tests.every_type import give_every_type
from tests.kept_database import KeptRows, keep_database, kept_copy, load_database
from tests.shipped import Content, read_content
from tests.tiny_survey import TINY, frame_units

# Speed is measured in benchmarks/, never in a test; CI draws the same examples every time.
hypothesis.settings.register_profile(
    "suite", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The database of the suite; on SQLite the migrations run once for each state of the code, then a copy serves.

    Every process of the suite would otherwise spend more time on migrations than most files on their tests.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy = kept_copy()
        serves = connection.vendor == "sqlite" and copy.exists()
        if serves:
            patch.setattr(migrate.Command, "handle", lambda *args, **options: load_database(copy))
        made = setup_databases(verbosity=0, interactive=False)
        if connection.vendor == "sqlite" and not serves:
            keep_database(copy)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def emptied_as_it_was_migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What may not be deleted is emptied between tests of several connections: the migrated database is put back.

    That takes a hundredth of the time in which Django empties all tables and migrates what they held.
    """
    with django_db_blocker.unblock():
        put_back = KeptRows.now().put_back if connection.vendor == "postgresql" else partial(load_database, kept_copy())

    def as_migrated(command: Any, **options: Any) -> None:
        put_back()
        ContentType.objects.clear_cache()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", as_migrated)
        yield


@pytest.fixture
def unguarded(db: None) -> None:
    """Lets a test change what was submitted or corrected, to see what follows; the guards are back after it."""
    triggers.remove_named(connection, guards.PREFIX)


@pytest.fixture(scope="session", autouse=True)
def kept_results_of_the_suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The cache, stored batches and files that the product has by default, in folders that one worker of the suite
    writes."""
    default = {**settings.CACHES["default"], "LOCATION": str(tmp_path_factory.mktemp("cache"))}
    extract, media = (str(tmp_path_factory.mktemp(name)) for name in ("extract", "media"))
    beside = {**settings.CACHES["extract"], "LOCATION": f"{extract}/beside"}
    with override_settings(CACHES={"default": default, "extract": beside}, EXTRACT_DIR=extract, MEDIA_ROOT=media):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_session_is_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what threads of servers left open on PostgreSQL, which does not drop a database in use."""
    yield
    if connection.vendor == "postgresql":
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


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
def classifications(django_db_setup: None, django_db_blocker: Any) -> Classifications:
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
def content(django_db_setup: None, django_db_blocker: Any) -> Content:
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


@pytest.fixture
def parallel_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that many threads may use at once: on SQLite a copy in a file, because one in memory is one's own."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "parallel.sqlite3")) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "parallel.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name
