"""The smallest that a survey is made of: firms of a frame, and a questionnaire of two items with one rule."""

from survey.instrument.schema import EditRule, Item, Page, Section, Text
from survey.instrument.schema import Questionnaire as Schema
from survey.models import District, FrameUnit, Industry, SamplingFrame
from survey.terms import EditLevel, ItemType, SizeClass

DISTRICTS = ("440305", "440306")
SECTIONS = {"C": ("39", "计算机、通信和其他电子设备制造业"), "I": ("65", "软件和信息技术服务业")}


def frame_units(frame: SamplingFrame, count: int) -> list[FrameUnit]:
    """Firms in turn over two sections, two districts and four sizes, not stored; what they name is."""
    industries = [_industry(*entry) for entry in list(SECTIONS.items())[:count]]
    districts = [_district(code) for code in DISTRICTS[: (count + 1) // 2]]
    sizes = [size.value for size in SizeClass]
    return [
        FrameUnit(
            frame=frame,
            credit_code=f"91440300MA5{number:06d}X",
            name=f"企业{number:04d}",
            district=districts[number // 2 % 2],
            industry=industries[number % 2],
            industry_section=list(SECTIONS)[number % 2],
            size_class=sizes[number // 4 % 4],
            employees=10 + number,
            revenue=100.0 + 7 * number,
        )
        for number in range(count)
    ]


def _industry(section: str, division: tuple[str, str]) -> Industry:
    code, name = division
    parent, _ = Industry.objects.get_or_create(code=section, defaults={"name": Text(zh="门类" + section)})
    return Industry.objects.get_or_create(code=code, defaults={"name": Text(zh=name), "parent": parent})[0]


def _district(code: str) -> District:
    return District.objects.get_or_create(code=code, defaults={"name": Text(f"区{code}", f"D{code}")})[0]


SEVERITY = Item(code="q_severity", type=ItemType.SEVERITY, text=Text("成本有多严重？", "How serious is the cost?"))
SHARE = Item(code="q_share", type=ItemType.PERCENTAGE, text=Text("成本占比", "Share of cost"), unit=Text("%", "%"))
RULE = EditRule(
    code="v_share",
    level=EditLevel.VERIFY,
    items=("q_share",),
    condition="${q_share} <= 90",
    message=Text("占比超过90%", "Above 90 %"),
)
TINY = Schema(
    code="tiny",
    title=Text("小问卷", "Tiny questionnaire"),
    sections=(
        Section(
            code="s",
            title=Text("成本", "Cost"),
            pages=(Page(code="p", title=Text("成本", "Cost"), items=(SEVERITY, SHARE)),),
        ),
    ),
    edit_rules=(RULE,),
)
