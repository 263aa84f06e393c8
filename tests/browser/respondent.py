"""A person at a page: at the questionnaire, and at any other that has to come to rest before it is judged."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from survey.models import Case
from survey.services.fieldwork.access_codes import derive_code


def enter(page: Page, site: str, case: Case) -> None:
    """Follow the link of the letter and begin."""
    page.goto(f"{site}/#code={derive_code(case)}")
    # Where the page was there already, its script fills the code in a moment later.
    expect(page.locator("#access_code")).to_have_value(derive_code(case))
    page.locator("#code-form .btn").click()
    page.wait_for_url(f"{site}/form/")


def replaced(page: Page, act: Callable[[], object]) -> None:
    """Do what leads to another page, or to the same one anew, and wait until that is there, whole."""
    page.evaluate("document.body.dataset.old = '1'")
    act()
    expect(page.locator("body:not([data-old])")).to_be_visible()
    # Its scripts are bound then: what is typed sooner would be heard by nobody.
    page.wait_for_load_state()


def save(page: Page) -> None:
    """Press the button of a page and wait for what follows."""
    replaced(page, page.locator("#page-form .btn-primary").click)


def come_to_rest(page: Page) -> None:
    """Wait until the page is loaded whole, and is none that shows itself anew when its job has ended."""
    works = page.locator("[data-progress]")
    is_at_rest = False
    while not is_at_rest:
        expect(works).to_have_count(0)
        # What was counted may have been the beginning of a page that is still loading.
        page.wait_for_load_state()
        is_at_rest = works.count() == 0


SQUEEZED = """() => {
const heard = (node) => node && (getComputedStyle(node).clip !== "auto" || getComputedStyle(node).clipPath !== "none"
  || heard(node.parentElement));
return [...document.querySelectorAll("dd, dt, li, p, td, th, label")].filter((node) => {
  const size = parseFloat(getComputedStyle(node).fontSize), box = node.getBoundingClientRect();
  const holds = node.innerText && node.innerText.trim().length > 6;
  return holds && !heard(node) && box.width > 2 && box.width < 3 * size && box.height > 5 * size;
}).map((node) => node.innerText.replace(/\\s+/g, " ").slice(0, 60));
}"""
"""What only a screen reader hears, clipped to nothing for the eye, is left out."""
BROKEN_WORDS = """() => [...document.querySelectorAll("tbody th[scope=row]")].flatMap((head) => {
  const walk = document.createTreeWalker(head, NodeFilter.SHOW_TEXT), range = document.createRange(), broken = [];
  for (let text = walk.nextNode(); text; text = walk.nextNode())
    for (const word of text.data.matchAll(/[A-Za-z]{2,14}/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  return broken;
})"""
"""Words of usual length in names of rows that go on in another line."""


def serious_findings(page: Page) -> list[tuple[str, str]]:
    """What axe finds serious or critical: (rule, place); and texts in a column of one or two letters or names of rows
    with broken words: nothing scrolls sideways then, and nobody can read them. The page has come to rest first."""
    come_to_rest(page)
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"][0])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ] + [
        (name, text)
        for name, script in (("squeezed", SQUEEZED), ("broken", BROKEN_WORDS))
        for text in page.evaluate(script)
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
