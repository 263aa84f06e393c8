"""A small questionnaire with every item type, a skip and an edit of each level, and a case that fills it in."""

from typing import Any

from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.models import Questionnaire as DesignedQuestionnaire
from survey.models import QuestionnaireVersion, Wave
from survey.terms import EditLevel, ItemType, Missing


def text(zh: str, en: str) -> Text:
    return Text(zh, en)


def item(code: str, type_: ItemType, **content: Any) -> Item:
    return Item(code=code, type=type_, text=Text(f"问题 {code}", f"Question {code}"), **content)


def options(*codes: str, **marks: Any) -> tuple[Option, ...]:
    return tuple(
        Option(code=code, text=Text(f"选项 {code}", f"Option {code}"), **marks.get(code, {})) for code in codes
    )


COLUMNS = (
    Option(code="name", text=text("名称", "Name"), type=ItemType.TEXT),
    Option(code="staff", text=text("人数", "People"), type=ItemType.INTEGER),
    Option(code="link", text=text("联网方式", "Network"), type=ItemType.SINGLE, choices=options("wired", "air")),
    Option(code="own", text=text("自有", "Own"), type=ItemType.YES_NO),
    Option(code="from", text=text("启用", "In use since"), type=ItemType.DATE),
)
"""The columns of a table of any answers."""
FIRM = Page(
    code="firm",
    title=text("企业", "Firm"),
    items=(
        item(
            "employees",
            ItemType.INTEGER,
            required="true()",
            prefill="frame_employees",
            unit=text("人", "people"),
            minimum=0,
        ),
        item("email", ItemType.EMAIL),
        item("has_cloud", ItemType.YES_NO, required="true()"),
        item("cloud_share", ItemType.PERCENTAGE, required="true()", relevant="${has_cloud} = 'yes'"),
    ),
)
CHOICES = Page(
    code="choices",
    title=text("选择", "Choices"),
    items=(
        item("cost", ItemType.SEVERITY, required="true()", missing=(Missing.NOT_APPLICABLE,)),
        item("place", ItemType.SINGLE, options=options("home", "other", other={"specify": True})),
        item(
            "protocols",
            ItemType.MULTIPLE,
            options=options("modbus", "opc", "can", "none", none={"exclusive": True}),
            max_choices=2,
            missing=(Missing.DONT_KNOW,),
        ),
        item("demands", ItemType.RANKING, options=options("a", "b", "c", "d"), max_choices=3),
    ),
)
AMOUNTS = Page(
    code="amounts",
    title=text("数量", "Amounts"),
    relevant="${has_cloud} = 'yes'",
    items=(
        item("bill", ItemType.MONEY, unit=text("万元", "10,000 yuan"), can_estimate=True, missing=(Missing.REFUSED,)),
        item("ratio", ItemType.DECIMAL, decimals=2),
        item("mix", ItemType.SHARES, rows=options("own", "rented")),
        item("racks", ItemType.NUMBER_TABLE, rows=options("wanted", "got"), options=options("y1", "y2")),
        item("sites", ItemType.TABLE, rows=options("hq", "branch"), options=COLUMNS),
        item("since", ItemType.DATE),
        item("month", ItemType.YEAR_MONTH),
        item("opens", ItemType.TIME),
    ),
)
WORDS = Page(
    code="words",
    title=text("文字", "Words"),
    items=(
        item("intro", ItemType.NOTE),
        item("remark", ItemType.TEXT, max_length=50),
        item("comment", ItemType.LONG_TEXT),
        item("phone", ItemType.PHONE),
        item("credit", ItemType.CREDIT_CODE),
        item("industry", ItemType.INDUSTRY),
        item("district", ItemType.DISTRICT),
        item("proof", ItemType.FILE, file_types=("pdf", "png"), max_megabytes=0.1, missing=(Missing.REFUSED,)),
    ),
)
EVERY_TYPE = Questionnaire(
    code="every_type",
    title=text("样样有", "Every type"),
    sections=(
        Section(code="first", title=text("第一部分", "First part"), pages=(FIRM, CHOICES)),
        Section(code="second", title=text("第二部分", "Second part"), pages=(AMOUNTS, WORDS)),
    ),
    edit_rules=(
        EditRule(
            code="h_ratio",
            level=EditLevel.HARD,
            items=("ratio",),
            condition="${ratio} <= 100",
            message=text("比值不超过100", "The ratio is at most 100."),
        ),
        EditRule(
            code="v_staff",
            level=EditLevel.VERIFY,
            items=("employees",),
            condition="${employees} <= 1000",
            message=text("人数异常", "Unusually many people."),
        ),
        EditRule(
            code="n_cost",
            level=EditLevel.NOTE,
            items=("cost",),
            condition="${cost} != '5'",
            message=text("很严重", "That is a lot."),
        ),
    ),
)


def give_every_type(wave: Wave) -> QuestionnaireVersion:
    """Let the wave collect with the questionnaire of every type."""
    designed = DesignedQuestionnaire.objects.create(survey=wave.survey, code="every_type", title=Text("样", "E"))
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=designed, number=1, schema=EVERY_TYPE.to_dict(), digest=EVERY_TYPE.digest
    )
    wave.save()
    return wave.version


ROUTE_WITHOUT_CLOUD: dict[str, dict[str, Any]] = {
    "firm": {"employees": "20", "has_cloud": "no"},
    "choices": {"cost": "4"},
    "words": {},
}
"""The least that a firm without a cloud has to post, page by page."""
