"""The whole story in a browser: from the list of firms to the number in the workbook."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from survey.management.demonstration.fill_in import fill_in
from survey.management.demonstration.story import demonstration_list, demonstration_wave
from survey.models import Case, Response, SamplingFrame, Wave
from survey.services.roles import give_role
from survey.terms import CaseStatus, Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, press, sign_in, work_off_before
from tests.browser.respondent import replaced, save
from tests.shipped import FIXTURES

FIRMS, SAMPLE, OTHERS = 120, 80, 60


@pytest.fixture
def staff(site: str) -> Any:
    users = {
        role: User.objects.create_user(role.value, password=PASSWORD)
        for role in (Role.FIELD_OFFICER, Role.METHODOLOGIST, Role.ANALYST)
    }
    for role, user in users.items():
        give_role(user=user, role=role)
    return users


@pytest.fixture
def wave(staff: Any) -> Any:
    call_command("loaddata", *FIXTURES, verbosity=0)
    return demonstration_wave(staff[Role.FIELD_OFFICER])


def import_list(page: Page, site: str, folder: Path) -> None:
    demonstration_list(FIRMS).to_excel(folder / "名录.xlsx", index=False)
    page.goto(f"{site}/admin/frame-import/")
    page.set_input_files("#id_file", folder / "名录.xlsx")
    replaced(page, lambda: page.click(".submit-row [type=submit]"))
    work_off_before(page)
    replaced(page, lambda: page.click("form[action$='/accept/'] [type=submit]"))
    work_off_before(page)
    expect(page.get_by_text(f"抽样框中有 {FIRMS} 家企业")).to_be_visible()


def draw(page: Page, site: str, wave: Wave) -> None:
    page.goto(f"{site}/admin/sample/draw/")
    page.select_option("#id_wave", str(wave.pk))
    page.select_option("#id_frame", str(SamplingFrame.objects.get().pk))
    page.fill("#id_size", str(SAMPLE))
    page.fill("#id_seed", "7")
    replaced(page, lambda: page.click("[name=preview]"))
    replaced(page, lambda: page.click("[name=draw]"))
    page.goto(f"{site}/admin/waves/{wave.code}/open/")
    replaced(page, lambda: page.click("#content form [type=submit]"))


def issue_codes(page: Page, site: str) -> dict[str, str]:
    """Access code by firm, as the mail-merge workbook has them."""
    page.goto(f"{site}/admin/cases/")
    page.check("[name=all]")
    page.select_option("#action", "issue_codes")
    replaced(page, lambda: page.click(".action-bar [type=submit]"))
    page.select_option("#id_channel", "merge")
    replaced(page, page.locator("form[method=get] .submit-row [type=submit]").click)
    replaced(page, lambda: page.click("[name=prepare]"))
    for button in ("form[action$='/send/'] [type=submit]", "form[action*='/files/merge/'] [type=submit]"):
        work_off_before(page)
        replaced(page, page.locator(button).click)
    work_off_before(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="merge-1.xlsx").click()
    head, *rows = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).active.iter_rows(values_only=True)
    return {row[head.index("企业")]: row[head.index("访问码")] for row in rows}


def answer_page(page: Page) -> None:
    """Give every required question that is shown the first answer it offers, or a number."""
    page.evaluate(
        """() => {
          const shown = (node) => node.closest("[hidden]") === null;
          for (const question of [...document.querySelectorAll("#page-form .question")].filter(shown)) {
            if (question.querySelector(".optional")) continue;
            const typed = question.querySelector("input.form-control[inputmode]:not([name$=__other])");
            const choices = [...question.querySelectorAll("input[type=radio], input[type=checkbox]")];
            if (typed) typed.value = typed.value || "10";
            else if (!question.querySelector("select") && choices.length && !choices.some((choice) => choice.checked)) choices[0].click();
            const ranks = [...question.querySelectorAll("select")];
            ranks.forEach((rank, place) => { if (!rank.value) rank.selectedIndex = place + 1; });
          }
        }"""
    )


def fill_in_on_a_phone(page: Page, site: str, code: str) -> list[str]:
    """From the code to the receipt with one verify error; the pages seen, in order."""
    page.goto(f"{site}/#code={code}")
    page.locator("#code-form .btn").click()
    page.wait_for_url(f"{site}/form/")
    replaced(page, lambda: page.click(".actions .btn-primary"))
    seen = []
    while "/form/page/" in page.url:
        shown = page.url.split("/form/page/")[1].split("/")[0]
        seen.append(shown)
        if seen == ["A1"]:
            page.fill("#id_A_employees", "4321")
        if shown == "B1":
            page.check("[name=B_has_equipment][value=no]", force=True)
        answer_page(page)
        save(page)
        if page.url.endswith(f"/{shown}/") and page.locator("[name^=reason__]").count():
            expect(page).to_have_title(re.compile("^错误"))
            for box in page.locator("[name^=reason__]").all():
                box.fill("今年并入了两家子公司的人员和业务。")
            save(page)
        assert len(seen) < 40, seen[-3:]
    return seen


def submit(page: Page) -> str:
    page.wait_for_url("**/form/check/")
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    return page.locator(".receipt-number").inner_text()


def figure_in_workbook(content: bytes, label: str) -> str:
    """The figure or the band in the first row of a list that is about ``label``: item, firms, figure."""
    for sheet in load_workbook(BytesIO(content)).worksheets:
        for item, *rest in sheet.iter_rows(values_only=True):
            if label in str(item) and len(rest) > 1 and (isinstance(rest[1], float) or "%" in str(rest[1])):
                return f"{rest[1]:.0%}" if isinstance(rest[1], float) else "".join(str(rest[1]).split())
    raise AssertionError(f"No figure of {label}.")


def test_from_the_list_of_firms_to_the_number_in_the_workbook(
    open_page: Callable[..., Page], site: str, staff: Any, wave: Any, tmp_path: Path
) -> None:
    officer = open_page(locale="zh-CN", viewport=DESK)
    sign_in(officer, site, Role.FIELD_OFFICER)
    import_list(officer, site, tmp_path)
    draw(officer, site, wave)
    codes = issue_codes(officer, site)
    assert len(codes) == SAMPLE

    cases = list(Case.objects.filter(wave=wave).order_by("pk"))
    for number, case in enumerate(cases[:OTHERS]):
        fill_in(case=case, generator=np.random.default_rng(number))
    methodologist = open_page(locale="zh-CN", viewport=DESK)
    sign_in(methodologist, site, Role.METHODOLOGIST, "/admin/dashboard/working/?chapter=all")
    expect(methodologist.get_by_text(f"{SAMPLE} 家企业中 {OTHERS} 家已回答").first).to_be_visible()

    clerk = open_page(locale="zh-CN", viewport=PHONE)
    mine = cases[-1]
    seen = fill_in_on_a_phone(clerk, site, codes[mine.sample_unit.unit.name])
    receipt = submit(clerk)
    response = Response.objects.get(case=mine, is_current=True)
    assert response.receipt_number == receipt
    assert response.reasons.keys() >= {"employees_change"}
    assert "B1" in seen
    assert "B1_device_types" not in response.answers

    methodologist.reload()
    expect(methodologist.get_by_text(f"{SAMPLE} 家企业中 {OTHERS + 1} 家已回答").first).to_be_visible()
    first = methodologist.locator("#ranking tbody tr").first
    label = first.locator("th").text_content() or ""
    assert label
    # What a certificate proves has its own tests, and takes longer than the whole journey.
    call_command("make_cut", wave.code, "--without-certificate", verbosity=0)
    methodologist.goto(f"{site}/admin/dashboard/?chapter=all")
    cleared = "".join((methodologist.locator("#ranking tbody tr").filter(has_text=label).text_content() or "").split())

    analyst = open_page(locale="zh-CN", viewport=DESK)
    sign_in(analyst, site, Role.ANALYST, f"/admin/releases/new/?wave={wave.code}")
    press(analyst, "form[action$='/releases/new/'] [type=submit]")
    analyst.goto(f"{site}/admin/releases/{wave.code}/1/")
    press(analyst, "[name=file][value=xlsx]")
    with analyst.expect_download() as download:
        analyst.click("a[href$='/file/']")
    figure = figure_in_workbook(Path(download.value.path()).read_bytes(), label)
    assert figure in cleared
    assert Case.objects.filter(wave=wave, status=CaseStatus.SUBMITTED.value).count() == OTHERS + 1
