"""Two waves with many answers, made straight in bulk: what ``benchmarks.dashboard`` opens."""

from collections.abc import Callable
from datetime import timedelta
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
PER_SAMPLED = 5
"""Firms in the frame for each in the sample."""
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
    analyst = User.objects.create(username="benchmark", is_staff=True, is_superuser=True)
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
    client = Client()
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
            population=PER_SAMPLED * (size // (SECTIONS * len(SizeClass)) + 1),
            sample_size=size // (SECTIONS * len(SizeClass)) + 1,
        )
        for industry in industries if industry.parent for each in SizeClass
    ]  # fmt: skip
    Stratum.objects.bulk_create(strata)
    units = list(FrameUnit.objects.filter(frame=frame).order_by("id")) or firms(frame, strata, industries, size)
    chosen = SampleUnit.objects.bulk_create(
        [
            SampleUnit(
                sample=sample, stratum=strata[k % len(strata)], unit=unit, permanent_random_number=0.5,
                inclusion_probability=1 / PER_SAMPLED, design_weight=PER_SAMPLED,
            )
            for k, unit in enumerate(units)
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


def firms(frame: SamplingFrame, strata: list[Stratum], industries: list[Industry], size: int) -> list[FrameUnit]:
    """So many firms, each stratum in turn."""
    districts = list(District.objects.all())
    units = [
        FrameUnit(
            frame=frame, credit_code=f"{k:018d}", name=f"Firm {k}", district=districts[k % len(districts)],
            industry=industries[k % len(strata) // len(SizeClass)],
            industry_section=strata[k % len(strata)].industry_section, size_class=strata[k % len(strata)].size_class,
            employees=10 + k % 500, revenue=100.0 + k % 900,
        )
        for k in range(size)
    ]  # fmt: skip
    return FrameUnit.objects.bulk_create(units, batch_size=AT_ONCE)


def answer(wave: Wave, cases: list[Case], seed: int) -> None:
    """Every case has answered every item."""
    generator = np.random.default_rng(seed)
    for start in range(0, len(cases), AT_ONCE):
        part = cases[start : start + AT_ONCE]
        drawn = generator.integers(1, 6, (len(part), ITEMS)).tolist()
        Response.objects.bulk_create(
            Response(
                case=case, version=wave.version, answers=answers(row), status=ResponseStatus.SUBMITTED.value,
                receipt_number=f"{wave.code}-{case.pk}",
            )
            for case, row in zip(part, drawn, strict=True)
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
