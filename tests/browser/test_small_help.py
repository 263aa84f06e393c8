"""Small help at the fields: sums and characters are counted, non-answers dim, the state of saving stands nearby."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from survey.models import Case, Response
from survey.services.fieldwork.access_codes import derive_code
from tests.browser.conftest import PHONE
from tests.browser.respondent import enter
from tests.waves import version_of


def top_of(page: Page, part: str) -> float:
    box = page.locator(part).bounding_box()
    assert box
    return box["y"]


def test_phone_shows_the_notice_first_to_who_has_a_letter_and_the_code_to_who_returns(
    open_page: Callable[..., Page], site: str, case: Case
) -> None:
    page = open_page(viewport=PHONE)
    page.goto(site)
    assert top_of(page, "#access_code") < PHONE["height"]
    assert top_of(page, ".code-card") < top_of(page, ".facts >> nth=0")
    page.goto("about:blank")
    page.goto(f"{site}/#code={derive_code(case)}")
    expect(page.locator("#access_code")).to_have_value(derive_code(case))
    assert top_of(page, ".facts >> nth=0") < top_of(page, ".code-card")


def test_help_at_the_fields(open_page: Callable[..., Page], site: str, case: Case) -> None:
    answers = {"employees": 30, "has_cloud": "yes", "cloud_share": 40}
    Response.objects.create(case=case, version=version_of(case.wave), answers=answers, revision=1)
    page = open_page(viewport=PHONE)
    enter(page, site, case)
    page.goto(f"{site}/form/page/amounts/")
    page.fill("#id_mix__own", "6０％")
    page.fill("#id_mix__rented", "40。5")
    expect(page.locator("#question-mix [data-total]")).to_have_text("100.5 %")
    page.fill("#id_mix__rented", "大约 4,5%")
    expect(page.locator("#question-mix [data-total]")).to_have_text("64.5 %")
    page.fill("#id_bill", "12")
    expect(page.locator("#question-bill .unit")).to_have_css("word-break", "keep-all")
    expect(page.locator("#question-bill .estimate")).to_be_visible()
    page.check("#question-bill .missing-choices input")
    expect(page.locator("#id_bill")).to_have_css("text-decoration-line", "line-through")
    expect(page.locator("#question-bill .estimate")).to_be_hidden()
    expect(page.locator("#question-bill .saved-near")).to_contain_text("Saved")
    page.goto(f"{site}/form/page/words/")
    page.fill("#id_remark", "停产 two")
    expect(page.locator("#id_remark_count")).to_have_text("6 / 50")
    page.fill("#id_remark", "字" * 51)
    expect(page.locator("#id_remark_count")).to_have_class("muted fine count over")
