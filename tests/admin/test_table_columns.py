"""The columns of a table of any answers as a designer writes them."""

from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Option as Column
from survey.instrument.schema import Text
from survey.models import Item, Option, Page, Questionnaire
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import ItemType
from tests.admin.test_questionnaire import item_form


def saved(designer: Client, item: Item, **more: str) -> dict[str, list[str]]:
    """Save the page of an item with one column; what is wrong with its lines."""
    line = {"position": "1", "code": "link", "text_zh": "联网", "text_en": "Link", **more}
    given = {
        **item_form(Page.objects.get(), code=item.code, type=item.type),
        "options-TOTAL_FORMS": 1,
        **{f"options-0-{name}": value for name, value in line.items()},
    }
    response = designer.post(reverse("admin:survey_item_change", args=[item.pk]), given)
    return {} if response.status_code == 302 else response.context["inline_admin_formsets"][0].formset.errors[0]


def table(small: Questionnaire) -> Item:
    text = Text("场所", "Sites")
    page = Page.objects.get(section__questionnaire=small)
    return Item.objects.create(page=page, code="sites", type=ItemType.TABLE.value, text=text, position=9)


def test_column_has_a_kind_and_choices(designer: Client, small: Questionnaire) -> None:
    item = table(small)
    lines = {"choices_zh": "wired 有线\nair 无线", "choices_en": "wired By wire\nair By air"}
    assert saved(designer, item, type="single", **lines) == {}
    (column,) = read_questionnaire(small.pk).items["sites"].options
    assert (column.type, column.choices) == (
        ItemType.SINGLE,
        (Column(code="wired", text=Text("有线", "By wire")), Column(code="air", text=Text("无线", "By air"))),
    )


def test_choice_without_a_code_is_refused_with_its_line(designer: Client, small: Questionnaire) -> None:
    errors = saved(designer, table(small), type="single", choices_zh="有线")
    assert ["有线" in message for message in errors["choices"]] == [True]
    assert not Option.objects.filter(item__code="sites").exists()


def test_kind_that_fits_no_cell_is_not_offered(designer: Client, small: Questionnaire) -> None:
    assert list(saved(designer, table(small), type="ranking")) == ["type"]


def test_other_items_are_not_asked_for_kinds_of_columns(designer: Client, small: Questionnaire) -> None:
    single = Item.objects.exclude(type=ItemType.TABLE.value).all()[0]
    Option.objects.create(item=single, code="a", text=Text("甲", "A"), position=1)
    shown = {}
    for item in (single, table(small)):
        html = designer.get(reverse("admin:survey_item_change", args=[item.pk])).content.decode()
        shown[item.type] = [f'name="options-__prefix__-{name}"' in html for name in ("text_zh", "type", "choices_zh")]
    assert shown == {single.type: [True, False, False], ItemType.TABLE.value: [True, True, True]}
