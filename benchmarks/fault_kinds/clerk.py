"""A clerk who goes on until the site has acknowledged what was typed, whatever happens to the site meanwhile."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from html import unescape
from http.client import HTTPException
from typing import Any

from benchmarks.fault_kinds.ledger import Ledger
from benchmarks.fault_kinds.paper import PAGE
from benchmarks.site import HIDDEN, Browser

ADDRESS = f"/form/page/{PAGE}/"
RECEIPT = re.compile(r'class="receipt-number">([^<]+)<')
PATIENCE = 200
"""Seconds after which a clerk gives up: no fault here lasts as long."""


class GaveUpError(Exception):
    """The site did not do what a clerk may expect; says what it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of the site; status 0 where the connection broke."""

    status: int
    place: str
    body: str
    headers: Message


class Clerk:
    """One browser with one access code."""

    def __init__(self, code: str, ledger: Ledger) -> None:
        self.code, self.ledger, self.browser = code, ledger, Browser()

    def once(self, method: str, path: str, fields: Mapping[str, Any] | None = None, kind: str = "page") -> Answer:
        """One request, whatever comes of it."""
        try:
            status, headers, body = self.browser.once(kind, method, path, None if fields is None else dict(fields))
        except (OSError, HTTPException, EOFError):
            self.ledger.count("broken connections")
            return Answer(status=0, place="", body="", headers=Message())
        if status == 503:
            self.ledger.count("put off")
            self.ledger.count("put off without a time" if not headers.get("Retry-After") else "told when to come again")
        return Answer(status=status, place=headers.get("Location", ""), body=body, headers=headers)

    def until(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
        """The same request again until the site answers it; a person would wait longer in between."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            answer = self.once(method, path, fields)
            if answer.status not in (0, 502, 503, 504):
                return answer
            time.sleep(0.2)
        raise GaveUpError(f"{method} {path} of {self.code} was not answered within {PATIENCE} s.")

    def enter(self) -> None:
        """From the code to the hub."""
        for _ in range(20):
            fields = hidden(self.until("GET", "/").body)
            typed = {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"], "access_code": self.code}
            entered = self.until("POST", "/", typed)
            if entered.status == 302:
                return
        raise GaveUpError(f"{self.code} was not let in: {entered.status}.")

    def opened(self) -> dict[str, str]:
        """The state that the page is shown with."""
        return hidden(self.until("GET", ADDRESS).body)

    def save(self, answers: Mapping[str, Any]) -> None:
        """Save the page with its button; what was acknowledged stands in the ledger."""
        state = self.opened()
        saved = self.until("POST", ADDRESS, {**state, **answers})
        if saved.status != 302 or not saved.place.startswith("/form/check/"):
            raise GaveUpError(f"{self.code}: the page was answered with {saved.status} {saved.place}.")
        self.ledger.note_saved(self.code, answers)

    def checked(self) -> dict[str, str]:
        """What the page that checks would submit."""
        return {name: value for name, value in hidden(self.until("GET", "/form/check/").body).items() if name != "next"}

    def submit(self, fields: Mapping[str, str]) -> str:
        """Hand in, and once more with the same key, as who presses twice: the receipt's number."""
        for _ in range(2):
            done = self.until("POST", "/form/submit/", fields)
            if done.place != "/form/receipt/":
                raise GaveUpError(f"{self.code}: submitting was answered with {done.status} {done.place}.")
            self.see_receipt()
        return self.see_receipt()

    def see_receipt(self) -> str:
        """Note the number that the receipt shows."""
        page = self.until("GET", "/form/receipt/")
        found = RECEIPT.search(page.body)
        if found is None:
            raise GaveUpError(f"{self.code}: there is no receipt, {page.status} {page.place}.")
        self.ledger.note_receipt(self.code, found[1])
        return found[1]

    def fill_in(self, answers: Mapping[str, Any]) -> str:
        """The whole way from the code to the receipt."""
        self.enter()
        self.save(answers)
        return self.submit(self.checked())


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {name: unescape(value) for name, value in HIDDEN.findall(html)}
