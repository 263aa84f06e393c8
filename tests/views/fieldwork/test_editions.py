import pytest
from django.test import Client

from survey.models import ClassificationVersion

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
