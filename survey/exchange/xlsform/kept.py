"""Forms that were put in: read under their own names, and what was found as JSON and back."""

import re
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from survey.complaints import Complaint, Place
from survey.exchange.xlsform import Reading, read_xlsform
from survey.exchange.xlsform.finding_catalogue import CATALOGUE
from survey.exchange.xlsform.reading import Progress, no_progress
from survey.instrument.schema import Questionnaire
from survey.models import FormReading
from survey.services.design.form_readings import keep_reading

SLOW_ROWS = 400
"""Rows of a form from which on reading it takes longer than a page may: pyxform takes some 25 ms for each."""
PORTION = 1 << 20
_STRANGE = re.compile(r"[^\w\-]+")


def is_slow(file: BinaryIO) -> bool:
    """Whether a workbook is so long that a job should read it; one that cannot be opened is refused at once."""
    file.seek(0)
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            named = {name.strip().lower(): name for name in workbook.sheet_names}
            survey = named.get("survey") or next(iter(named.values()), None)
            # Height and not size of the file: pictures and styles make a short form large.
            return survey is not None and workbook.get_sheet_by_name(survey).height > SLOW_ROWS
    except (CalamineError, PasswordError, OSError, ValueError):
        # Not slow to refuse: the page reads it and says at once what is wrong.
        return False
    finally:
        file.seek(0)


def read_content(portions: Iterable[bytes], name: str, progress: Progress = no_progress) -> Reading:
    """Read a file under its own name, which stands for a form_id that is missing."""
    # Path().stem and the pattern leave no separator: the name cannot lead out of the folder.
    stem = _STRANGE.sub("_", Path(name).stem)[:60] or "form"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, stem)
        with path.open("wb") as file:
            file.writelines(portions)
        return read_xlsform(path, progress)


def read_kept_form(kept: FormReading, progress: Progress = no_progress) -> None:
    """Read a stored form and keep what was found."""
    with kept.file.open("rb") as file:
        reading = read_content(file.chunks(PORTION), kept.source_name, progress)
    content = reading.questionnaire.to_dict() if reading.questionnaire else None
    keep_reading(kept=kept, content=content, findings=[_as_json(finding) for finding in reading.findings])


def reading_of_kept(kept: FormReading) -> Reading:
    """What reading a stored form gave."""
    content = Questionnaire.from_dict(kept.content) if kept.content else None
    return Reading(content, tuple(_complaint(finding) for finding in kept.findings))


def _as_json(finding: Complaint) -> dict[str, Any]:
    value = finding.value if isinstance(finding.value, str | int) else str(finding.value)
    return {
        "code": finding.code,
        "place": asdict(finding.place),
        "value": value,
        # Numbers stay numbers, as findings of a form that was read just now have them; lazy texts become words.
        "parameters": {name: part if isinstance(part, int) else str(part) for name, part in finding.parameters.items()},
    }


def _complaint(finding: dict[str, Any]) -> Complaint:
    place = Place(**{**finding["place"], "rows": tuple(finding["place"]["rows"])})
    return CATALOGUE.complaint(finding["code"], place=place, value=finding["value"], **finding["parameters"])
