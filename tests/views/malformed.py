"""Generated posts that no browser sends, from a fixed seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from survey.instrument.schema import Questionnaire
from survey.terms import ItemType

PAGE_ADDRESS, DRAFT_ADDRESS = "/form/page/{}/", "/form/page/{}/draft/"
SUFFIXES = [
    "",
    "__missing",
    "__other",
    "__estimated",
    "__1",
    "__2",
    "__4",
    "__own",
    "__wanted__y1",
    "__got",
    "__remove",
    "__raw",
    "__name",
]
STATE = [
    "revision",
    "base",
    "shown",
    "asked",
    "firm",
    "undecided",
    "from",
    "to_sections",
    "go",
    "again",
    "sent",
    "switch_language",
    "access_code",
]
STATE += ["choose__employees", "choose__cost", "reason__v_staff", "reason__bill__magnitude", "submission_key", "next"]
VALUES = [
    "", " ", "0", "1", "-1", "1.5", "1e999", "NaN", "inf", "-0", "0x10", "1,2,3", "12,5", "１２", "٣", "²", "99999999999999999999",
    "yes", "no", "on", "true", "9", "4", "modbus", "none", "other", "a", "b", "not_applicable", "refused", "dont_know", "__proto__",
    "2026-02-30", "2026-13", "0000-00-00", "a@b", "a@b.cn", "91440300MA5000000X", "440305", "39", "../../etc/passwd", "<script>", "'; --",
    "{}", "[]", "null", '{"employees": {"a": [1]}}', '{"employees": 1e400}', '{"cost": ["5"]}', "stored", "typed", "check", "en", "xx",
    "\x00", "a\x00b", "\x1b[2J", "\u202e", "\ufeff", "😀" * 40, "长" * 5000, "{" * 3000, "%s%n", "${employees}", "\r\n\r\n",
]  # fmt: skip
RAW = [b"%ED%A0%80", b"%FF%FE", b"%C0%AF", b"%", b"%zz", b"%00", b"\xff\xfe"]
TYPES = ["application/x-www-form-urlencoded"] * 12 + [
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=nonsense",
    "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=", "", "\u00e9",
]  # fmt: skip


BOUNDARY = "--------------------x"
FILE_NAMES = [
    *["a.pdf"] * 8, "a.PDF", "a.exe", "a.pdf.exe", "../../../etc/passwd.pdf", "..\\..\\a.pdf", "/etc/a.png", ".pdf", "pdf", "a.html", "a.svg", "a\x00.pdf",
    "证明.pdf", "a" * 300 + ".pdf", "a.pdf;b=c", "%2e%2e%2fa.pdf", "",
]  # fmt: skip
CONTENTS = [
    b"%PDF-1.7 x",
    b"",
    b"<html><script>",
    b"MZ\x90",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"%PDF-" + b"x" * 200_000,
    b"\xff\xfe\x00",
]


@dataclass(frozen=True)
class Post:
    """One request to send."""

    address: str
    body: bytes
    content_type: str


def posts(questionnaire: Questionnaire, state: dict[str, str], count: int, seed: int) -> Iterator[Post]:
    """``count`` posts to the pages of a questionnaire; most carry the valid ``state``, so that they reach the answers."""
    random = Random(seed)
    pages = list(questionnaire.pages.values())
    names = [item.code + suffix for page in pages for item in page.items for suffix in SUFFIXES] + STATE
    for _ in range(count):
        page = random.choice(pages)
        own = [item.code + random.choice(SUFFIXES) for item in page.items]
        own += [item.code for item in page.items if item.type is ItemType.FILE]
        if random.random() < 0.06:
            yield Post(PAGE_ADDRESS.format(page.code), with_files(random, state, own), MULTIPART)
        else:
            yield Post(address(random, page.code), body(random, state, own, names), random.choice(TYPES))


def address(random: Random, page: str) -> str:
    """Mostly drafts, which are cheap, and every other door too."""
    doors = [DRAFT_ADDRESS] * 14 + [PAGE_ADDRESS] * 3 + ["/form/submit/", "/", "/form/page/nowhere/"]
    return random.choice(doors).format(page)


def body(random: Random, state: dict[str, str], own: list[str], names: list[str]) -> bytes:
    """Fields in any order: valid state or none, own and strange names, repeated keys, broken encodings; rarely huge."""
    size = random.random()
    if size < 0.0005:
        return b"remark=" + b"x" * 10_000_000
    if size < 0.002:
        return b"&".join(b"f%d=1" % number for number in range(1001))
    fields = [pair(name, value) for name, value in state.items()] if random.random() < 0.9 else []
    fields += [pair(random.choice(own), random.choice(VALUES)) for _ in range(random.randrange(8))]
    fields += [pair(random.choice(names), random.choice(VALUES)) for _ in range(random.randrange(4))]
    if random.random() < 0.3:
        fields.append(quote(random.choice(own)).encode() + b"=" + random.choice(RAW))
    random.shuffle(fields)
    return b"&".join(fields)


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def with_files(random: Random, state: dict[str, str], own: list[str]) -> bytes:
    """Files of any name and content under any field of the page, among texts."""
    fields = {**state, **{name: random.choice(VALUES) for name in random.choices(own, k=2)}}
    parts = [part(f'name="{name}"', value.encode(errors="replace")) for name, value in fields.items()]
    for name in random.choices(own, k=2):
        parts.append(part(f'name="{name}"; filename="{random.choice(FILE_NAMES)}"', random.choice(CONTENTS)))
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def part(head: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


def pair(name: str, value: str) -> bytes:
    return f"{quote(name)}={quote(value)}".encode()
