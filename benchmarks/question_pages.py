"""How long a page of the questionnaire takes and weighs: ``python -m benchmarks.question_pages``, or ``make bench``.

A questionnaire of 100 items (routes, edits and look-ups among them) on 20 pages is served by gunicorn, and one firm
after the other fills it in by HTTP, so that nobody waits for anybody. A page's time is that of its whole request as
the browser sees it. Weights are those of the page and of the style sheets, scripts and pictures that it names, each
compressed as a proxy does (gzip, level 6).
"""

import argparse
import gzip
import re
import statistics
import sys
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urljoin

from benchmarks.site import HIDDEN, Browser, served, times, typed
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType, Missing

ITEMS, PER_PAGE, FIRMS = 100, 5, 12
TARGET_SECONDS, TARGET_FIRST, TARGET_AFTER = 0.100, 43_600, 25_000
PREPARE = """
from django.contrib.auth.models import User
from benchmarks.question_pages import questionnaire_of
from survey.management.demonstration import story
from survey.models import Case, QuestionnaireVersion
from survey.services.fieldwork.access_codes import derive_code
officer = User.objects.create(username="benchmark", is_staff=True, is_superuser=True)
wave = story.make_demonstration(officer=officer, firm_count=400, sample_size=80, say=lambda text: None)
content = questionnaire_of({items})
wave.version = QuestionnaireVersion.objects.create(
    questionnaire=wave.version.questionnaire, number=99, schema=content.to_dict(), digest=content.digest,
    status=wave.version.status,
)
wave.save()
print("CODES", *(derive_code(case) for case in Case.objects.filter(wave=wave)[:{firms}]))
"""
NAMED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'from "(\./[^"]+)"')
DEMANDS = tuple(Option(code=f"o{k}", text=Text(f"第{k}项常见的诉求", f"Demand number {k}")) for k in range(1, 9))
KINDS: tuple[tuple[ItemType, dict[str, Any]], ...] = (
    (ItemType.SEVERITY, {"missing": (Missing.NOT_APPLICABLE,)}),
    (ItemType.YES_NO, {"missing": (Missing.DONT_KNOW,)}),
    (ItemType.MULTIPLE, {"options": DEMANDS, "max_choices": 3}),
    (ItemType.MONEY, {"unit": Text("万元", "10,000 yuan"), "minimum": 0.0, "can_estimate": True}),
    (ItemType.SINGLE, {"options": DEMANDS}),
    (ItemType.RANKING, {"options": DEMANDS, "max_choices": 3}),
    (ItemType.INTEGER, {"minimum": 0.0, "maximum": 100_000.0}),
    (ItemType.PERCENTAGE, {"relevant": "selected(${q001}, 'yes') or ${q000} != '1'"}),
    (ItemType.INDUSTRY, {}),
    (ItemType.TEXT, {"max_length": 200}),
)


def questionnaire_of(items: int) -> Questionnaire:
    """Items of ten kinds in turn, seven in ten required, and an edit on every tenth."""
    codes = [f"q{k:03d}" for k in range(items)]
    made = [
        Item(
            code=code,
            type=kind,
            text=Text(f"第{k + 1}个问题：贵企业情况如何？", f"Question {k + 1}: how is your firm?"),
            **content,
        )
        for k, (code, (kind, content)) in enumerate(zip(codes, KINDS * (items // len(KINDS) + 1), strict=False))
    ]
    pages = tuple(
        Page(code=f"p{k // PER_PAGE}", title=Text(f"主题{k}", f"Topic {k}"), items=tuple(made[k : k + PER_PAGE]))
        for k in range(0, items, PER_PAGE)
    )
    sections = tuple(
        Section(code=f"s{k // 4}", title=Text(f"部分{k}", f"Part {k}"), pages=pages[k : k + 4])
        for k in range(0, len(pages), 4)
    )
    rules = tuple(
        EditRule(
            code=f"v{code}", level=EditLevel.VERIFY, items=(code, codes[0]),
            condition=f"${{{code}}} <= 90000 or ${{{codes[0]}}} = '5'", message=Text("异常", "Odd"),
        )
        for code in codes[6::10]
    )  # fmt: skip
    return Questionnaire(
        code="hundred", title=Text("一百题", "A hundred questions"), sections=sections, edit_rules=rules
    )


def fill_in(code: str) -> list[str]:
    """From the code through every page; the pages as they were shown."""
    browser, shown = Browser(), []
    _, _, html = browser.ask("home", "GET", "/")
    token = unescape(dict(HIDDEN.findall(html))["csrfmiddlewaretoken"])
    browser.ask("code", "POST", "/", {"csrfmiddlewaretoken": token, "access_code": code})
    _, _, html = browser.ask("hub", "GET", "/form/")
    shown.append(html)
    path = re.findall(r'href="(/form/page/\w+/)"', html)[0]
    while path != "/form/check/":
        _, _, html = browser.ask("page", "GET", path)
        shown.append(html)
        status, place, _ = browser.ask("save", "POST", path, typed(html))
        if status != 302:
            raise SystemExit(f"{path} did not take its answers.")
        path = place.partition("#")[0]
    browser.ask("check", "GET", path)
    return shown


def weights(shown: list[str]) -> tuple[int, int]:
    """Compressed bytes of the heaviest page with all that it names, and of the heaviest page by itself."""
    browser = Browser()
    file_of = cache(lambda name: browser.ask("file", "GET", name)[2])
    pages = [packed(html) for html in shown]
    whole = [
        size + sum(packed(file_of(name)) for name in brought(html, file_of))
        for size, html in zip(pages, shown, strict=True)
    ]
    return max(whole), max(pages)


def brought(html: str, file_of: Callable[[str], str]) -> set[str]:
    """The addresses of all files that a page names and that its scripts import; a browser asks once for each."""
    found: set[str] = set()
    waiting = NAMED.findall(html)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [urljoin(name, part) for part in IMPORTED.findall(file_of(name))]
    return found


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def report(first: int, after: int) -> bool:
    """Print the figures; whether they keep the targets."""
    for kind in ("hub", "page", "save", "check"):
        values = times[kind]
        spread = f"median {statistics.median(values) * 1000:.0f} ms, p95 {p95(values) * 1000:.0f} ms"
        print(f"{kind:6} n={len(values):4}  {spread}, max {max(values) * 1000:.0f} ms")
    most = f"at most {TARGET_FIRST / 1000:.1f}"
    print(f"first visit {first / 1000:.1f} kB, {most}; each page after {after / 1000:.1f} kB, at most 25")
    slowest = max(p95(times["page"]), p95(times["save"]))
    print(f"p95 of a page {slowest * 1000:.0f} ms, at most {TARGET_SECONDS * 1000:.0f}")
    return slowest <= TARGET_SECONDS and first <= TARGET_FIRST and after <= TARGET_AFTER


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--firms", type=int, default=FIRMS)
    options = parser.parse_args()
    script = PREPARE.format(firms=options.firms, items=options.items)
    with served(script, workers=1, threads=2, is_kept=True) as site:
        shown = [html for code in site.words for html in fill_in(code)]
        return 0 if report(*weights(shown)) else 1


if __name__ == "__main__":
    sys.exit(main())
