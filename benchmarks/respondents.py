"""Many firms fill in at once on SQLite: ``python benchmarks/respondents.py [--people 200] [--firms 400]``.

Makes a demonstration sample in a new database, serves it with gunicorn, and lets every person go from the access code
to the receipt by HTTP, all at the same time. Prints times per kind of request and fails on any answer that is not
expected, "database is locked" among them.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier, Lock
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PORT = 8797
PREPARE = """
from django.contrib.auth.models import User
from survey.management.demonstration import story
from survey.models import Case
from survey.services.access_codes import derive_code
story.collect_answers = lambda *arguments: None
officer = User.objects.create(username="benchmark", is_staff=True, is_superuser=True)
wave = story.make_demonstration(officer=officer, firm_count={firms}, sample_size={people}, say=lambda text: None)
print("CODES", *(derive_code(case) for case in Case.objects.filter(wave=wave)))
"""
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
RADIO = re.compile(r'<input type="(?:radio|checkbox)" name="((?:(?!__)\w)+)" value="([^"]*)"')
FIGURE = re.compile(r'<input class="form-control[^"]*" id="id_(\w+)" name="\1" value="([^"]*)"')
SELECT = re.compile(r'<select class="form-select" id="id_(\w+)".*?</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"( selected)?>')
REASON = re.compile(r'name="(reason__\w+)"')
QUESTION = re.compile(r'<(?:fieldset|div) class="question[^>]*id="question-(\w+)"[^>]*?( hidden)?>')

times: dict[str, list[float]] = defaultdict(list)
statuses: Counter[int] = Counter()
lock = Lock()


class Browser:
    """One person with the cookies of the site; each request has a connection of its own."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, kind: str, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, place of a redirect, and body of one request."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "text/html",
        }
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
        connection.request(method, path, urlencode(fields or {}), headers)
        reply = connection.getresponse()
        body = reply.read().decode()
        connection.close()
        with lock:
            times[kind].append(time.perf_counter() - began)
            statuses[reply.status] += 1
        for line in reply.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return reply.status, reply.headers.get("Location", ""), body


def typed(html: str) -> dict[str, str]:
    """An answer to every question that the page shows: the second choice, or 12, or what is prefilled."""
    hidden = {code for code, is_hidden in QUESTION.findall(html) if is_hidden}
    fields = {name: unescape(value) for name, value in HIDDEN.findall(html)}
    for name, value in FIGURE.findall(html):
        fields[name] = value if value or name.startswith("A_") else "12"
    for name, value in RADIO.findall(html):
        fields.setdefault(name, value)
    for match in SELECT.finditer(html):
        options = OPTION.findall(match[0])
        chosen = [value for value, selected in options if selected]
        place = int(match[1].rpartition("__")[2]) - 1 if match[1][-1].isdigit() and "__" in match[1] else 0
        fields[match[1]] = chosen[0] if chosen else options[place][0]
    return {name: value for name, value in fields.items() if name not in hidden}


def fill_in(code: str, barrier: Barrier) -> str:
    """From the code to the receipt; the address that it ends at."""
    browser = Browser()
    _, _, html = browser.ask("home", "GET", "/")
    barrier.wait()
    token = unescape(dict(HIDDEN.findall(html))["csrfmiddlewaretoken"])
    browser.ask("code", "POST", "/", {"csrfmiddlewaretoken": token, "access_code": code})
    _, _, html = browser.ask("hub", "GET", "/form/")
    path = re.search(r'href="(/form/page/\w+/)"', html)[1]
    for _ in range(90):
        _, _, html = browser.ask("page", "GET", path.partition("#")[0])
        if path.startswith("/form/check/"):
            break
        _, place, again = browser.ask("save", "POST", path.partition("#")[0], typed(html))
        if not place:
            reasons = dict.fromkeys(REASON.findall(again), "We took over two firms and count them in.")
            _, place, _ = browser.ask("explain", "POST", path.partition("#")[0], typed(again) | reasons)
        path = place or "/form/check/"
    fields = {name: unescape(value) for name, value in HIDDEN.findall(html) if name != "next"}
    return browser.ask("submit", "POST", "/form/submit/", fields)[1]


def main() -> None:
    """Prepare, serve, fill in, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--firms", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/b.sqlite3",
            "LOG_LEVEL": "ERROR",
        }
        codes = prepared_codes(options, environment)
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            "-b",
            f"127.0.0.1:{PORT}",
            "--worker-class",
            "gthread",
        ]
        command += ["--workers", str(options.workers), "--threads", str(options.threads), "--log-level", "error"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            wait_for_server()
            report(run(codes))
        finally:
            server.terminate()
            server.wait()


def prepared_codes(options: argparse.Namespace, environment: dict[str, str]) -> list[str]:
    """The access codes of a new demonstration sample."""
    fixtures = sorted(str(path) for path in (ROOT / "fixtures").glob("*.json"))
    script = PREPARE.format(firms=options.firms, people=options.people)
    for arguments in (["migrate", "-v0"], ["loaddata", "-v0", *fixtures]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.partition("CODES")[2].split()


def wait_for_server() -> None:
    for _ in range(200):
        try:
            Browser().ask("start", "GET", "/")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def run(codes: list[str]) -> tuple[Counter[str], float]:
    """Where the people ended, and the seconds it took them."""
    barrier = Barrier(len(codes))
    began = time.perf_counter()
    with ThreadPoolExecutor(len(codes)) as pool:
        ends = Counter(pool.map(lambda code: fill_in(code, barrier), codes))
    return ends, time.perf_counter() - began


def report(outcome: tuple[Counter[str], float]) -> None:
    """Print the times and fail where anything unexpected happened."""
    ends, seconds = outcome
    print(
        f"{sum(ends.values())} people at once, {sum(statuses.values())} requests in {seconds:.0f} s: {dict(statuses)}"
    )
    for kind, values in times.items():
        ordered = sorted(values)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        spread = f"median {statistics.median(values):.3f}, p95 {p95:.3f}, max {ordered[-1]:.3f} s"
        print(f"  {kind:7} n={len(values):6}  {spread}")
    if set(ends) != {"/form/receipt/"} or any(status >= 400 for status in statuses):
        raise SystemExit(f"Not everyone reached the receipt: {dict(ends)}")


if __name__ == "__main__":
    main()
