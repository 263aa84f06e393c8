"""How much of others' XLSForms loads: ``python -m benchmarks.real_forms FOLDER [--seconds 300] [--each]``.

Looks at every .xlsx and .xls below FOLDER once, whatever copies of it lie there. A file counts as a form if openpyxl or
xlrd, which the product does not read forms with, finds a sheet ``survey`` with the columns ``type`` and ``name``. Each
form is then read as the office reads it, in a process of its own that is stopped after so many seconds of processor
time. What it asks is compared with what was loaded: a question, a wording or a choice that is neither in the
questionnaire nor named by a finding is lost silently. No form is kept here; where some lie in public is told in
``docs/xlsform.md``.
"""

import argparse
import hashlib
import importlib
import json
import multiprocessing
import os
import re
import resource
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import django
import openpyxl
import xlrd

from survey.complaints import Complaint, Weight

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
SURVEY, CHOICES = "survey", "choices"
WHOLE, LOSSES, REFUSED, CRASH, SLOW = "whole", "with named losses", "refused", "crash", "too slow"
UNREADABLE = frozenset({"damaged", "not_a_list", "file_empty", "other_workbook"})
"""Refusals that are wrong about a file in which another reader has found a form."""
TAKES_ALL = frozenset({"repeat", "never_asked", "disabled", "entries", "open_entries"})
"""Findings at the head of a group that speak of everything in it."""
SPEAKS = frozenset({"kept_by_system", "type_device", "metadata_label", "table_heading", "entry_title", "comment_row"})
"""Notes that say that a row is not loaded as it stands; of the others only those that name more than a note count."""
UNSHOWN = frozenset({"start", "end", "today", "deviceid", "username", "audit", "simserial", "subscriberid"})
UNWRITTEN = frozenset({"calculate", "hidden"})
MESSAGES = {"constraint_message": "constraint", "required_message": "required"}
ANSWER_SHOWN, BLANKS = re.compile(r"\$\{[^}]*\}"), re.compile(r"\s+")
Rows = list[dict[str, str]]
"""The rows below the header, each from header in small letters to text; blank ones too, so that rows keep numbers."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one form: how it was read, the codes of what was found, and what was lost without a word."""

    state: str
    codes: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    detail: str = ""


def sheets_of(path: Path) -> dict[str, Rows]:
    """The sheets by name in small letters, as openpyxl or xlrd reads them; {} where they cannot."""
    try:
        if path.read_bytes()[:2] == b"PK":
            book = openpyxl.load_workbook(path, data_only=True)
            found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        else:
            old = xlrd.open_workbook(path)
            found = {sheet.name: [_old_row(sheet, k) for k in range(sheet.nrows)] for sheet in old.sheets()}
    except Exception:
        # Whatever the readers raise, and they raise much, the file is none that can be compared.
        return {}
    return {name.strip().lower(): _rows(cells) for name, cells in found.items()}


def _rows(cells: list[tuple[Any, ...]]) -> Rows:
    headers = [_text(cell).lower() for cell in cells[0]] if cells else []
    return [{name: _text(cell) for name, cell in zip(headers, row, strict=False) if name} for row in cells[1:]]


def _old_row(sheet: Any, number: int) -> tuple[Any, ...]:
    return tuple(_old_value(cell) for cell in sheet.row(number))


