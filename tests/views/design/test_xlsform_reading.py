"""The page of a form that was put in: its report, what it would change, and its loading over the draft that was compared."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Item, Questionnaire, StaffAction, Survey, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import AskedUnit, Role
from tests.views.design.uploads import upload

IMPORT = "/admin/questionnaires/xlsform/"


def test_load_stores_the_draft_and_leads_to_it(
    designer: Client, wave: Wave, tmp_path: Path, office_user: Callable[[Role | str], User]
) -> None:
    response = designer.post(IMPORT, {"file": upload(tmp_path, "basic_types"), "survey": wave.survey.pk, "load": "1"})
    stored = Questionnaire.objects.get(code="basic")
    assert response.headers["Location"] == reverse("admin:survey_questionnaire_change", args=[stored.pk])
    assert StaffAction.objects.get(verb="load_questionnaire").actor == office_user(Role.DESIGNER)


def test_form_with_parts_left_out_is_loaded_only_when_told_so(designer: Client, wave: Wave, tmp_path: Path) -> None:
    sent = {"survey": wave.survey.pk, "load": "1"}
    response = designer.post(IMPORT, {**sent, "file": upload(tmp_path, "media")})
    assert list(response.context["form"].errors) == ["partly"]
    designer.post(IMPORT, {**sent, "file": upload(tmp_path, "media"), "partly": "on"})
    assert list(Item.objects.values_list("code", flat=True)) == ["seen"]


def test_existing_draft_is_replaced_only_when_told_so(designer: Client, small: Questionnaire, tmp_path: Path) -> None:
    sent = {"code": "small", "load": "1"}
    response = designer.post(IMPORT, {**sent, "file": upload(tmp_path, "acknowledgement")})
    assert list(response.context["form"].errors) == ["replace"]
    shown = designer.post(IMPORT, {**sent, "file": upload(tmp_path, "acknowledgement"), "replace": "on"})
    page = shown.headers["Location"]
    assert list(read_questionnaire(small.pk).items) == ["pain", "uses"]
    designer.post(page, {"seen": read_questionnaire(small.pk).digest})
    assert list(read_questionnaire(small.pk).items) == ["ok", "name"]


def page_of(designer: Client, tmp_path: Path, form: str = "acknowledgement") -> str:
    sent = {"code": "small", "load": "1", "replace": "on", "file": upload(tmp_path, form)}
    return designer.post(IMPORT, sent).headers["Location"]


def test_report_tells_of_what_the_survey_of_the_draft_asks(
    designer: Client, small: Questionnaire, tmp_path: Path
) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    told = [finding.message for finding in designer.get(page_of(designer, tmp_path, "media")).context["findings"]]
    assert any("local unit" in message for message in told)
    assert [message for message in told if "firm" in message] == []


def test_difference_is_shown_before_a_draft_is_replaced(designer: Client, small: Questionnaire, tmp_path: Path) -> None:
    changes = designer.get(page_of(designer, tmp_path)).context["changes"]
    found = {(change["part"], change["kind"], change["code"]) for change in changes}
    expected = {("Item", "added", "ok"), ("Item", "removed", "pain"), ("Item", "removed", "uses")}
    assert expected <= found


def test_whoever_loads_a_form_is_told_what_was_loaded(designer: Client, small: Questionnaire, tmp_path: Path) -> None:
    page, seen = page_of(designer, tmp_path), read_questionnaire(small.pk).digest
    told = designer.get(page).context["summary"]
    assert [str(one) for one in designer.post(page, {"seen": seen}, follow=True).context["messages"]] == [told]


def test_draft_that_changed_meanwhile_is_not_replaced_unseen(
    designer: Client, small: Questionnaire, tmp_path: Path
) -> None:
    page, seen = page_of(designer, tmp_path), read_questionnaire(small.pk).digest
    Item.objects.filter(code="uses").update(required="true()")
    response = designer.post(page, {"seen": seen})
    assert len(response.context["form"].non_field_errors()) == 1
    assert list(read_questionnaire(small.pk).items) == ["pain", "uses"]
    assert response.context["form"]["seen"].value() == read_questionnaire(small.pk).digest


def test_form_with_parts_left_out_replaces_only_when_told_so(
    designer: Client, small: Questionnaire, tmp_path: Path
) -> None:
    page, seen = page_of(designer, tmp_path, "media"), read_questionnaire(small.pk).digest
    assert list(designer.post(page, {"seen": seen}).context["form"].errors) == ["partly"]
    designer.post(page, {"seen": seen, "partly": "on"})
    assert list(read_questionnaire(small.pk).items) == ["seen"]


def test_new_questionnaire_needs_a_survey(designer: Client, tmp_path: Path) -> None:
    response = designer.post(IMPORT, {"file": upload(tmp_path, "acknowledgement"), "load": "1"})
    assert list(response.context["form"].errors) == ["survey"]
