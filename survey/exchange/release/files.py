"""The files of a release, made from its content alone and again at any time: workbook, report, figures as CSV and as
JSON."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from django.utils import timezone

from survey.exchange.release.report import release_report
from survey.exchange.release.text_sheets import Life
from survey.exchange.release.tidy import tidy_heads, tidy_rows
from survey.exchange.release.workbook import release_workbook
from survey.exchange.sheets.plain_cells import no_formula
from survey.methods.released.publication import Publication, languages_of, publication_of
from survey.models import Release
from survey.release_terms import ReleaseAct, ReleaseState
from survey.selectors.said import said as _

IN_BOTH = "both"


def publications_of(release: Release, language: str = IN_BOTH) -> list[Publication]:
    """The release in one of its languages, or in all of them."""
    spoken = languages_of(release.content)
    # A language that the release was not frozen in has no words, and all that it has are better than none.
    chosen = [language] if language in spoken else spoken
    return [publication_of(release.content, one) for one in chosen]


def book_of(release: Release, language: str = IN_BOTH) -> bytes:
    """The workbook, in one language or in both."""
    return release_workbook(publications_of(release, language), life_of(release))


def report_of(release: Release, language: str = IN_BOTH) -> bytes:
    """The report as a document (.docx), in one language or in both."""
    return release_report(publications_of(release, language), life_of(release))


def life_of(release: Release) -> Life:
    """What a cover says of the release besides its content."""
    step = release.steps.filter(act=ReleaseAct.PUBLISH.value).first()
    published = f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}" if step else ""
    state = _(ReleaseState(release.state).label)
    return Life(number=release.number, digest=release.digest, state=state, published=published)


def figures_csv(release: Release) -> bytes:
    """All figures, one a row, in UTF-8 with the mark by which spreadsheets know it."""
    publications = publications_of(release)
    # newline="": the csv module writes its own line ends (RFC 4180: CR LF).
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(tidy_heads(publications))
    writer.writerows(map(_line, tidy_rows(publications, release.number)))
    # Without the byte order mark Excel reads a CSV file in the code page of Windows, and Chinese is lost.
    return text.getvalue().encode("utf-8-sig")


def _line(row: Sequence[Any]) -> list[Any]:
    return ["" if value is None else no_formula(value) for value in row]


def release_json(release: Release) -> bytes:
    """The same as `figures_by_name`, as a file for programs."""
    # Chinese as it is: escapes would make the file twice as long and unreadable to a person.
    return json.dumps(figures_by_name(release), ensure_ascii=False).encode()


def figures_by_name(release: Release) -> dict[str, Any]:
    """What the release is, and all its figures by name."""
    publications = publications_of(release)
    heads = tidy_heads(publications)
    rows = [
        # What is not there is left out: null and "" would have to be told apart by every program that reads it.
        {head: value for head, value in zip(heads, row, strict=True) if value not in (None, "")}
        for row in tidy_rows(publications, release.number)
    ]
    return {**about_release(release), "figures": rows}


def about_release(release: Release) -> dict[str, Any]:
    """A release without its figures, as a list of releases tells it."""
    step = release.steps.filter(act=ReleaseAct.PUBLISH.value).first()
    replaced = release.replaces
    return {
        "wave": release.wave.code,
        "number": release.number,
        "state": release.state,
        "digest": release.digest,
        "published_at": step.at.isoformat() if step else None,
        "replaces": replaced.number if replaced else None,
    }