def _old_value(cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype == xlrd.XL_CELL_DATE else cell.value


def _text(cell: Any) -> str:
    """The cell as a form says it; "" for days, which each reader writes in its own way."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date | time):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else BLANKS.sub(" ", str(cell)).strip()


def is_form(sheets: dict[str, Rows]) -> bool:
    """Whether there is a sheet of questions."""
    survey = sheets.get("survey", [])
    return bool(survey) and {"type", "name"} <= survey[0].keys()


def lost_silently(sheets: dict[str, Rows], content: dict[str, Any], findings: Sequence[Complaint]) -> tuple[str, ...]:
    """Names and wordings of the form that stand neither in the questionnaire nor in a row that a finding names."""
    strings, codes = _strings(content)
    pool = "\n".join(strings)
    named = _rows_named(findings, lambda finding: finding.weight is not Weight.NOTE or finding.code in SPEAKS)
    renamed = _rows_named(findings, lambda finding: finding.code == "renamed")
    by_name = _rows_named(findings, lambda finding: finding.code == "choices_of_value")
    taken = _rows_named(findings, lambda finding: finding.code in TAKES_ALL)
    lists: set[str] = set()
    lost = []
    for number, row in _asked(sheets["survey"], taken[SURVEY], named[SURVEY]):
        is_there = row["name"] in codes or f"{row['name']}_" in pool or number in renamed[SURVEY]
        lists.update(row["type"].split()[1:2] if is_there and number not in by_name[SURVEY] else ())
        if number not in named[SURVEY]:
            # A group gives its name to pages only where it has some; what it says is what must be kept.
            is_kept = is_there or not row["name"] or row["type"].startswith("begin")
            lost += [] if is_kept else [f"survey {number}: {row['name']}"]
            lost += [f"survey {number}: {words}" for words in _wordings(row) if words not in pool]
    for number, row in enumerate(sheets.get(CHOICES, []), start=2):
        is_read = (row.get("list_name") or row.get("list name", "")) in lists
        if is_read and number not in named[CHOICES]:
            lost += [f"choices {number}: {words}" for words in _wordings(row) if words not in pool]
    return tuple(lost)


def _rows_named(findings: Iterable[Complaint], does_count: Callable[[Complaint], bool]) -> dict[str, set[int]]:
    """By sheet the rows that these findings name."""
    rows: dict[str, set[int]] = {SURVEY: set(), CHOICES: set()}
    for finding in filter(does_count, findings):
        place = finding.place
        rows.setdefault(place.sheet, set()).update(number for number in (place.row, *place.rows) if number)
    return rows


def _asked(survey: Rows, taken: set[int], named: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that somebody is to see, with their numbers in Excel.

    A finding that takes a group as a whole speaks for what is in it, and where everything in a group is named, its
    title goes with it.
    """
    groups: list[tuple[int, dict[str, str], bool]] = []
    has_more = [False]
    for number, row in enumerate(survey, start=2):
        kind = row["type"].lower().replace("_", " ")
        is_taken = bool(groups and groups[-1][2]) or number in taken
        if kind.startswith("begin "):
            groups.append((number, row, is_taken))
            has_more.append(False)
        elif kind.startswith("end ") and groups:
            begun, head, was_taken = groups.pop()
            if has_more.pop() and not was_taken:
                has_more[-1] = True
                yield begun, head
        elif kind and kind not in UNSHOWN and not is_taken:
            has_more[-1] |= number not in named and kind not in UNWRITTEN
            yield number, row


def _wordings(row: dict[str, str]) -> Iterator[str]:
    """What a person is to read of a row; the words of a rule that is not there are read by nobody."""
    for header, text in row.items():
        part = header.partition(":")[0].strip().replace(" ", "_")
        is_read = part in ("label", "hint") or (part in MESSAGES and row.get(MESSAGES[part]))
        if is_read and text and row.get("type") not in UNWRITTEN:
            yield _without_answers(text)


def _without_answers(text: str) -> str:
    return BLANKS.sub(" ", ANSWER_SHOWN.sub("${}", text)).strip()


def _strings(content: Any) -> tuple[list[str], set[str]]:
    """Every text of a questionnaire, and every code."""
    if isinstance(content, str):
        return [_without_answers(content)], set()
    texts: list[str] = []
    codes = {content["code"]} if isinstance(content, dict) and "code" in content else set()
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        more, further = _strings(part)
        texts += more
        codes |= further
    return texts, codes


def outcome_of(path: Path, sheets: dict[str, Rows]) -> Outcome:
    """How the form is read. Never raises on a form: what the reader raises is the outcome."""
    from survey.exchange.xlsform import read_xlsform

    try:
        reading = read_xlsform(path)
        codes = tuple(finding.code for finding in reading.findings)
        if reading.questionnaire is None:
            state = CRASH if UNREADABLE & set(codes) else REFUSED
            return Outcome(state=state, codes=codes, detail=reading.findings[0].sentences(str))
        silent = lost_silently(sheets, reading.questionnaire.to_dict(), reading.findings)
    except Exception as error:
        return Outcome(state=CRASH, detail=f"{type(error).__name__}: {error}"[:200])
    return Outcome(state=WHOLE if reading.is_whole else LOSSES, codes=codes, silent=silent)


def _read_within(seconds: int, path: Path, answer: Any) -> None:
    """In a process of its own: the outcome as JSON, or nothing where the time does not do."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    sheets = sheets_of(path)
    answer.send(json.dumps(vars(outcome_of(path, sheets)) if is_form(sheets) else None))


def outcome_within(seconds: int, path: Path) -> Outcome | None:
    """The outcome of a file, None where it is no form; too slow where it takes more processor time than so many."""
    here, there = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=_read_within, args=(seconds, path, there))
    process.start()
    there.close()
    try:
        told = json.loads(here.recv())
    except EOFError:
        process.join()
        by_time = process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL)
        return Outcome(state=SLOW if by_time else CRASH, detail=f"exit code {process.exitcode}")
    process.join()
    lists = {name: tuple(told[name]) for name in ("codes", "silent")} if told else {}
    return Outcome(**{**told, **lists}) if told else None


def forms_below(folder: Path) -> Iterator[Path]:
    """Every workbook once, the first in order of two that are alike to the byte."""
    seen = set()
    for path in sorted(folder.rglob("*.xls*")):
        if path.is_file() and (digest := hashlib.sha256(path.read_bytes()).digest()) not in seen:
            seen.add(digest)
            yield path


def main() -> None:
    """Read every form and print the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=300, help="of the processor, for one form")
    parser.add_argument("--each", action="store_true", help="a line for each form")
    options = parser.parse_args()
    django.setup()
    # Here, and not in each process anew: pyxform takes a second to load.
    importlib.import_module("survey.exchange.xlsform.read.reader")
    states: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    silent = 0
    for path in forms_below(options.folder):
        outcome = outcome_within(options.seconds, path)
        if outcome is None:
            continue
        states[outcome.state] += 1
        reasons.update({outcome.codes[0]} if outcome.codes and outcome.state != WHOLE else ())
        silent += bool(outcome.silent)
        if options.each:
            told = (outcome.state, path.relative_to(options.folder), *outcome.codes[:3], outcome.detail)
            print(*told, sep="\t", flush=True)
        for lost in outcome.silent:
            print(f"  LOST WITHOUT A WORD\t{path.relative_to(options.folder)}\t{lost}")
    print(f"{states.total()} forms:", ", ".join(f"{count} {state}" for state, count in states.most_common()))
    print(f"{silent} forms with something lost without a word")
    print("What stands first in those that do not load whole:", dict(reasons.most_common(15)))


if __name__ == "__main__":
    main()
