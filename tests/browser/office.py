"""A member of staff at the pages of the office."""

from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.respondent import come_to_rest, replaced, scrolls_sideways, serious_findings
from tests.working import work_off

PASSWORD = "a-password-for-the-office"


def sign_in(page: Page, site: str, username: str, path: str = "/admin/") -> None:
    """Log in with ``PASSWORD``, and be led to the page."""
    page.goto(f"{site}/admin/login/?{urlencode({'next': path})}")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    replaced(page, lambda: page.click("#login-form [type=submit]"))
    expect(page).to_have_url(f"{site}{path}")


def looked_at(page: Page) -> None:
    """Nothing serious for axe, nothing that scrolls the page sideways."""
    assert (serious_findings(page), scrolls_sideways(page)) == ([], False)


def work_off_before(page: Page) -> None:
    """The jobs that wait are done while the page of one of them is open; it shows itself anew, and comes to rest."""
    work_off()
    come_to_rest(page)


def press(page: Page, button: str) -> None:
    """Press what asks for a job, and see the job done."""
    page.click(button)
    page.wait_for_url("**/admin/jobs/*/")
    work_off_before(page)
