"""A site of its own for a benchmark: a new database, gunicorn, and people with a browser's cookies."""

import gzip
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(tempfile.gettempdir()) / "tongdian-benchmarks"
"""Databases that were filled before, by what they follow from; to be removed at any time."""
SOURCES = ("benchmarks/*.py", "survey/migrations/*.py", "survey/models/*.py", "fixtures/**/*.json", "requirements.txt")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
RADIO = re.compile(r'<input type="(?:radio|checkbox)" name="((?:(?!__)\w)+)" value="([^"]*)"')
FIGURE = re.compile(r'<input class="form-control[^"]*" id="id_(\w+)" name="\1" value="([^"]*)"')
SELECT = re.compile(r'<select class="form-select" id="id_(\w+)".*?</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"( selected)?>')
QUESTION = re.compile(r'<(?:fieldset|div) class="question[^>]*id="question-(\w+)"[^>]*?( hidden)?>')


def ports() -> Iterator[int]:
    """Those that the system gives to no outgoing connection: one of them would be taken between finding it free and
    listening at it, or while its server is away. Runs beside one another begin at other ones."""
    try:
        above = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except OSError:
        above = 32_768
    first = min(10_000, above // 2)
    for step in count(os.getpid() * 50):
        yield first + step % (above - first)


PORTS = ports()


def free_port() -> int:
    """A port that nobody listens at, another one each time."""
    for port in PORTS:
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise AssertionError("There are always further ports.")


PORT = free_port()
"""That of the site of this process."""
AS_INSTALLED = {
    "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "TWO_FACTOR_ROLES": "none", "LOG_LEVEL": "CRITICAL",
    "SECRET_KEY": "signs nothing but " * 3, "ACCESS_CODE_KEY": "derives nothing but " * 3,
    # As the units and the container of an installation have it.
    "MALLOC_ARENA_MAX": "2",
}  # fmt: skip
"""Settings of an installation, but for encryption, which a proxy does: trying things out keeps every query."""

times: dict[str, list[float]] = defaultdict(list)
statuses: Counter[int] = Counter()
lock = Lock()


class Browser:
    """One person with the cookies of the site; each request has a connection of its own."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.received = 0

    def ask(self, kind: str, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, place of a redirect, and body of one request; one that the site puts off is sent again as told."""
        status, headers, body = self.once(kind, method, path, fields)
        while status == 503:
            time.sleep(int(headers["Retry-After"]))
            status, headers, body = self.once(kind, method, path, fields)
        return status, headers.get("Location", ""), body

    def once(self, kind: str, method: str, path: str, fields: dict[str, str] | None) -> tuple[int, Message, str]:
        """Status, headers and body of one request."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept": "application/json" if kind == "draft" else "text/html",
            "Accept-Encoding": "gzip",
        }
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        # Closed also where the machine that had it died: an open socket is a warning wherever it is collected.
        with closing(HTTPConnection("127.0.0.1", PORT, timeout=600)) as connection:
            connection.request(method, path, urlencode(fields or {}), headers)
            reply = connection.getresponse()
            sent = reply.read()
        self.received = len(sent)
        body = (gzip.decompress(sent) if reply.headers.get("Content-Encoding") == "gzip" else sent).decode()
        with lock:
            times["put off" if reply.status == 503 else kind].append(time.perf_counter() - began)
            statuses[reply.status] += 1
        for line in reply.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return reply.status, reply.headers, body


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


@dataclass(frozen=True)
class Site:
    """A site that runs: the words that its script printed after ``CODES``, the server's process, folder, settings."""

    words: list[str]
    process: int
    folder: Path
    environment: dict[str, str]

    def processor_seconds(self) -> float:
        """Processor time that the server and its workers have taken so far, by Linux's accounting."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        stated = [Path(f"/proc/{process}/stat").read_text() for process in (self.process, *children)]
        ticks = sum(int(tick) for line in stated for tick in line.rpartition(")")[2].split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(script: str, *, workers: int, threads: int, database: str = "", is_kept: bool = False) -> Iterator[Site]:
    """The site in a new database that ``script`` has filled: SQLite, or the empty one at the address ``database``.

    What is kept is filled once, and copied for every run until something changes that it follows from.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        database = database or f"sqlite:///{place}/b.sqlite3"
        environment = {**os.environ, **AS_INSTALLED, "VAR_DIR": folder, "DATABASE_URL": database}
        words = copied(script, place) if is_kept else prepared(script, environment)
        manage("collectstatic", "--no-input", environment=environment)
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{PORT}"]
        command += ["--worker-class", "config.worker.Worker", "--workers", str(workers), "--threads", str(threads)]
        server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=environment)
        try:
            wait_for_server(server)
            yield Site(words, server.pid, place, environment)
        finally:
            server.terminate()
            server.wait()


def copied(script: str, folder: Path) -> list[str]:
    """A copy of the kept site that this script has filled, and what the script printed."""
    kept = KEPT / digest_of(script)
    if not kept.exists():
        KEPT.mkdir(exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(dir=KEPT))
        address = f"sqlite:///{made}/b.sqlite3"
        words = prepared(script, {**os.environ, **AS_INSTALLED, "VAR_DIR": str(made), "DATABASE_URL": address})
        (made / "words").write_text("\n".join(words))
        _keep(made, kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    return (kept / "words").read_text().split()


def _keep(made: Path, kept: Path) -> None:
    """Put what was made where it is looked for; another run that was faster has put the same there."""
    try:
        made.rename(kept)
    except OSError:
        if not kept.exists():
            raise
        shutil.rmtree(made)


def digest_of(script: str) -> str:
    """Of the script and all that decides what it makes."""
    digest = hashlib.sha256(script.encode())
    for path in sorted(path for part in SOURCES for path in ROOT.glob(part)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def prepared(script: str, environment: dict[str, str]) -> list[str]:
    manage("prepare_site", environment={**environment, "DEMO": "0"})
    return printed(script, environment)


def manage(*arguments: str, environment: dict[str, str]) -> None:
    """A command of the site that has nothing to say."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def printed(script: str, environment: dict[str, str]) -> list[str]:
    """The words that a script printed after ``CODES``, run beside the site on its database."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout.partition("CODES")[2].split()


def wait_for_server(process: "subprocess.Popen[bytes]", port: int = PORT, path: str = "/") -> None:
    """Until it answers, with whatever. Raises SystemExit where it has ended."""
    # A site is asked for while its whole program is loaded, which takes minutes beside other work.
    ends = time.monotonic() + 600
    while time.monotonic() < ends and process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=600)) as connection, suppress(OSError, HTTPException):
            connection.request("GET", path)
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")
