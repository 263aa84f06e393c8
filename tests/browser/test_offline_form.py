"""The offline form in a browser: downloaded, filled in, uploaded with its faults, for a firm and for an officer."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook
from pytest_django import Settings

from survey.models import Case, Response
from survey.terms import ResponseStatus, Role
from tests.browser.conftest import DESK
from tests.browser.office import PASSWORD, sign_in
from tests.browser.respondent import enter, replaced, scrolls_sideways, serious_findings
from tests.exchange.forms_filled_in import content, fill_in, questions

NARROW = {"width": 320, "height": 640}
COMPLETE = {"item:employees": 20, "item:has_cloud": "no", "item:cost": "4"}
FAULTY = {**COMPLETE, "item:email": "nobody", "item:remark": "字" * 80}


def download(page: Any) -> Any:
    with page.expect_download() as started:
        page.click("a[href$='/workbook/']")
    return load_workbook(BytesIO(started.value.path().read_bytes()))


def upload(page: Any, book: Any, answers: Any, scan: str = "scan.exe") -> None:
    """Choose the filled form and a file to attach, and press the button."""
    workbook = {"name": "问卷（1）.xlsx", "mimeType": "", "buffer": content(fill_in(book, answers))}
    page.set_input_files("#file", workbook)
    page.set_input_files("#attach__proof", {"name": scan, "mimeType": "", "buffer": b"%PDF-1.7"})
    replaced(page, lambda: page.click("form[enctype] button[type=submit]"))


def looks(page: Any) -> Any:
    return serious_findings(page), scrolls_sideways(page)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "narrow"])
def test_firm_mends_what_is_named_by_cell_and_receives_its_receipt(
    open_page: Any, site: str, case: Case, settings: Settings, tmp_path: Path, locale: Any, viewport: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = open_page(locale=locale, viewport=viewport)
    enter(page, site, case)
    page.goto(f"{site}/form/offline/")
    assert looks(page) == ([], False)
    book = download(page)
    upload(page, book, FAULTY)
    page.wait_for_selector(".summary")
    assert questions(book).title in page.inner_text(".summary")
    assert looks(page) == ([], False)
    upload(page, book, {**COMPLETE, "item:email": None, "item:remark": None}, "scan.pdf")
    page.wait_for_url("**/receipt/")
    assert Response.objects.get().status == ResponseStatus.SUBMITTED


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "narrow"])
def test_officer_reads_what_to_mend_in_a_long_named_firm(
    open_page: Any, site: str, case: Case, office_user: Callable[[Role | str], User], locale: Any, viewport: Any
) -> None:
    unit = case.sample_unit.unit
    unit.name = "深圳市工业互联网设备制造与系统集成服务（集团）股份有限公司" + "Longest-Unbroken-Name-" * 3
    unit.save()
    officer = office_user(Role.FIELD_OFFICER)
    officer.set_password(PASSWORD)
    officer.save()
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username, f"/admin/cases/{case.pk}/offline/")
    upload(page, download(page), FAULTY)
    page.wait_for_selector(".errornote")
    assert page.locator(".wide-table tbody tr").count() == 2
    assert looks(page) == ([], False)
