"""A text is written in one labelled input for each language of its survey."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from survey.forms.office.translated import TranslatedFormField, offer_languages
from survey.instrument.schema import Text
from survey.models import Item, Questionnaire, Survey
from survey.selectors.design.languages import content_languages
from tests.admin.test_questionnaire import item_form

pytestmark = pytest.mark.usefixtures("english")


class TitleForm(forms.Form):
    title = TranslatedFormField(label="Title", max_length=10)
    hint = TranslatedFormField(label="Hint", needed=())


def filled(**wordings: str) -> TitleForm:
    data = QueryDict(mutable=True)
    data.update({"title_zh": "甲", "title_en": "A", **wordings})
    return TitleForm(data)


def test_wordings_become_one_text_without_spaces_and_empty_languages() -> None:
    form = filled(title_zh=" 甲 ", title_fr="Un", title_vi=" ")
    assert (form.is_valid(), form.cleaned_data["title"]) == (True, Text("甲", "A", (("fr", "Un"),)))


def test_text_that_is_not_needed_may_be_empty() -> None:
    form = filled()
    assert (form.is_valid(), form.cleaned_data["hint"]) == (True, Text())


@pytest.mark.parametrize(
    ("wordings", "message"),
    [
        ({"title_zh": " "}, "Chinese: This field is required."),
        ({"title_en": ""}, "English: This field is required."),
        ({"title_fr": "x" * 11}, "français: Ensure this value has at most 10 characters (it has 11)."),
    ],
)
def test_wording_at_fault_is_named_by_its_language(wordings: dict[str, str], message: str) -> None:
    assert filled(**wordings).errors["title"] == [message]


def inputs_of(form: forms.Form) -> list[str]:
    context = form["title"].field.widget.get_context("title", form["title"].value(), {"id": "id_title"})
    return [part["name"] for part in context["widget"]["parts"]]


def test_languages_of_the_survey_and_of_the_text_are_offered() -> None:
    form = TitleForm(initial={"title": Text("甲", "A", (("fr", "Un"),))})
    offer_languages(form.fields.values(), ("vi",))
    assert inputs_of(form) == ["title_zh", "title_en", "title_vi", "title_fr"]


def test_every_input_has_a_name_of_its_own() -> None:
    page = str(TitleForm()["title"])
    assert [f'aria-label="Title ({language})"' in page for language in ("Chinese", "English")] == [True, True]
    assert [f'for="id_title_{language}"' in page for language in ("zh", "en")] == [True, True]


def test_unchanged_text_counts_as_unchanged() -> None:
    data = {"title_zh": "甲", "title_en": "A", "title_fr": ""}
    form = TitleForm(data, initial={"title": Text("甲", "A"), "hint": Text()})
    assert form.changed_data == []


def test_survey_lists_its_further_languages(designer: Client, small: Questionnaire) -> None:
    survey = small.survey
    assert designer.post(*survey_form(survey, languages="fr，vi zh fr")).status_code == 302
    assert content_languages(Item.objects.first() or small) == ("fr", "vi")


def survey_form(survey: Survey, **given: str) -> tuple[str, dict[str, Any]]:
    names = ("title", "issuing_authority", "purpose", "legal_basis", "confidentiality", "contact")
    texts = {f"{name}_{language}": "x" for name in names for language in ("zh", "en")}
    plain = {"code": survey.code, "form_number": "1", "approval_number": "2", "approval_expires": "2099-01-01"}
    return reverse("admin:survey_survey_change", args=[survey.pk]), {**plain, "minutes": "5", **texts, **given}


def test_item_is_written_in_every_language_of_its_survey(designer: Client, small: Questionnaire) -> None:
    Survey.objects.update(languages=["fr"])
    item = Item.objects.get(code="uses")
    address = reverse("admin:survey_item_change", args=[item.pk])
    assert 'name="text_fr"' in designer.get(address).content.decode()
    designer.post(address, item_form(item.page, code="uses", text_fr="Utilisé ?"))
    assert Item.objects.get(code="uses").text == Text("问", "Ask", (("fr", "Utilisé ?"),))


def test_search_of_the_office_finds_chinese_words(designer: Client, small: Questionnaire) -> None:
    page = designer.get(reverse("admin:survey_item_changelist"), {"q": "是否使用"})
    assert [item.code for item in page.context["cl"].result_list] == ["uses"]


def test_list_shows_the_language_of_the_page(designer: Client, small: Questionnaire) -> None:
    page = designer.get(reverse("admin:survey_item_changelist")).content.decode()
    assert ("Is it in use?" in page, "是否使用" in page) == (True, False)


@pytest.mark.parametrize("part", ["section", "page", "item", "option", "editrule", "questionnaire"])
def test_page_of_a_new_part_offers_the_languages_of_surveys(designer: Client, small: Questionnaire, part: str) -> None:
    Survey.objects.filter(pk=small.survey.pk).update(languages=["fr"])
    page = designer.get(f"/admin/survey/{part}/add/").content.decode()
    assert "_fr" in page
