"""What a firm leaves as it was filled in from the wave before is taken over; what it changes is collected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.exchange.microdata.content import microdata_of
from survey.instrument.answers import Parsed
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.models import Case, Correction, QuestionnaireVersion, SamplingFrame, Wave
from survey.models import Questionnaire as Designed
from survey.selectors.results.extract import stated_documents
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import ItemType

STAFF = Item(code="staff", type=ItemType.INTEGER, text=Text("职工人数", "Staff"), prefill="previous_staff")
SITES = Item(code="sites", type=ItemType.INTEGER, text=Text("厂区数", "Sites"), prefill="previous_sites")
TOTAL = Item(
    code="each", type=ItemType.CALCULATION, text=Text("每厂区", "Per site"), calculation="${staff} div ${sites}"
)
PAGE = Page(code="p", title=Text("页", "Page"), items=(STAFF, SITES, TOTAL))
FORM = Questionnaire(
    code="repeated",
    title=Text("重复", "Repeated"),
    sections=(Section(code="s", title=Text("部", "Part"), pages=(PAGE,)),),
)


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    """Two waves in which the same firms are asked the same."""
    designed = Designed.objects.create(survey=wave.survey, code="repeated")
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=designed, number=1, schema=FORM.to_dict(), digest=FORM.digest
    )
    wave.save()
    later = Wave.objects.get(pk=wave.pk)
    later.pk, later.code = None, "w2"
    later.opens_at, later.closes_at = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=9)
    later.save()
    firms = frame()
    for each in (wave, later):
        draw_sample(wave=each, frame=firms, size=24, method="proportional", seed=5, actor=None)
    return wave, later


def submit(wave: Wave, firms: list[int], **answers: Any) -> None:
    """The firms with these places by their name submit the answers."""
    cases = Case.objects.select_related("wave__survey").filter(wave=wave).order_by("sample_unit__unit__name")
    for place in firms:
        case = cases[place]
        saved = save_answers(case=case, given=PageInput(page=PAGE, parsed=Parsed(answers)))
        submit_response(case=case, submission_key=f"k{case.pk}", revision=saved.response.revision)


def states(wave: Wave) -> list[dict[str, str]]:
    return [{key: each.state.value for key, each in values.items()} for _case, values in stated_documents(wave)]


def test_unchanged_answer_of_the_wave_before_is_taken_over(waves: tuple[Wave, Wave]) -> None:
    before, now = waves
    submit(before, [0, 1], staff=20, sites=2)
    submit(now, [0, 1], staff=20, sites=4)
    assert states(before)[0] == {"staff": "collected", "sites": "collected", "each": "calculated"}
    assert states(now)[0] == {"staff": "taken_over", "sites": "collected", "each": "calculated"}


def test_states_reach_the_microdata(waves: tuple[Wave, Wave]) -> None:
    before, now = waves
    submit(before, [0, 1], staff=20, sites=2)
    submit(now, [0, 1], staff=20, sites=4)
    corrected = now.cases.filter(responses__isnull=False).earliest("pk").responses.get()
    author = User.objects.create(username="editor")
    Correction.objects.create(response=corrected, item="sites", new=5, reason="Telephone", author=author)
    data = microdata_of(now)
    rows = sorted((dict(zip(data.heads, row, strict=True)) for row in data.rows), key=lambda row: row["sites"])
    assert [(row["staff#state"], row["sites"], row["sites#state"], row["each#state"]) for row in rows] == [
        ("taken_over", 4, "collected", "calculated"),
        ("taken_over", 5, "corrected", "calculated"),
    ]


def test_item_that_is_not_filled_in_from_before_is_collected(waves: tuple[Wave, Wave]) -> None:
    before, now = waves
    submit(before, [0, 1], staff=20, sites=2)
    asked = replace(
        FORM, sections=(replace(FORM.sections[0], pages=(replace(PAGE, items=(replace(STAFF, prefill=""),)),)),)
    )
    assert before.version is not None
    now.version = QuestionnaireVersion.objects.create(
        questionnaire=before.version.questionnaire, number=2, schema=asked.to_dict(), digest=asked.digest
    )
    now.save()
    submit(now, [0, 1], staff=20)
    assert states(now) == [{"staff": "collected"}, {"staff": "collected"}]
