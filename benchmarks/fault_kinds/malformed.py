"""Posts that no browser sends, to every address of the site, from nobody, a firm and the administrator."""

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import quote

from benchmarks.fault_kinds.clerk import Clerk
from benchmarks.fault_kinds.ledger import Ledger
from benchmarks.fault_kinds.outcome import Outcome, Sizes, crowd, fill_in, judged
from benchmarks.fault_kinds.server import Server, serving
from benchmarks.site import PORT, lock, printed, statuses
from tests.views.malformed import CONTENTS, FILE_NAMES, MULTIPART, RAW, STATE, TYPES, VALUES, pair, part

TOKEN = "t" * 32
"""As cookie and as field: Django takes any of this length, so that the posts get past the check of the token."""
ADDRESSES = """
from django.contrib.auth.models import User
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from importlib import import_module
from tests.access.routes import every_route
keys = []
for number in range(300):
    user = User.objects.create(username=f"storm{number}", is_staff=True, is_superuser=True)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store.save()
    keys.append(store.session_key)
paths = sorted({"/" + route.path for route in every_route()})
print("CODES", " ".join(keys), "|", *paths)
"""
FIELDS = [
    "_save", "_continue", "action", "_selected_action", "name", "code", "title_zh", "file", "wave", "text", "reason",
    "place", "remove", "form-TOTAL_FORMS", "form-INITIAL_FORMS", "form-0-id", "decision", "replicates", "username",
    "password", "state", "survey", "opens_at", "closes_at", "size", "seed", "method", "question", "confirm", "q",
]  # fmt: skip
NUMBERS = ("1", "0", "-1", "999999999999999999999", "1")
WORDS = ("faults", "p", "w1", "1", "../..", "%00", "长", "a" * 300)
CONVERTER = re.compile(r"<(?:(\w+):)?\w+>|\(\?P<\w+>[^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One request: where, what, and as what it is said to be."""

    path: str
    body: bytes
    content_type: str


def storm(sizes: Sizes) -> Outcome:
    """``firms`` posts; a few firms have submitted before, and what they have must be as it was."""
    ledger, chance = Ledger(), random.Random(3)
    with serving(sizes.folder, firms=40, database=sizes.database) as server:
        gave_up = crowd(server.codes[:5], ledger, 5, fill_in)
        words = " ".join(printed(ADDRESSES, dict(server.environment)))
        keys, _, paths = words.partition(" | ")
        addresses = paths.split()
        met = Counter(answers_to(server, ledger, posts(chance, addresses, sizes.firms), keys.split()))
        figures: dict[str, str | int] = {
            "posts": sizes.firms, "addresses": len(addresses), "with files": met["files"],
            "by an administrator whom the address let in": met["let in"],
            "answered with": ", ".join(f"{status}: {met[status]}" for status in sorted(met) if status.isdecimal()),
        }  # fmt: skip
        return judged(server, ledger, gave_up, **figures)


def answers_to(server: Server, ledger: Ledger, sent: Iterator[Post], keys: list[str]) -> Iterator[str]:
    """Send as nobody, as a firm and as an administrator in turn; a session that a post has ended is replaced."""
    firm, administrators = Clerk(server.codes[6], ledger), cycle(keys)
    administrator = next(administrators)
    for number, post in enumerate(sent):
        if number % 500 == 0:
            firm.enter()
        who = ("", firm.browser.cookies.get("sessionid", ""), administrator, administrator)[number % 4]
        status, place = send(post, who)
        if status >= 500 and status != 503:
            # The report only counts them; whoever mends it needs the post itself.
            print(f"  answered with {status}: {post.path} {post.content_type} {post.body[:2000]!r}", flush=True)
        if who == administrator and "/login/" in place:
            administrator = next(administrators)
        elif who == administrator and status not in (403, 404, 405):
            yield "let in"
        if b"filename=" in post.body[:100_000]:
            yield "files"
        yield str(status)


def send(post: Post, session: str) -> tuple[int, str]:
    """Status and place; 0 where the server closed the connection, as it may on a header that is none."""
    cookie = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
    connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
    try:
        headers = {"Content-Type": post.content_type, "Cookie": cookie, "X-CSRFToken": TOKEN}
        connection.request("POST", post.path, post.body, headers)
        reply = connection.getresponse()
        reply.read()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()
    with lock:
        statuses[reply.status] += 1
    return reply.status, reply.headers.get("Location", "")


def posts(chance: random.Random, addresses: list[str], count: int) -> Iterator[Post]:
    """Each address again and again, with fields and files that mean nothing, or too much."""
    for number in range(count):
        path = filled(chance, addresses[number % len(addresses)])
        if chance.random() < 0.2:
            yield Post(path=path, body=with_files(chance), content_type=MULTIPART)
        else:
            yield Post(path=path, body=body(chance), content_type=chance.choice(TYPES))


def filled(chance: random.Random, path: str) -> str:
    """An address with something in the place of each of its arguments, mostly of the right kind."""

    def instead(found: re.Match[str]) -> str:
        return quote(chance.choice(NUMBERS if found[1] in ("number", "path") else WORDS), safe="%/.")

    return CONVERTER.sub(instead, path).replace("$", "").replace("^", "")


def body(chance: random.Random) -> bytes:
    size = chance.random()
    if size < 0.001:
        return b"q=" + b"x" * 10_000_000
    if size < 0.004:
        return b"&".join(b"f%d=1" % number for number in range(1001))
    names = [*FIELDS, *STATE]
    fields = [pair(chance.choice(names), chance.choice(VALUES)) for _ in range(chance.randrange(1, 12))]
    if chance.random() < 0.2:
        fields.append(quote(chance.choice(names)).encode() + b"=" + chance.choice(RAW))
    return b"&".join(fields)


def with_files(chance: random.Random) -> bytes:
    """Files of any name and content, workbooks that are bombs among them."""
    texts = [(name, chance.choice(VALUES).encode(errors="replace")) for name in chance.choices(FIELDS, k=3)]
    parts = [part(f'name="{name}"', text) for name, text in texts]
    contents = [*CONTENTS, BOMB, ENTITIES]
    for name in ("file", chance.choice(FIELDS)):
        kind = chance.choice([*FILE_NAMES, "a.xlsx", "a.xlsx", "a.csv"])
        parts.append(part(f'name="{name}"; filename="{kind}"', chance.choice(contents)))
    return b"".join(parts) + b"--" + MULTIPART.partition("boundary=")[2].encode() + b"--\r\n"


def workbook(sheet: bytes) -> bytes:
    """A workbook in form, with this as its sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return made.getvalue()


BOMB = workbook(b"<worksheet>" + b" " * 300_000_000)
ENTITIES = workbook(
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet>&b;&c;</worksheet>'
)
