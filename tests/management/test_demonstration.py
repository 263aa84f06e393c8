"""The demonstration: firms whose codes are printed to try the questionnaire with are left as they were, and what the
others did is dated over the weeks since their letters."""

import json
from datetime import timedelta
from pathlib import Path
from statistics import median as median_of
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item, Text
from survey.mailing_terms import MailingPurpose
from survey.management.commands import create_demonstration
from survey.management.demonstration.answers import ANSWERS, Respondent
from survey.management.demonstration.calls import free_to_call
from survey.management.demonstration.fill_in import FilledIn, store_filled_in
from survey.management.demonstration.office_work import work_of_the_office
from survey.management.demonstration.recipe import demonstration_recipe
from survey.management.demonstration.story import WAVE_CODE, open_cases
from survey.management.demonstration.writing import dated, letters_written
from survey.models import CallList, Case, CaseEntry, Job, ListedCall, Paradata, Wave
from survey.terms import CaseStatus, ItemType, SizeClass
from tests.answered_case import submitted_case
from tests.shipped import FIXTURES

MODELS = ("survey", "painpoint", "item")


@pytest.fixture
def shown(cases: list[Case]) -> list[Case]:
    """The cases whose codes are printed."""
    return open_cases(cases[0].wave)


def test_office_calls_and_closes_no_firm_whose_code_is_printed(cases: list[Case], shown: list[Case]) -> None:
    submitted = [case.pk for case in cases if case not in shown][:2]
    Case.objects.filter(pk__in=submitted).update(status=CaseStatus.SUBMITTED.value)
    work_of_the_office(wave=cases[0].wave, officer=User.objects.create(username="officer"), say=lambda said: None)
    touched = set(CaseEntry.objects.values_list("case", flat=True))
    assert len(shown) == 2
    assert touched == {case.pk for case in cases} - {case.pk for case in shown} - set(submitted)


def test_firms_whose_codes_are_printed_are_not_called_by_a_list(cases: list[Case], shown: list[Case]) -> None:
    known: dict[str, Any] = {"answered": 0, "error": 2.0, "expected": 1.0, "answers": 1.0, "minutes": 9.0}
    made = CallList.objects.create(wave=cases[0].wave, number=1, advice="call", **known)
    listed = (ListedCall(call_list=made, case=case, place=place, reason="random") for place, case in enumerate(cases))
    ListedCall.objects.bulk_create(listed)
    assert [call.case for call in free_to_call(made)] == [case for case in cases if case not in shown]


def test_answers_stand_at_the_day_on_which_they_were_given(case: Case) -> None:
    answers, other = submitted_case(case).answers, Case.objects.select_related("wave__version").exclude(pk=case.pk)[0]
    at = other.wave.opens_at + timedelta(hours=1)
    filled = FilledIn(answers=answers, reasons={}, saved=["firm"], seconds=60, is_whole=True)
    made = store_filled_in(case=other, filled=filled, at=at)
    assert made is not None
    made.refresh_from_db()
    assert (made.submitted_at, made.saved_at) == (at, at)
    assert set(Paradata.objects.filter(case=other).values_list("at", flat=True)) == {at}
    submitted = Case.history.filter(id=other.pk, status=CaseStatus.SUBMITTED.value)
    assert list(submitted.values_list("history_date", flat=True)) == [at]


def test_letters_of_another_day_stand_so_in_the_history_of_their_cases(cases: list[Case]) -> None:
    officer, at = User.objects.create(username="officer"), timezone.now() - timedelta(days=20)
    dated(letters_written(cases[0].wave, MailingPurpose.INVITATION, officer), at)
    issued = Case.history.filter(code_sent_at__isnull=False)
    assert set(issued.values_list("code_sent_at", "history_date")) == {(at, at)}
    assert issued.count() == len(cases)


@pytest.mark.parametrize("beside_worker", [True, False])
def test_closed_wave_is_cut_by_the_worker_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, cases: list[Case], beside_worker: bool
) -> None:
    """What firms and office do is left out: it takes half a minute, and has its own tests."""
    made = cases[0].wave
    made.code = WAVE_CODE
    made.save()
    for step in ("answer_demonstration", "work_of_the_office", "call_by_lists", "work_on_many"):
        monkeypatch.setattr(create_demonstration, step, lambda **_given: None)
    monkeypatch.setattr(create_demonstration, "officer", lambda: None)
    earlier = Wave.objects.create(survey=made.survey, code="earlier", opens_at=made.opens_at, closes_at=made.closes_at)
    monkeypatch.setattr(create_demonstration, "make_earlier_wave", lambda **_given: earlier)
    cleared: list[Wave] = []
    monkeypatch.setattr(create_demonstration.Command, "clear", lambda _command, wave: cleared.append(wave))
    create_demonstration.Command().let_firms_answer(40, 24, beside_worker=beside_worker)
    asked = list(Job.objects.filter(asked_by=None).values_list("kind", "key"))
    assert cleared == ([made] if beside_worker else [made, earlier])
    assert asked == ([("cut", f"cut:{earlier.pk}:0")] if beside_worker else [])


def test_recipe_names_what_the_shipped_survey_has() -> None:
    rows = [row for path in FIXTURES for row in json.loads(Path(path).read_text("utf-8"))]
    codes = {
        model: {row["fields"].get("code") for row in rows if row["model"] == f"survey.{model}"} for model in MODELS
    }
    recipe = demonstration_recipe()
    assert recipe.survey in codes["survey"]
    assert recipe.severity.keys() == codes["painpoint"]
    assert recipe.severity_a_year_before.keys() <= codes["painpoint"]
    assert recipe.numbers.keys() <= codes["item"]


def test_number_of_a_large_firm_is_larger_unless_the_recipe_says_otherwise() -> None:
    def median(code: str, size: SizeClass) -> float:
        asked = RouteItem(item=Item(code=code, text=Text(), type=ItemType.DECIMAL), options=(), required=True)
        firm = Respondent(industry_section="C", size_class=size, temper=0.0)
        return float(median_of([ANSWERS[ItemType.DECIMAL](asked, firm, generator) for _ in range(400)]))

    generator = np.random.default_rng(1)
    ratio = {
        code: median(code, SizeClass.LARGE) / median(code, SizeClass.MICRO) for code in ("E2_cost", "E2_energy_ratio")
    }
    assert {code: round(value) for code, value in ratio.items()} == {"E2_cost": 2, "E2_energy_ratio": 1}
