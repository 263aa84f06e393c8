"""The register, changed by two at the same moment: each change is of what the other has left."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from survey.models import Case, Delegation, Firm, FirmChange, SamplingFrame, Wave
from survey.register_terms import ClassificationKind, FactSource
from survey.services.fieldwork.sampling import draw_sample
from survey.services.firm_changes import Found, change_firm
from survey.services.frame.import_steps import put_in_file
from survey.services.frame.joining import join_frame
from survey.services.register.classifications import add_edition, remove_edition
from survey.services.register.delegates import revoke_delegate
from survey.services.register.from_frame import register_frame
from survey.services.register.next_frame import take_out
from tests.at_once import meanwhile
from tests.delegated import give

pytestmark = pytest.mark.usefixtures("parallel_database", "english")


@pytest.fixture
def officer(parallel_database: None) -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def listed(parallel_database: None, frame: Callable[..., SamplingFrame]) -> SamplingFrame:
    made = frame(units=6)
    register_frame(frame=made, actor=None)
    return made


def changing(firm: Firm, name: str) -> Callable[[], list[FirmChange]]:
    found = Found(source=FactSource.OFFICE, at=timezone.now())
    return lambda: change_firm(firm=firm, values={"name": name}, found=found)


def test_second_change_of_a_firm_is_from_what_the_first_has_left(listed: SamplingFrame) -> None:
    firm = Firm.objects.order_by("pk")[0]
    meanwhile(changing(firm, "New"), changing(firm, "Newer")).result()
    assert list(FirmChange.objects.order_by("pk").values_list("old", "new")) == [(firm.name, "New"), ("New", "Newer")]


def test_firm_has_one_main_person_of_two_who_are_named_at_once(listed: SamplingFrame, officer: User) -> None:
    firm = Firm.objects.order_by("pk")[0]
    second = meanwhile(
        lambda: give(firm, officer, is_main=True), lambda: give(firm, officer, "wu@example.com", is_main=True)
    ).result()
    assert Delegation.objects.get(firm=firm, is_main=True) == second


def test_code_of_a_person_that_two_revoke_is_revoked_twice(listed: SamplingFrame, officer: User) -> None:
    delegate = give(Firm.objects.order_by("pk")[0], officer).delegate

    def revoke() -> int:
        return revoke_delegate(delegate=delegate, actor=officer).code_generation

    assert meanwhile(revoke, revoke).result() == 3


def test_firms_are_taken_out_of_a_list_once(listed: SamplingFrame, officer: User) -> None:
    Firm.objects.filter(pk__in=Firm.objects.order_by("pk").values("pk")[:1]).update(
        status="closed", status_source=FactSource.REGISTER.value
    )

    def take() -> int:
        return take_out(frame=listed, actor=officer)

    assert meanwhile(take, take).result() == 0
    listed.refresh_from_db()
    assert (listed.unit_count, listed.units.count(), Case.objects.count()) == (5, 5, 0)


@pytest.mark.usefixtures("classified")
def test_edition_by_which_a_list_is_put_in_meanwhile_is_not_removed(
    officer: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    day, industry = date(2011, 11, 1), ClassificationKind.INDUSTRY
    edition = add_edition(kind=industry, code="2011", valid_from=day, table="3911 3911", actor=None)
    upload = ContentFile(b"12345", "list.xlsx")
    second = meanwhile(
        lambda: put_in_file(upload=upload, source_name="l.xlsx", title="l", actor=officer, industries_by=edition),
        lambda: remove_edition(edition=edition, typed="2011", actor=officer),
    ).exception()
    assert getattr(second, "code", None) == "edition_used"


def test_rows_do_not_join_a_list_that_is_drawn_from_meanwhile(
    wave: Wave, frame: Callable[..., SamplingFrame], officer: User
) -> None:
    listed, mended = frame(), frame(units=1, title="Mended")
    how: dict[str, Any] = {"size": 24, "method": "proportional", "seed": 5, "actor": None}
    second = meanwhile(
        lambda: draw_sample(wave=wave, frame=listed, **how),
        lambda: join_frame(loaded=mended, frame=listed, actor=officer),
    ).exception()
    assert (getattr(second, "code", None), SamplingFrame.objects.count()) == ("frame_drawn", 2)
