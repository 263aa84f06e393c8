"""Replicate weights are sent to those who may, written down, and belong to the rows of the microdata."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Case, Job, SamplingFrame, StaffAction, Wave
from survey.terms import Disposition, Role
from tests.answered import answered_wave
from tests.working import exported

EXPORT = "/admin/replicates/"


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=12)


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def sent(client: Client, replicates: str = "60") -> Any:
    return exported(client, EXPORT, {"wave": "w1", "replicates": replicates})


def test_each_row_of_the_microdata_has_its_replicates(answered: Wave, methodologist: Client) -> None:
    rows = lines(sent(methodologist).content)
    archive = ZipFile(BytesIO(exported(methodologist, "/admin/microdata/", {"wave": "w1"}).content))
    microdata = {row["firm#row"]: float(row["firm#weight"]) for row in lines(archive.read("w1-working-microdata.csv"))}
    assert {row["unit"]: float(row["weight"]) for row in rows} == pytest.approx(microdata)
    assert list(rows[0])[-1] == "replicate_60"


def test_firms_out_of_scope_have_no_row(answered: Wave, methodologist: Client) -> None:
    silent = Case.objects.filter(wave=answered, responses=None)[:2]
    Case.objects.filter(pk__in=[case.pk for case in silent]).update(disposition=Disposition.NOT_ELIGIBLE.value)
    assert len(lines(sent(methodologist).content)) == 12
    archive = ZipFile(BytesIO(exported(methodologist, "/admin/microdata/", {"wave": "w1"}).content))
    assert len(lines(archive.read("w1-working-microdata.csv"))) == 12


def test_same_wave_gives_the_same_replicates(answered: Wave, methodologist: Client) -> None:
    assert sent(methodologist).content == sent(methodologist).content


def test_download_is_written_down(answered: Wave, methodologist: Client) -> None:
    sent(methodologist)
    assert StaffAction.objects.get(verb="export_replicates").detail == {"answered": 12, "replicates": 60}


@pytest.mark.parametrize("wrong", ["", "10", "99999", "x"])
def test_number_that_cannot_be_is_refused_with_a_sentence(answered: Wave, methodologist: Client, wrong: str) -> None:
    page = methodologist.post(EXPORT, {"wave": "w1", "replicates": wrong}, follow=True)
    assert "Enter a number of replicates from 50 to 1000." in page.content.decode()
    assert not Job.objects.exists()
    assert not StaffAction.objects.filter(verb="export_replicates").exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.FIELD_OFFICER, Role.DESIGNER])
def test_others_are_refused(answered: Wave, client: Client, office_user: Callable[[Role], User], role: Role) -> None:
    client.force_login(office_user(role))
    assert client.post(EXPORT, {"wave": "w1", "replicates": "60"}).status_code == 403
