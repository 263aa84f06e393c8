from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import ClassificationVersion, District, FrameImport, Removed, Territory
from survey.terms import Role

pytestmark = pytest.mark.usefixtures("classified")
PAGE = "/admin/classifications/"
SENT = {"kind": "industry", "code": "GB/T 4754-2011", "valid_from": "2011-11-01", "table": "3911 3911"}


def test_edition_is_kept_and_can_be_chosen_for_a_list(field_officer: Client) -> None:
    assert field_officer.post(PAGE, SENT).status_code == 302
    assert "GB/T 4754-2011" in field_officer.get(PAGE).content.decode()
    assert "GB/T 4754-2011" in field_officer.get("/admin/frame-import/").content.decode()


def test_pressing_twice_keeps_one_and_says_so(field_officer: Client) -> None:
    assert [field_officer.post(PAGE, SENT).status_code for _ in range(2)] == [302, 422]
    assert ClassificationVersion.objects.filter(is_current=False).count() == 1


def test_wrong_line_is_said_at_the_table_with_the_way_to_mend_it(field_officer: Client) -> None:
    answer = field_officer.post(PAGE, {**SENT, "table": "3911"})
    assert (answer.status_code, "Write the old code, a blank and the new code" in answer.content.decode()) == (
        422,
        True,
    )


@pytest.fixture
def edition(field_officer: Client) -> ClassificationVersion:
    field_officer.post(PAGE, SENT)
    return ClassificationVersion.objects.get(is_current=False)


def page_of(edition: ClassificationVersion) -> str:
    return reverse("classification_edition", args=[edition.pk])


def test_removed_edition_is_gone_and_its_officer_puts_it_back(
    field_officer: Client, edition: ClassificationVersion
) -> None:
    assert page_of(edition) in field_officer.get(PAGE).content.decode()
    field_officer.post(page_of(edition), {"remove": "1", "typed": edition.code})
    page = field_officer.get(PAGE).content.decode()
    assert "The edition GB/T 4754-2011 is deleted. It can be put back for 30 days." in page
    assert page_of(edition) not in page
    sent = {"action": "put_back_chosen", "_selected_action": [str(Removed.objects.get().pk)]}
    field_officer.post(reverse("admin:survey_removed_changelist"), sent)
    assert ClassificationVersion.objects.get(is_current=False).code == edition.code


def test_another_name_removes_and_replaces_nothing(field_officer: Client, edition: ClassificationVersion) -> None:
    for button in ("remove", "replace"):
        answer = field_officer.post(page_of(edition), {**SENT, button: "1", "typed": "2011"})
        said = "The name typed is not that of the edition." in answer.content.decode()
        assert (answer.status_code, said) == (422, True)
    assert ClassificationVersion.objects.get(is_current=False) == edition


def test_page_shows_the_table_and_replaces_it(field_officer: Client, edition: ClassificationVersion) -> None:
    form = field_officer.get(page_of(edition)).context["form"]
    assert (form["table"].value(), form["code"].value()) == ("3911 3911", edition.code)
    sent = {**SENT, "table": "3911 3912", "replace": "1", "typed": edition.code}
    assert field_officer.post(page_of(edition), sent).status_code == 302
    kept = ClassificationVersion.objects.get(is_current=False)
    assert [(line.old, line.new) for line in kept.correspondences.all()] == [("3911", "3912")]


def test_edition_in_use_names_what_uses_it_and_offers_no_form(
    field_officer: Client, edition: ClassificationVersion
) -> None:
    FrameImport.objects.create(title="Firms of 2026", source_name="a", status="waiting", industries_by=edition)
    page = field_officer.get(page_of(edition)).content.decode()
    assert ("List of firms: Firms of 2026" in page, 'name="typed"' in page) == (True, False)
    answer = field_officer.post(page_of(edition), {"remove": "1", "typed": edition.code})
    assert (answer.status_code, "“Firms of 2026”" in answer.content.decode()) == (422, True)


def test_only_who_works_on_every_district_is_led_to_removing(
    client: Client, office_user: Callable[[Role], User], edition: ClassificationVersion
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    Territory.objects.create(user=officer, district=District.objects.all()[0])
    client.force_login(officer)
    assert page_of(edition) not in client.get(PAGE).content.decode()
    assert client.get(page_of(edition)).status_code == 403
