"""The designer's pages: what a designer may do, what others may not, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Text
from survey.models import EditRule, Item, Page, Questionnaire, StaffAction, Survey
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import AskedUnit, ItemType, Role
from tests.shipped import FIXTURES

MODELS = [
    "survey",
    "questionnaire",
    "section",
    "page",
    "item",
    "option",
    "editrule",
    "painpoint",
    "questionnaireversion",
]


def item_form(page: Page, **fields: Any) -> dict[str, object]:
    """What the page of a new item posts."""
    management = {"options-TOTAL_FORMS": 0, "options-INITIAL_FORMS": 0}
    texts = {"text_zh": "问", "text_en": "Ask", "position": 3}
    return {"page": page.pk, "code": "more", "type": ItemType.YES_NO.value, **texts, **management, **fields}


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


@pytest.mark.parametrize("model", MODELS)
def test_designer_opens_every_list(designer: Client, small: Questionnaire, model: str) -> None:
    assert designer.get(reverse(f"admin:survey_{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST, Role.FIELD_OFFICER])
def test_others_change_nothing(
    client: Client, office_user: Callable[[Role | str], User], small: Questionnaire, model: str, role: Role
) -> None:
    client.force_login(office_user(role))
    assert client.get(reverse(f"admin:survey_{model}_add")).status_code == 403


def test_nobody_is_sent_to_the_login_page(client: Client, small: Questionnaire) -> None:
    address = reverse("admin:survey_item_changelist")
    assert client.get(address).headers["Location"] == f"{reverse('admin:login')}?next={address}"


@pytest.mark.parametrize("model", ["questionnaire", "section", "page", "item"])
def test_page_of_a_part_opens(designer: Client, small: Questionnaire, model: str) -> None:
    row = {"questionnaire": small, "page": Page.objects.get(), "item": Item.objects.all()[0]}.get(model)
    pk = row.pk if row else small.sections.get().pk
    assert designer.get(reverse(f"admin:survey_{model}_change", args=[pk])).status_code == 200


def test_page_of_an_item_leads_to_the_page_above_it(designer: Client, small: Questionnaire) -> None:
    page, item = Page.objects.get(), Item.objects.get(code="uses")
    response = designer.get(reverse("admin:survey_item_change", args=[item.pk]))
    assert response.context["above_address"] == reverse("admin:survey_page_change", args=[page.pk])


def test_page_of_an_item_tells_of_what_its_survey_asks(designer: Client, small: Questionnaire) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    Survey.objects.create(code="firms", approval_expires=date(2030, 1, 1))
    addresses = reverse("admin:survey_item_change", args=[Item.objects.get(code="uses").pk]), "/admin/survey/item/add/"
    told = [designer.get(address).content.decode() for address in addresses]
    assert "Each local unit sees them in an order of its own." in told[0]
    assert "Each firm or local unit sees them in an order of its own." in told[1]


def test_item_is_added_with_its_non_answers(designer: Client, small: Questionnaire) -> None:
    data = item_form(Page.objects.get(), missing=["dont_know", "refused"], relevant="${uses} = 'yes'")
    designer.post(reverse("admin:survey_item_add"), data)
    item = Item.objects.get(code="more")
    assert (item.missing, item.relevant, item.file_types) == (["dont_know", "refused"], "${uses} = 'yes'", [])


def test_change_is_kept_in_the_history_with_its_author(
    designer: Client, small: Questionnaire, office_user: Callable[[Role | str], User]
) -> None:
    item = Item.objects.get(code="uses")
    data = item_form(item.page, code="uses", text_en="Is it used?")
    designer.post(reverse("admin:survey_item_change", args=[item.pk]), data)
    newest = item.history.all()[0]
    assert (newest.text.en, newest.history_user) == ("Is it used?", office_user(Role.DESIGNER))


def test_history_of_an_item_opens(designer: Client, small: Questionnaire) -> None:
    address = reverse("admin:survey_item_history", args=[Item.objects.get(code="uses").pk])
    assert designer.get(address).status_code == 200


def test_change_is_written_to_the_audit_history(designer: Client, small: Questionnaire) -> None:
    designer.post(reverse("admin:survey_item_add"), item_form(Page.objects.get()))
    assert StaffAction.objects.get(verb="add").detail["model"] == "survey.item"


@pytest.mark.parametrize(("field", "text"), [("relevant", "${uses} ="), ("required", "maybe("), ("constraint", ". >")])
def test_expression_that_cannot_be_read_is_refused_with_its_place(
    designer: Client, small: Questionnaire, english: None, field: str, text: str
) -> None:
    response = designer.post(reverse("admin:survey_item_add"), item_form(Page.objects.get(), **{field: text}))
    assert list(errors(response)) == [field]
    assert Item.objects.filter(code="more").count() == 0


def test_code_that_is_taken_elsewhere_in_the_questionnaire_is_refused(designer: Client, small: Questionnaire) -> None:
    other = small.sections.get().pages.create(code="A2", title=Text("二", "Two"))
    response = designer.post(reverse("admin:survey_item_add"), item_form(other, code="uses"))
    assert list(errors(response)) == ["code"]


def test_message_without_constraint_is_refused(designer: Client, small: Questionnaire) -> None:
    data = item_form(Page.objects.get(), constraint_message_en="Enter more.")
    assert list(errors(designer.post(reverse("admin:survey_item_add"), data))) == ["constraint"]


def rule_form(questionnaire: Questionnaire, **fields: Any) -> dict[str, object]:
    texts = {"message_zh": "请核对。", "message_en": "Check it."}
    start = {"questionnaire": questionnaire.pk, "code": "rule", "position": 1, "level": "verify"}
    return {**start, "items": "uses, pain", "condition": "${uses} = 'yes'", **texts, **fields}


def test_edit_rule_keeps_its_items_in_order(designer: Client, small: Questionnaire) -> None:
    designer.post(reverse("admin:survey_editrule_add"), rule_form(small))
    assert EditRule.objects.get().items == ["uses", "pain"]


def test_edit_rule_on_an_unknown_item_is_refused(designer: Client, small: Questionnaire) -> None:
    response = designer.post(reverse("admin:survey_editrule_add"), rule_form(small, items="uses ghost"))
    assert list(errors(response)) == ["items"]


def test_edit_rule_without_condition_is_refused(designer: Client, small: Questionnaire) -> None:
    response = designer.post(reverse("admin:survey_editrule_add"), rule_form(small, condition=""))
    assert list(errors(response)) == ["condition"]


def test_fields_in_rows_are_named(designer: Client, small: Questionnaire) -> None:
    address = reverse("admin:survey_section_change", args=[small.sections.get().pk])
    html = designer.get(address).content.decode()
    assert [f'aria-label="{name}"' in html for name in ("Code", "Delete")] == [True, True]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_shipped_content_opens_in_both_languages(designer: Client, language: str) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    rows = [model.objects.all()[0] for model in (Survey, Questionnaire, Page, Item, EditRule)]
    pages = [reverse(f"admin:survey_{row._meta.model_name}_change", args=[row.pk]) for row in rows]
    pages += [reverse(f"admin:survey_{model}_changelist") for model in MODELS]
    statuses = {page: designer.get(page, headers={"accept-language": language}).status_code for page in pages}
    assert statuses == dict.fromkeys(pages, 200)


def test_table_gets_its_rows_and_columns_with_the_item(designer: Client, small: Questionnaire) -> None:
    lines = [("wanted", True, ""), ("got", True, ""), ("y1", False, "${uses} = 'yes'")]
    options = {
        f"options-{place}-{name}": value
        for place, (code, is_row, relevant) in enumerate(lines)
        for name, value in {
            "position": place, "code": code, "text_zh": code, "text_en": code, "relevant": relevant,
            **({"is_row": "on"} if is_row else {}),
        }.items()
    }  # fmt: skip
    given = {**item_form(Page.objects.get(), type=ItemType.NUMBER_TABLE.value), "options-TOTAL_FORMS": 3, **options}
    assert designer.post(reverse("admin:survey_item_add"), given).status_code == 302
    item = read_questionnaire(small.pk).items["more"]
    assert ([row.code for row in item.rows], [(column.code, column.relevant) for column in item.options]) == (
        ["wanted", "got"],
        [("y1", "${uses} = 'yes'")],
    )
