"""What is collected while something goes wrong: a wave whose firms answer one page of numbers and a text.

Runs beside the site, on its database. The page is small so that saving and submitting is what takes the time.
"""

import json
from datetime import date, timedelta

from django.utils import timezone

from benchmarks.fault_kinds.paper import NUMBERS, PAGE, TEXT
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.models import (
    Case,
    District,
    FrameUnit,
    Industry,
    QuestionnaireVersion,
    Response,
    SamplingFrame,
    Survey,
    Wave,
)
from survey.models import Questionnaire as Designed
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import ItemType, SizeClass, WaveStatus

FIRST_GENERATION = Case._meta.get_field("code_generation").default
ITEMS = (
    *(Item(code=code, type=ItemType.INTEGER, text=Text(code, code)) for code in NUMBERS),
    Item(code=TEXT, type=ItemType.LONG_TEXT, text=Text("说明", "Remark"), max_length=1000),
)
SCHEMA = Questionnaire(
    code="faults",
    title=Text("小问卷", "Small"),
    sections=(
        Section(code="s", title=Text("一", "One"), pages=(Page(code=PAGE, title=Text("一", "One"), items=ITEMS),)),
    ),
)


def make(firms: int, drafts: int = 0) -> None:
    """A wave with a case for each firm, and its codes; ``drafts`` of them have answers that are not submitted yet."""
    survey = Survey.objects.create(
        code="faults", title=Text("小", "Small"), form_number="F1", issuing_authority=Text("统计局", "Bureau"),
        approval_number="2026-1", approval_expires=date(2099, 12, 31), contact=Text("0755-7654321", "0755-7654321"),
    )  # fmt: skip
    designed = Designed.objects.create(survey=survey, code="faults", title=Text("小问卷", "Small"))
    version = QuestionnaireVersion.objects.create(
        questionnaire=designed, number=1, schema=SCHEMA.to_dict(), digest=SCHEMA.digest
    )
    now = timezone.now()
    wave = Wave.objects.create(
        survey=survey, code="w1", title=Text("一", "One"), status=WaveStatus.OPEN.value, version=version,
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=20),
    )  # fmt: skip
    draw_sample(wave=wave, frame=frame_of(firms), size=firms, method="proportional", seed=5, actor=None)
    cases = list(Case.objects.filter(wave=wave).order_by("pk"))
    Response.objects.bulk_create(
        Response(case=case, version=version, answers={"n0": place, TEXT: "x"}, revision=1)
        for place, case in enumerate(cases[:drafts])
    )
    print("CODES", *(derive_code(case) for case in cases))


def frame_of(firms: int) -> SamplingFrame:
    """A list of as many firms, all alike but for their size."""
    industry, _ = Industry.objects.get_or_create(code="39", defaults={"name": Text("制造", "Making")})
    district, _ = District.objects.get_or_create(code="440305", defaults={"name": Text("南山区", "Nanshan")})
    frame = SamplingFrame.objects.create(title="F", status=SamplingFrame.Status.READY, unit_count=firms)
    FrameUnit.objects.bulk_create(
        [
            FrameUnit(
                frame=frame, credit_code=f"91440300MA5{number:06d}X", name=f"企业{number:05d}", district=district,
                industry=industry, industry_section="C", size_class=list(SizeClass)[number % 4].value,
                employees=10 + number, revenue=100.0 + number,
            )
            for number in range(firms)
        ],
        batch_size=500,
    )  # fmt: skip
    return frame


def tell() -> None:
    """By code of each firm that has any: its responses as (answers, receipt number, status, whether it counts)."""
    told: dict[str, list[list[object]]] = {}
    rows = Response.objects.select_related("case").order_by("pk")
    for row in rows:
        # As it was when the code was given out: an officer may have made a new one since.
        row.case.code_generation = FIRST_GENERATION
        at = row.submitted_at and row.submitted_at.timestamp()
        kept = [row.answers, row.receipt_number, row.status, row.is_current, at]
        told.setdefault(derive_code(row.case), []).append(kept)
    print("CODES", json.dumps(told, separators=(",", ":")))


def close_in(seconds: float) -> None:
    """Let collection end so soon; the moment."""
    ends = timezone.now() + timedelta(seconds=seconds)
    Wave.objects.filter(code="w1").update(closes_at=ends)
    print("CODES", ends.timestamp())
