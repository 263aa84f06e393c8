"""Of two designers with one page open, the second sees both values and chooses."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Text
from survey.models import Item, Option, Questionnaire

WORDS = {"text_zh": "有多严重？", "text_en": "How serious is it?", "position": "0", "code": "pain", "type": "severity"}


@pytest.fixture
def item(small: Questionnaire) -> Item:
    made = Item.objects.get(code="uses")
    made.options.create(code="a", text=Text("甲", "A"))
    return made


def address(item: Item) -> str:
    return reverse("admin:survey_item_change", args=[item.pk])


def opened(designer: Client, item: Item) -> dict[str, str]:
    """The page as a browser would send it back."""
    page = designer.get(address(item))
    assert page.status_code == 200
    form = page.context["adminform"].form
    posted = fields_of(form) | {"_state": page.context["state"]}
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        posted |= fields_of(formset.management_form)
        for part in formset.forms:
            posted |= fields_of(part)
    assert 'name="_state"' in page.content.decode()
    return posted


def fields_of(form: Any) -> dict[str, Any]:
    posted: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, Text):
            posted |= {f"{form[name].html_name}_{language}": words for language, words in value.to_dict().items()}
        elif isinstance(value, list):
            posted[form[name].html_name] = value if name != "file_types" else " ".join(value)
        elif value is not None and value is not False and value != "":
            posted[form[name].html_name] = value
    return posted


def conflicts(page: Any) -> list[tuple[str, str, str]]:
    return [(each.label, each.stored, each.typed) for each in page.context["conflicts"]]


def test_second_designer_is_refused_and_sees_both_values(designer: Client, item: Item) -> None:
    first, second = opened(designer, item), opened(designer, item)
    assert designer.post(address(item), {**first, "text_en": "Is it used?"}).status_code == 302
    page = designer.post(address(item), {**second, "text_en": "Do you use it?"})
    assert page.status_code == 409
    assert conflicts(page) == [("Wording", "是否使用？ / Is it used?", "是否使用？ / Do you use it?")]
    assert Item.objects.get(pk=item.pk).text.en == "Is it used?"


@pytest.mark.parametrize(("choice", "kept"), [("stored", "Is it used?"), ("typed", "Do you use it?")])
def test_second_designer_chooses(designer: Client, item: Item, choice: str, kept: str) -> None:
    typed = {**opened(designer, item), "text_en": "Do you use it?", "hint_en": "Yes or no", "hint_zh": "是或否"}
    Item.objects.filter(pk=item.pk).update(text=Text("是否使用？", "Is it used?"))
    page = designer.post(address(item), typed)
    again = {**typed, "_state": page.context["state"], "_keep_text": choice}
    assert designer.post(address(item), again).status_code == 302
    stored = Item.objects.get(pk=item.pk)
    assert (stored.text.en, stored.hint.en) == (kept, "Yes or no")


def test_value_that_only_the_first_changed_is_proposed_to_be_kept(designer: Client, item: Item) -> None:
    typed = {**opened(designer, item), "hint_en": "Yes or no", "hint_zh": "是或否"}
    Item.objects.filter(pk=item.pk).update(concept="use")
    page = designer.post(address(item), typed)
    assert [(each.name, each.is_kept) for each in page.context["conflicts"]] == [("concept", False)]
    assert '<th scope="row">Concept</th>' in page.content.decode()


def test_option_that_somebody_changed_meanwhile_is_not_overwritten(designer: Client, item: Item) -> None:
    typed = opened(designer, item) | {"options-0-text_en": "Mine"}
    Option.objects.update(text=Text("甲", "Theirs"))
    page = designer.post(address(item), typed)
    assert page.status_code == 409
    assert [row[1:] for row in conflicts(page)] == [("甲 / Theirs", "甲 / Mine")]
    assert Option.objects.get().text.en == "Theirs"


def test_option_that_somebody_added_meanwhile_is_said(designer: Client, item: Item) -> None:
    typed = opened(designer, item)
    item.options.create(code="b", text=Text("乙", "B"))
    assert "Somebody else changed this since you opened it" in designer.post(address(item), typed).content.decode()


def test_page_that_nobody_else_changed_is_saved(designer: Client, item: Item) -> None:
    typed = opened(designer, item)
    assert designer.post(address(item), {**typed, "concept": "use"}).status_code == 302
    assert Item.objects.get(pk=item.pk).concept == "use"


def test_every_page_that_changes_a_row_bears_its_state(designer: Client, item: Item) -> None:
    part = item.page
    pages = [
        reverse("admin:survey_survey_change", args=[part.section.questionnaire.survey_id]),
        reverse("admin:survey_questionnaire_change", args=[part.section.questionnaire_id]),
        reverse("admin:survey_section_change", args=[part.section_id]),
        reverse("admin:survey_page_change", args=[part.pk]),
        reverse("admin:survey_option_change", args=[item.options.get().pk]),
    ]
    assert [bool(re.search('name="_state"', designer.get(page).content.decode())) for page in pages] == [True] * 5
