"""Many firms at once: ``python -m benchmarks.respondents [--people 200] [--surge] [--database postgres://...]``.

Makes a demonstration sample in a new database (SQLite, or an empty one that exists already), serves it with gunicorn,
and lets every person go from the access code to the receipt by HTTP, all at the same time. Prints times per kind of
request and the processor time of the web server (that of PostgreSQL itself aside), and fails on any answer that is not
expected, "database is locked" among them. A site with too much to do may put a request off (503); it is sent again when
the site says so. With ``--surge`` every firm saves a draft as well and looks whether it is there; at the end as many
pages have to be stored as were acknowledged, and as many responses submitted as there are people.
"""

import argparse
import json
import re
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

from benchmarks.site import HIDDEN, Browser, Site, printed, served, statuses, times, typed

PREPARE = """
from django.contrib.auth.models import User
from survey.management.demonstration import story
from survey.models import Case
from survey.services.fieldwork.access_codes import derive_code
officer = User.objects.create(username="benchmark", is_staff=True, is_superuser=True)
wave = story.make_demonstration(officer=officer, firm_count={firms}, sample_size={people}, say=lambda text: None)
print("CODES", *(derive_code(case) for case in Case.objects.filter(wave=wave)))
"""
STORED = """
from survey.models import Paradata, Response
saved, submitted = Paradata.objects.filter(event="saved"), Response.objects.filter(submitted_at__isnull=False)
print("CODES", saved.count(), submitted.count())
"""
REASON = re.compile(r'name="(reason__\w+)"')


def fill_in(code: str, barrier: Barrier, *, drafts: bool) -> str:
    """From the code to the receipt; the address that it ends at, or that a draft was lost."""
    browser = Browser()
    _, _, html = browser.ask("home", "GET", "/")
    barrier.wait()
    token = unescape(dict(HIDDEN.findall(html))["csrfmiddlewaretoken"])
    browser.ask("code", "POST", "/", {"csrfmiddlewaretoken": token, "access_code": code})
    _, _, html = browser.ask("hub", "GET", "/form/")
    path = re.findall(r'href="(/form/page/\w+/)"', html)[0]
    for _ in range(90):
        _, _, html = browser.ask("page", "GET", path.partition("#")[0])
        if path.startswith("/form/check/"):
            break
        if drafts:
            html, drafts = after_draft(browser, path.partition("#")[0], html), False
            if not html:
                return "a draft was lost"
        _, place, again = browser.ask("save", "POST", path.partition("#")[0], typed(html))
        if not place:
            reasons = dict.fromkeys(REASON.findall(again), "We took over two firms and count them in.")
            _, place, _ = browser.ask("explain", "POST", path.partition("#")[0], typed(again) | reasons)
        path = place or "/form/check/"
    fields = {name: unescape(value) for name, value in HIDDEN.findall(html) if name != "next"}
    return browser.ask("submit", "POST", "/form/submit/", fields)[1]


def after_draft(browser: Browser, path: str, html: str) -> str:
    """The page once what is typed has been saved as its script does it; "" where it does not open with that."""
    _, _, reply = browser.ask("draft", "POST", f"{path}draft/", typed(html))
    _, _, again = browser.ask("page", "GET", path)
    is_kept = unescape(dict(HIDDEN.findall(again))["base"]) == json.loads(reply)["base"] != "{}"
    return again if is_kept else ""


def main() -> None:
    """Prepare, serve, fill in, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--firms", type=int, default=0, help="in the list; twice the people if not given")
    parser.add_argument("--surge", action="store_true", help="with drafts, and a count of what is stored at the end")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--database", default="", help="address of an empty database; without it a new one of SQLite")
    options = parser.parse_args()
    script = PREPARE.format(firms=options.firms or 2 * options.people, people=options.people)
    with served(script, workers=options.workers, threads=options.threads, database=options.database) as site:
        report(run(site, drafts=options.surge))
        if options.surge:
            compare(printed(STORED, site.environment), options.people)


def run(site: Site, *, drafts: bool) -> tuple[Counter[str], float, float]:
    """Where the people ended, the seconds it took them, and the processor time that it took the server."""
    barrier = Barrier(len(site.words))
    began, spent = time.perf_counter(), site.processor_seconds()
    with ThreadPoolExecutor(len(site.words)) as pool:
        ends = Counter(pool.map(lambda code: fill_in(code, barrier, drafts=drafts), site.words))
    return ends, time.perf_counter() - began, site.processor_seconds() - spent


def report(outcome: tuple[Counter[str], float, float]) -> None:
    """Print the times and fail where anything unexpected happened."""
    ends, seconds, spent = outcome
    people, requests = sum(ends.values()), sum(statuses.values())
    print(f"{people} people at once, {requests} requests in {seconds:.0f} s: {dict(statuses)}")
    each = f"{spent / requests * 1000:.1f} ms a request, {spent / people * 1000:.0f} ms a return"
    print(f"processor time of the server: {each}")
    for kind, values in times.items():
        ordered = sorted(values)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        spread = f"median {statistics.median(values):.3f}, p95 {p95:.3f}, max {ordered[-1]:.3f} s"
        print(f"  {kind:7} n={len(values):6}  {spread}")
    if set(ends) != {"/form/receipt/"} or any(status >= 400 and status != 503 for status in statuses):
        raise SystemExit(f"Not everyone reached the receipt: {dict(ends)}")


def compare(stored: list[str], people: int) -> None:
    """Fail unless every page that was acknowledged is stored, and every response submitted."""
    acknowledged = len(times["save"]) + len(times["explain"])
    print(f"{acknowledged} pages acknowledged, {stored[0]} stored; {people} people, {stored[1]} submitted")
    if stored != [str(acknowledged), str(people)]:
        raise SystemExit("Something that was acknowledged has been lost.")


if __name__ == "__main__":
    main()
