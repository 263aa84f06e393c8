"""A survey of hotels that nobody made a plan for has results: tables, page and workbook follow from its items."""

import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from survey.instrument.plan.default import completed_plan
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.models import Case, QuestionnaireVersion, Release, Response, SamplingFrame, Wave
from survey.models import Questionnaire as DesignedQuestionnaire
from survey.services.fieldwork.sampling import draw_sample
from survey.services.results.cuts import make_cut
from survey.terms import Disposition, ItemType, ResponseStatus
from tests.released import released_workbook


def options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code=code, text=Text(code, code.capitalize())) for code in codes)


def item(code: str, kind: ItemType, text: str, *codes: str, unit: str = "") -> Item:
    return Item(code=code, type=kind, text=Text(text, text), options=options(*codes), unit=Text(unit, unit))


ITEMS = (
    item("room", ItemType.SINGLE, "Demand for rooms", "rising", "steady", "falling"),
    item("table", ItemType.SINGLE, "Demand for tables", "rising", "steady", "falling"),
    item("chain", ItemType.YES_NO, "Part of a chain"),
    item("channels", ItemType.MULTIPLE, "Where guests book", "site", "agency"),
    item("beds", ItemType.INTEGER, "Beds", unit="beds"),
    item("filled", ItemType.PERCENTAGE, "Beds filled"),
    item("wishes", ItemType.RANKING, "What would help", "staff", "tax", "roads"),
    item("remarks", ItemType.LONG_TEXT, "Remarks"),
)
HOTELS = Questionnaire(
    code="hotels",
    title=Text("酒店", "Hotels"),
    sections=(Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=ITEMS),)),),
)


def answers_of(number: int) -> dict[str, object]:
    return {
        "room": ("rising", "steady", "falling")[number % 3],
        "table": ("rising", "falling")[number % 2],
        "chain": "yes" if number % 4 else "no",
        "channels": ["site"] if number % 3 else ["site", "agency"],
        "beds": 20 + 7 * (number % 11),
        "filled": 40 + number % 30,
        "wishes": ["staff", "tax"] if number % 5 else ["roads", "staff"],
    }


@pytest.fixture
def hotels(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """A wave of which sixty hotels answered, with a version that froze no plan."""
    questionnaire = DesignedQuestionnaire.objects.create(survey=wave.survey, code="hotels")
    wave.version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, schema=HOTELS.to_dict(), digest=HOTELS.digest
    )
    wave.save()
    draw_sample(wave=wave, frame=frame(units=120), size=80, method="proportional", seed=1, actor=None)
    for number, case in enumerate(Case.objects.filter(wave=wave).order_by("id")[:60]):
        Case.objects.filter(pk=case.pk).update(disposition=Disposition.COMPLETE.value)
        Response.objects.create(
            case=case,
            version=wave.version,
            answers=answers_of(number),
            status=ResponseStatus.SUBMITTED.value,
            submitted_at=timezone.now(),
            receipt_number=f"{wave.code}-{case.pk}",
        )
    return wave


def test_page_shows_what_was_asked(hotels: Wave, methodologist: Client) -> None:
    content = methodologist.get("/admin/dashboard/working/?chapter=all").context["content"]
    assert content.headlines == []
    assert [(block.code, len(block.rows)) for block in content.blocks] == [
        ("distribution_scale_room", 2),
        ("means", 2),
        ("means_by_industry", 2),
        ("choices_chain", 2),
        ("choices_channels", 2),
        ("first_wishes", 3),
        ("choices_wishes", 3),
    ]
    assert all(figure.text for block in content.blocks for row in block.rows for figure in row.figures[1:2])


@pytest.mark.parametrize("address", ["/admin/dashboard/?chapter=all", "/admin/dashboard/working/?chapter=all"])
def test_page_speaks_of_no_other_subject(hotels: Wave, methodologist: Client, address: str) -> None:
    make_cut(wave=hotels, actor=None)
    page = methodologist.get(address).content.decode()
    main = page[page.index("<main") :].replace(str(hotels.survey), "")
    # The letters of a token come by chance.
    main = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)
    assert [word for word in ("pain point", "serious", "5G", "theme") if word in main] == []
    assert ("Demand for rooms" in main, "which ranks a row may truly have" in main) == (True, True)


def test_numbers_stand_side_by_side_with_their_unit(hotels: Wave, methodologist: Client) -> None:
    blocks = {
        block.code: block
        for block in methodologist.get("/admin/dashboard/working/?chapter=all").context["content"].blocks
    }
    assert blocks["means"].heads == (
        "Unit", "Mean", "Interval (95%)", "Bootstrap interval (95%)", "Median", "Interval (95%)", "Total",
        "Interval (95%)", "Bootstrap interval (95%)", "Firms",
    )  # fmt: skip
    assert [len(row.figures) for row in blocks["means"].rows] == [10, 10]
    assert blocks["means"].rows[1].figures[6].text == ""


def test_filter_restricts_every_table(hotels: Wave, methodologist: Client) -> None:
    content = methodologist.get("/admin/dashboard/working/", {"chapter": "all", "industry": "C"}).context["content"]
    assert {table.base.n for code, table in content.tables.items() if code != "response"} == {30}
    assert "means_by_size" in content.tables


def test_first_and_all_choices_are_different_shares(hotels: Wave, methodologist: Client) -> None:
    tables = methodologist.get("/admin/dashboard/working/?chapter=all").context["content"].tables
    first, every = (tables[code].cell("staff", "all") for code in ("first_wishes", "choices_wishes"))
    assert first.n == every.n == 60
    assert first.estimate < every.estimate
    assert sum(cell.estimate or 0 for _, _, cell in tables["first_wishes"].walk()) == pytest.approx(1)


def test_workbook_has_a_sheet_for_each_table(hotels: Wave, methodologist: Client) -> None:
    response = released_workbook(methodologist, hotels)
    book = openpyxl.load_workbook(BytesIO(response.getvalue()))
    titles = {str(row[1]).partition(": ")[2] for row in book["Contents"].iter_rows(values_only=True)}
    closed = {f"{asked} by district" for asked in ("Demand for rooms", "Demand for tables", "Part of a chain")}
    assert closed <= titles
    sheets = {name for sheet in book for name in sheet.tables}
    content = Release.objects.get().content
    shown = [code for code, table in content["figures"][0]["tables"].items() if table["cells"]]
    assert {"choices_chain", "choices_channels", "means"} <= set(shown)
    assert [code for code in shown if f"table_{code}_en" not in sheets] == []
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert [word for word in ("pain point", "Core theme", "5G") if word in text.replace(str(hotels.survey), "")] == []


def test_plan_follows_from_the_questionnaire(hotels: Wave) -> None:
    assert completed_plan(HOTELS).digest == completed_plan(Questionnaire.from_dict(HOTELS.to_dict())).digest
