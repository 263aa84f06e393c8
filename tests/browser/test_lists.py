"""Lists of firms in a real browser, in both languages: put in with a wrong row, joined by the mended one, and a year
later compared with the next list before that is accepted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django import Settings

from survey.models import Firm, SamplingFrame
from survey.terms import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, looked_at, sign_in, work_off_before
from tests.browser.respondent import replaced
from tests.frame_lists import firms, write_list


@pytest.fixture
def officer(
    site: str, classified: None, office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path
) -> User:
    """An officer with a password; what is put in lies in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    user = office_user(Role.FIELD_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def put_in(page: Page, site: str, path: Path, table: pd.DataFrame, joins: SamplingFrame | None = None) -> None:
    """Have a list checked, and look at the report."""
    page.goto(f"{site}/admin/frame-import/")
    page.set_input_files("#id_file", write_list(path, table))
    if joins is not None:
        page.select_option("#id_joins", str(joins.pk))
    replaced(page, page.locator(".submit-row [type=submit]").first.click)
    work_off_before(page)
    looked_at(page)


def accept(page: Page) -> None:
    """Accept what was checked, pressing twice."""
    replaced(page, page.locator("form[action$='/accept/'] [type=submit]").dblclick)
    work_off_before(page)
    expect(page.locator(".import-done")).to_be_visible()


@pytest.mark.parametrize(("locale", "viewport"), [("zh-CN", PHONE), ("en", DESK)])
def test_wrong_row_is_mended_and_joins_and_the_next_list_is_compared_before_it_is_accepted(
    open_page: Callable[..., Page], site: str, officer: User, tmp_path: Path, locale: str, viewport: Any
) -> None:
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    put_in(page, site, tmp_path / "first.xlsx", firms((2, "所在区", "火星区")))
    accept(page)
    frame = SamplingFrame.objects.get()
    assert (frame.units.count(), SamplingFrame.objects.count()) == (2, 1)

    put_in(page, site, tmp_path / "mended.xlsx", firms().loc[[2]], joins=frame)
    accept(page)
    looked_at(page)
    assert frame.units.count() == 3

    put_in(page, site, tmp_path / "next.xlsx", firms((3, "单位名称", "乙软件股份有限公司")).loc[[3, 4]])
    numbers = page.locator(".import-table.narrow").first.locator("td.number").all_inner_texts()
    assert numbers == ["0", "1", "1", "1"], "new, changed, gone, the same"
    accept(page)
    assert sorted(each.units.count() for each in SamplingFrame.objects.all()) == [2, 3]
    changed = Firm.objects.get(name="乙软件股份有限公司").changes.get(field="name")
    assert (changed.old, changed.source) == ("乙软件有限公司", "list")
