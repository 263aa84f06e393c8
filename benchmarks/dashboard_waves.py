"""Two waves with many answers, made straight in bulk: what ``benchmarks.dashboard`` opens."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import numpy as np
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from survey.instrument.plan.plan import NO_PLAN
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.models import (
    Case,
    District,
    FrameUnit,
    Industry,
    QuestionnaireVersion,
    Response,
    Sample,
    SampleUnit,
    SamplingFrame,
    Stratum,
    Survey,
    Wave,
)
from survey.models import Questionnaire as StoredQuestionnaire
from survey.terms import AllocationMethod, CaseStatus, Disposition, ItemType, Missing, ResponseStatus, SizeClass

SECTIONS, ITEMS, AT_ONCE = 15, 60, 2000
COLLECTED = 25 * 24 * 3600
"""Seconds after the opening in which answers come in."""
PER_SAMPLED = 2
"""Firms in the frame for each in the sample; with the totals of all of them weights are calibrated."""
CHOICES = tuple(Option(code=f"o{k}", text=Text(f"选项{k}", f"Choice {k}")) for k in range(1, 6))
KINDS: tuple[tuple[ItemType, dict[str, Any]], ...] = (
    (ItemType.SEVERITY, {"missing": (Missing.NOT_APPLICABLE,)}),
    (ItemType.SEVERITY, {}),
    (ItemType.YES_NO, {"missing": (Missing.DONT_KNOW,)}),
    (ItemType.MULTIPLE, {"options": CHOICES}),
    (ItemType.SINGLE, {"options": CHOICES}),
    (ItemType.MONEY, {"unit": Text("万元", "10,000 yuan")}),
)


def make_waves(responses: int) -> str:
    """Make them with an analyst, and return the key of the session in which the analyst is logged in."""
    User.objects.create(username="benchmark", is_staff=True, is_superuser=True)
    survey = Survey.objects.all()[0]
    content = questionnaire_of_sixty()
    version = QuestionnaireVersion.objects.create(
        questionnaire=StoredQuestionnaire.objects.create(survey=survey, code="sixty"),
        number=1, schema=content.to_dict(), digest=content.digest, plan=NO_PLAN.to_dict(),
    )  # fmt: skip
    frame = SamplingFrame.objects.create(title="Benchmark", source_name="none", source_digest="none")
    for year in (1, 0):
        now = timezone.now() - timedelta(days=365 * year)
        wave = Wave.objects.create(
            survey=survey, code=f"benchmark-{year}", title=Text("基准", "Benchmark"), version=version,
            opens_at=now - timedelta(days=30), closes_at=now + timedelta(days=30),
        )  # fmt: skip
        answer(wave, sampled(wave, frame, responses), year)
    return session_of_analyst()


def session_of_analyst() -> str:
    """The key of a new session; an older one may have ended since."""
    client = Client()
    analyst = User.objects.get(username="benchmark")
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def questionnaire_of_sixty() -> Questionnaire:
    """Items of six kinds in turn."""
    kinds = [KINDS[k % len(KINDS)] for k in range(ITEMS)]
    items = tuple(
        Item(code=f"q{k:02d}", type=kind, text=Text(f"问题{k}", f"Question {k}"), **more)
        for k, (kind, more) in enumerate(kinds)
    )
    page = Page(code="p", title=Text("页", "Page"), items=items)
    return Questionnaire(
        code="sixty",
        title=Text("六十题", "Sixty"),
        sections=(Section(code="s", title=Text("部分", "Part"), pages=(page,)),),
    )


def sampled(wave: Wave, frame: SamplingFrame, size: int) -> list[Case]:
    """Cases in a stratum for each section and size, one firm in ``PER_SAMPLED``; both waves draw the same ones."""
    sample = Sample.objects.create(wave=wave, frame=frame, method=AllocationMethod.PROPORTIONAL, size=size, seed=1)
    divisions = {each.parent_id: each for each in Industry.objects.exclude(parent=None)}
    industries = [divisions[each.pk] for each in Industry.objects.filter(parent=None).order_by("code")[:SECTIONS]]
    strata = [
        Stratum(
            sample=sample, industry_section=industry.parent.code, size_class=each.value,
            population=PER_SAMPLED * of_stratum(number, size), sample_size=of_stratum(number, size),
        )
        for number, (industry, each) in enumerate(product(industries, SizeClass)) if industry.parent
    ]  # fmt: skip
    Stratum.objects.bulk_create(strata)
    if not FrameUnit.objects.filter(frame=frame).exists():
        fill(frame, strata, industries, size)
    # Those that are drawn stand first in the frame, each stratum in turn.
    units = FrameUnit.objects.filter(frame=frame).order_by("id").values_list("id", flat=True)
    chosen = SampleUnit.objects.bulk_create(
        [
            SampleUnit(
                sample=sample, stratum=strata[k % len(strata)], unit_id=unit, permanent_random_number=0.5,
                inclusion_probability=1 / PER_SAMPLED, design_weight=PER_SAMPLED,
            )
            for k, unit in enumerate(units[:size])
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    cases = [
        Case(
            wave=wave, sample_unit=each, code_hash=f"{wave.code}-{k}", status=CaseStatus.SUBMITTED.value,
            disposition=Disposition.COMPLETE.value,
        )
        for k, each in enumerate(chosen)
    ]  # fmt: skip
    return Case.objects.bulk_create(cases, batch_size=AT_ONCE)


def of_stratum(number: int, size: int) -> int:
    """Firms of a stratum among so many that are dealt to the strata in turn."""
    strata = SECTIONS * len(SizeClass)
    return size // strata + (number < size % strata)


def fill(frame: SamplingFrame, strata: list[Stratum], industries: list[Industry], size: int) -> None:
    """The firms of the frame, each stratum in turn; the first ``size`` of them are those that will be drawn."""
    districts = list(District.objects.all())
    numbers = [k % size for k in range(PER_SAMPLED * size)]
    for start in range(0, len(numbers), AT_ONCE):
        FrameUnit.objects.bulk_create(
            FrameUnit(
                frame=frame, credit_code=f"{start + place:018d}", name=f"Firm {start + place}",
                district=districts[k % len(districts)], industry=industries[k % len(strata) // len(SizeClass)],
                industry_section=strata[k % len(strata)].industry_section,
                size_class=strata[k % len(strata)].size_class,
                # What is drawn is not quite like what is not, or calibration would have nothing to do.
                employees=10 + (k + start // size) % 500, revenue=100.0 + (k + 3 * (start // size)) % 900,
            )
            for place, k in enumerate(numbers[start : start + AT_ONCE])
        )  # fmt: skip


def answer(wave: Wave, cases: list[Case], seed: int) -> None:
    """Every case has answered every item."""
    generator = np.random.default_rng(seed)
    for start in range(0, len(cases), AT_ONCE):
        part = cases[start : start + AT_ONCE]
        drawn = generator.integers(1, 6, (len(part), ITEMS)).tolist()
        spent, arrived = generator.integers(600, 3600, len(part)), generator.uniform(0, COLLECTED, len(part))
        Response.objects.bulk_create(
            Response(
                case=case, version=wave.version, answers=answers(row), status=ResponseStatus.SUBMITTED.value,
                receipt_number=f"{wave.code}-{case.pk}", seconds_spent=int(seconds),
                submitted_at=wave.opens_at + timedelta(seconds=float(at)),
            )
            for case, row, seconds, at in zip(part, drawn, spent, arrived, strict=True)
        )  # fmt: skip


def answers(drawn: list[int]) -> dict[str, Any]:
    """An answer to each item from a number of 1 to 5."""
    return {f"q{k:02d}": WRITTEN[KINDS[k % len(KINDS)][0]](number) for k, number in enumerate(drawn)}


WRITTEN: dict[ItemType, Callable[[int], Any]] = {
    ItemType.SEVERITY: str,
    ItemType.YES_NO: lambda number: ("yes", "no", "yes", "no", "dont_know")[number - 1],
    ItemType.MULTIPLE: lambda number: [f"o{number}", f"o{number % 5 + 1}"],
    ItemType.SINGLE: lambda number: f"o{number}",
    ItemType.MONEY: lambda number: 12.5 * number,
}
