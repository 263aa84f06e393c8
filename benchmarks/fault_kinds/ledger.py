"""What the site acknowledged, and what it has stored: whatever is in the one and not in the other is told."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from benchmarks.site import printed, statuses

TELL = "from benchmarks.fault_kinds.survey import tell; tell()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A response as it is stored; ``submitted_at`` in seconds, None for a draft."""

    answers: Mapping[str, Any]
    receipt: str
    status: str
    is_current: bool
    submitted_at: float | None


@dataclass(slots=True, kw_only=True)
class Ledger:
    """By code: the answers that were acknowledged as saved, and the receipts that were shown."""

    saved: dict[str, dict[str, Any]] = field(default_factory=dict)
    receipts: dict[str, set[str]] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def note_saved(self, code: str, answers: Mapping[str, Any]) -> None:
        with self.lock:
            self.saved[code] = dict(answers)

    def note_receipt(self, code: str, receipt: str) -> None:
        with self.lock:
            self.receipts.setdefault(code, set()).add(receipt)

    def count(self, event: str) -> None:
        with self.lock:
            self.events[event] += 1

    def complaints(self, stored: Mapping[str, list[Kept]]) -> list[str]:
        """Everything that was lost, doubled, torn or changed since it was acknowledged."""
        found = [complaint for code, answers in self.saved.items() for complaint in _of_answers(code, answers, stored)]
        found += [complaint for code, shown in self.receipts.items() for complaint in _of_receipts(code, shown, stored)]
        return found + [complaint for code, kept in stored.items() for complaint in _of_rows(code, kept)]


def _of_answers(code: str, answers: Mapping[str, Any], stored: Mapping[str, list[Kept]]) -> list[str]:
    current = [kept for kept in stored.get(code, []) if kept.is_current]
    if not current:
        return [f"{code}: saved answers are lost"]
    return [] if current[0].answers == answers else [f"{code}: {current[0].answers} is stored instead of {answers}"]


def _of_receipts(code: str, shown: set[str], stored: Mapping[str, list[Kept]]) -> list[str]:
    numbers = {kept.receipt for kept in stored.get(code, []) if kept.status == "submitted"}
    if len(shown) > 1:
        return [f"{code}: several receipts were shown, {sorted(shown)}"]
    return [] if shown == numbers else [f"{code}: receipt {sorted(shown)} was shown, {sorted(numbers)} is stored"]


def _of_rows(code: str, kept: list[Kept]) -> list[str]:
    return [] if len(kept) == 1 else [f"{code} has {len(kept)} responses"]


def stored_now(environment: Mapping[str, str]) -> dict[str, list[Kept]]:
    """What the database holds, asked for beside the site."""
    (told,) = printed(TELL, dict(environment))
    return {
        code: [
            Kept(answers=answers, receipt=receipt, status=status, is_current=is_current, submitted_at=at)
            for answers, receipt, status, is_current, at in rows
        ]
        for code, rows in json.loads(told).items()
    }


def unwanted_statuses() -> dict[int, int]:
    """Answers of this run by status that no fault excuses: every 5xx but 503."""
    return {status: count for status, count in statuses.items() if status >= 500 and status != 503}
