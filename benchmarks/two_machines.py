"""Two machines behind one address, and one of them dies: `python -m benchmarks.two_machines --database postgres://...`.

Two gunicorns with a folder each share an empty PostgreSQL behind nginx, which sends every request to the other one of
the two. Clerks fill in the whole questionnaire at once; when a quarter of their pages has been acknowledged, one
gunicorn is killed with its workers. It ends with an error unless both machines have saved pages, everyone has reached
the receipt, and every page that was acknowledged is stored.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from pathlib import Path
from threading import Event, Lock

from benchmarks.respondents import PREPARE, REASON
from benchmarks.site import (
    AS_INSTALLED,
    HIDDEN,
    PORT,
    ROOT,
    Browser,
    free_port,
    manage,
    prepared,
    printed,
    typed,
    wait_for_server,
)

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log;
events {{ worker_connections 512; }}
http {{
  log_format served '$upstream_addr $request_method $status';
  access_log {folder}/served.log served;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream site {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://site; proxy_set_header Host $http_host; }}
  }}
}}
"""
STORED = """
import json
from survey.models import Paradata, Response
from survey.services.fieldwork.access_codes import derive_code
rows = Paradata.objects.filter(event="saved").select_related("case")
pages = sorted({(derive_code(row.case), row.page) for row in rows})
done = Response.objects.filter(submitted_at__isnull=False).select_related("case")
told = {"pages": pages, "submitted": sorted(derive_code(one.case) for one in done)}
print("CODES", json.dumps(told, separators=(",", ":")))
"""
PAGE = re.compile(r"/form/page/(\w+)/")
TRIES = 400


