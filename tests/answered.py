"""A wave in which firms have answered: two pain points, an energy ratio, protocols, demands and a comment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.plan import AnalysisPlan, Group, GroupClass
from survey.instrument.schema import Item, Option, Page, Section, Text
from survey.instrument.schema import Questionnaire as Schema
from survey.models import Case, PainPoint, Questionnaire, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import Disposition, GroupSource, ItemType, Missing, ResponseStatus
from tests.shipped import shipped_plan
from tests.waves import version_of

NOT_APPLICABLE = (Missing.NOT_APPLICABLE,)
PROTOCOLS = (Option(code="modbus", text=Text("Modbus", "Modbus")), Option(code="opcua", text=Text("OPC UA", "OPC UA")))
DEMANDS = (
    Option(code="standards", text=Text("统一标准", "Unify standards")),
    Option(code="funding", text=Text("公共资金", "Public funding")),
    Option(code="pilots", text=Text("先行先试", "Pilots first")),
)
ITEMS = (
    Item(
        code="B1_severity",
        type=ItemType.SEVERITY,
        text=Text("设备", "Devices"),
        pain_point="B1",
        missing=NOT_APPLICABLE,
    ),
    Item(
        code="B4_severity",
        type=ItemType.SEVERITY,
        text=Text("协议", "Protocols"),
        pain_point="B4",
        missing=NOT_APPLICABLE,
    ),
    Item(
        code="B4_protocols",
        type=ItemType.MULTIPLE,
        text=Text("用哪些协议", "Which"),
        pain_point="B4",
        options=PROTOCOLS,
    ),
    Item(
        code="E2_energy_ratio",
        type=ItemType.DECIMAL,
        text=Text("能耗倍数", "Energy ratio"),
        pain_point="E2",
        unit=Text("倍", "times"),
    ),
    Item(code="H_demands", type=ItemType.RANKING, text=Text("诉求", "Demands"), options=DEMANDS, max_choices=3),
    Item(code="I_comment", type=ItemType.LONG_TEXT, text=Text("意见", "Comment")),
)
SCHEMA = Schema(
    code="pain",
    title=Text("痛点", "Pain points"),
    sections=(
        Section(code="s", title=Text("痛点", "Pain"), pages=(Page(code="p", title=Text("痛点", "Pain"), items=ITEMS),)),
    ),
)


def _classes(code: str, text: Text, variable: str, **values: tuple[Text, tuple[str, ...]]) -> Group:
    classes = tuple(GroupClass(code=name, text=words, values=of) for name, (words, of) in values.items())
    return Group(code=code, text=text, source=GroupSource.FRAME, variable=variable, classes=classes, is_filter=False)


SECTOR = _classes(
    "sector",
    Text("三次产业", "Sector of the economy"),
    "industry",
    primary=(Text("第一产业", "Primary"), ("A",)),
    secondary=(Text("第二产业", "Secondary"), tuple("BCDE")),
    tertiary=(Text("第三产业", "Tertiary"), tuple("FGHIJKLMNOPQRST")),
)
SIZE_PAIR = _classes(
    "size_pair",
    Text("大中型与小微型", "Large or small"),
    "size",
    large_medium=(Text("大中型", "Large and medium"), ("large", "medium")),
    small_micro=(Text("小微型", "Small and micro"), ("small", "micro")),
)
SPLITS = {"industry_group": "industry", "size_group": "size", "city_part": "district"}
"""What blocks of the shipped plan are split by, and what these are split by."""
PLAN = replace(
    (SHIPPED := shipped_plan()),
    names={f"{code}_severity": Text(f"痛点{code}", f"Pain {code}") for code in ("B1", "B4")},
    groups=(*FRAME_GROUPS, SECTOR, SIZE_PAIR),
    crossings=(("sector", "size_pair"), ("size_pair", "district")),
    blocks=tuple(replace(one, split=SPLITS.get(one.split, one.split)) for one in SHIPPED.blocks),
)
"""That of the shipped survey, of which this one asks a part, by groups as fine as those of the frame and by coarser."""


def answers_of(number: int) -> dict[str, Any]:
    """The answers of the firm with this number; every seventh says that devices do not apply to it."""
    return {
        "B1_severity": "not_applicable" if number % 7 == 0 else str(1 + number % 5),
        "B4_severity": "5" if number % 4 else "2",
        "B4_protocols": ["modbus"] if number % 2 else ["modbus", "opcua"],
        "E2_energy_ratio": 5.0 + number % 4,
        "H_demands": ["standards", "funding"] if number % 3 else ["pilots"],
        "I_comment": "=1+1" if number == 1 else "",
    }


def sampled_wave(wave: Wave, frame: SamplingFrame, size: int) -> Wave:
    """The wave with pain points, the questionnaire and a sample."""
    for place, code in enumerate(("B1", "B4")):
        names = {"name": Text(f"痛点{code}", f"Pain {code}"), "theme": "B"}
        PainPoint.objects.get_or_create(code=code, defaults={**names, "position": place})
    questionnaire, _ = Questionnaire.objects.get_or_create(survey=wave.survey, code="pain")
    wave.version, _ = QuestionnaireVersion.objects.get_or_create(
        questionnaire=questionnaire,
        digest=SCHEMA.digest,
        defaults={"number": 1, "schema": SCHEMA.to_dict(), "plan": PLAN.to_dict(), "plan_digest": PLAN.digest},
    )
    wave.save()
    draw_sample(wave=wave, frame=frame, size=size, method="proportional", seed=1, actor=None)
    return wave


def answer(wave: Wave, count: int) -> list[Response]:
    """The first ``count`` cases that have not answered submit."""
    cases = list(Case.objects.filter(wave=wave, responses=None).order_by("id")[:count])
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(disposition=Disposition.COMPLETE.value)
    done = Response.objects.filter(case__wave=wave).count()
    return [
        Response.objects.create(
            case=case,
            version=version_of(wave),
            answers={code: value for code, value in answers_of(done + number).items() if value},
            status=ResponseStatus.SUBMITTED.value,
            submitted_at=timezone.now(),
            receipt_number=f"{wave.code}-{case.pk}",
        )
        for number, case in enumerate(cases)
    ]


def answered_wave(wave: Wave, frame: Callable[..., SamplingFrame], *, firms: int, sample: int, answers: int) -> Wave:
    """The wave with so many firms in its frame, in its sample, and answered."""
    answer(sampled_wave(wave, frame(units=firms), sample), answers)
    return wave


def earlier_wave(wave: Wave, frame: Callable[..., SamplingFrame], *, firms: int, sample: int, answers: int) -> Wave:
    """A wave of the same survey a year before, with a list and a sample of its own and the same questionnaire."""
    year = timedelta(days=365)
    before = Wave.objects.create(
        survey=wave.survey,
        code=f"{wave.code}-before",
        title=Text("上一轮", "The year before"),
        status=wave.status,
        opens_at=wave.opens_at - year,
        closes_at=wave.closes_at - year,
    )
    return answered_wave(before, frame, firms=firms, sample=sample, answers=answers)


def two_waves(wave: Wave, frame: Callable[..., SamplingFrame]) -> tuple[Wave, Wave]:
    """A wave and the one before it; then 25 firms had no problem with devices. Answers are changed after submission,
    which needs the fixture ``unguarded``."""
    later = answered_wave(wave, frame, firms=120, sample=80, answers=75)
    earlier = earlier_wave(later, frame, firms=120, sample=80, answers=75)
    for response in Response.objects.filter(case__wave=earlier).order_by("id")[:25]:
        response.answers = {**response.answers, "B1_severity": "1"}
        response.save()
    return later, earlier


def in_another_version(wave: Wave, *items: Item, plan: AnalysisPlan = PLAN) -> QuestionnaireVersion:
    """The wave asks these items by this plan from now on, in a version that follows; responses keep theirs."""
    assert wave.version is not None
    page = replace(SCHEMA.sections[0].pages[0], items=items)
    schema = replace(SCHEMA, sections=(replace(SCHEMA.sections[0], pages=(page,)),))
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=version_of(wave).questionnaire,
        number=wave.version.number + 1,
        schema=schema.to_dict(),
        digest=schema.digest,
        plan=plan.to_dict(),
        plan_digest=plan.digest,
    )
    wave.save()
    return wave.version