@dataclass(slots=True, kw_only=True)
class Acknowledged:
    """What the site has said is saved: (access code, page); ``enough`` is set once there are so many of them."""

    enough_at: int
    pages: set[tuple[str, str]] = field(default_factory=set)
    enough: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def add(self, code: str, page: str) -> None:
        """Note one more page."""
        with self.lock:
            self.pages.add((code, page))
            if len(self.pages) >= self.enough_at:
                self.enough.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``served``: requests that changed something, by the machine that took them."""

    acknowledged: set[tuple[str, str]]
    stored: set[tuple[str, str]]
    submitted: set[str]
    people: set[str]
    served: dict[str, int]

    @property
    def complaint(self) -> str:
        """What went wrong, or nothing."""
        if lost := self.acknowledged - self.stored:
            return f"{len(lost)} pages that were acknowledged are lost: {sorted(lost)[:3]}"
        if self.submitted != self.people:
            return f"{len(self.submitted)} of {len(self.people)} have submitted"
        return "" if len(self.served) == 2 and min(self.served.values()) else f"one machine did all: {self.served}"


def patiently(browser: Browser, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
    """One request; 0 as its status where the machine that had it died."""
    try:
        status, place, body = browser.ask("any", method, path, fields)
    except (OSError, HTTPException):
        return 0, "", ""
    return (0 if status in (502, 504) else status), place, body


def shown(browser: Browser, path: str) -> str:
    """A page, asked for until a machine that lives sends it."""
    for _ in range(TRIES):
        status, _, body = patiently(browser, "GET", path)
        if status == 200:
            return body
        time.sleep(0.05)
    raise SystemExit(f"{path} is not served.")


def fill_in(code: str, acknowledged: Acknowledged) -> None:
    """From the code to the receipt, as a clerk does who opens the page again when an answer does not come."""
    browser = Browser()
    place = ""
    while not place:
        token = unescape(dict(HIDDEN.findall(shown(browser, "/")))["csrfmiddlewaretoken"])
        _, place, _ = patiently(browser, "POST", "/", {"csrfmiddlewaretoken": token, "access_code": code})
    path = re.findall(r'href="(/form/page/\w+/)"', shown(browser, "/form/"))[0]
    for _ in range(TRIES):
        if path.startswith("/form/check/"):
            break
        path = saved(browser, code, path, acknowledged)
    for _ in range(TRIES):
        html = shown(browser, "/form/check/")
        fields = {name: unescape(value) for name, value in HIDDEN.findall(html) if name != "next"}
        if patiently(browser, "POST", "/form/submit/", fields)[1] == "/form/receipt/":
            return
    raise SystemExit(f"{code} did not reach the receipt.")


def saved(browser: Browser, code: str, path: str, acknowledged: Acknowledged) -> str:
    """Fill in a page and save it: where it leads to, or the page itself where that was not acknowledged."""
    path = path.partition("#")[0]
    status, place, again = patiently(browser, "POST", path, typed(shown(browser, path)))
    if status == 200:
        reasons = dict.fromkeys(REASON.findall(again), "We took over two firms and count them in.")
        status, place, _ = patiently(browser, "POST", path, typed(again) | reasons)
    page = PAGE.search(path)
    if status != 302 or page is None:
        return path
    acknowledged.add(code, page[1])
    return place or "/form/check/"


@contextmanager
def gunicorn(folder: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """One machine with a folder of its own, and its port; in a group of processes, so that it can die as a whole."""
    port = free_port()
    folder.mkdir()
    own = environment | {"VAR_DIR": str(folder)}
    manage("collectstatic", "--no-input", environment=own)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{port}", "--log-level", "critical"]
    command += ["--worker-class", "config.worker.Worker", "--workers", "1", "--threads", "4"]
    process = subprocess.Popen(command, cwd=ROOT, env=own, start_new_session=True)
    try:
        # Whoever comes while both are still loading would be sent away again and again.
        wait_for_server(process, port)
        yield process, port
    finally:
        process.terminate()
        process.wait()


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[None]:
    """One address before the machines: each request goes to the next one of them."""
    servers = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, servers=servers, port=PORT))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "start.log", "-p", folder])
    try:
        wait_for_server(process)
        yield
    finally:
        process.terminate()
        process.wait()


def run(database: str, *, people: int) -> Outcome:
    """Fill in, kill, go on, and look at what is stored; ``database`` is an empty one of PostgreSQL."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # nginx that root starts serves as another user, who must get to its folders.
        folder.chmod(0o755)
        environment = {**os.environ, **AS_INSTALLED, "DATABASE_URL": database, "VAR_DIR": f"{folder}/prepared"}
        environment.pop("CACHE_URL", None)
        # A sample needs more firms than a few clerks can fill in for; the others do not answer.
        codes = prepared(PREPARE.format(firms=400, people=200), environment)[:people]
        with (
            gunicorn(folder / "one", environment) as (first, one),
            gunicorn(folder / "two", environment) as (_, two),
            nginx(folder, [one, two]),
        ):
            acknowledged = Acknowledged(enough_at=people * 5)
            with ThreadPoolExecutor(people) as pool:
                clerks = [pool.submit(fill_in, code, acknowledged) for code in codes]
                acknowledged.enough.wait(300)
                os.killpg(first.pid, signal.SIGKILL)
                for clerk in clerks:
                    clerk.result()
        (told,) = printed(STORED, environment)
        stored = json.loads(told)
        lines = [line.split() for line in (folder / "served.log").read_text().splitlines()]
    return Outcome(
        acknowledged=acknowledged.pages,
        stored={(code, page) for code, page in stored["pages"]},
        submitted=set(stored["submitted"]),
        people=set(codes),
        served=dict(Counter(line[0] for line in lines if line[-2:] == ["POST", "302"] and len(line) == 3)),
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="address of an empty database of PostgreSQL")
    parser.add_argument("--people", type=int, default=8)
    options = parser.parse_args(arguments)
    outcome = run(options.database, people=options.people)
    print(f"{len(outcome.acknowledged)} pages acknowledged, {len(outcome.stored)} stored, served {outcome.served}")
    print(outcome.complaint or f"Nothing was lost; {len(outcome.people)} returns.")
    return 1 if outcome.complaint else 0


if __name__ == "__main__":
    sys.exit(main())
