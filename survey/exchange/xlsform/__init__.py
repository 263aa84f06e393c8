"""XLSForm, the workbook in which others write questionnaires: read with pyxform's rules, written to read back."""

from pathlib import Path

from survey.exchange.xlsform.reading import Progress, Reading, no_progress
from survey.exchange.xlsform.write.writer import xlsform_workbook

__all__ = ["Reading", "read_xlsform", "xlsform_workbook"]


def read_xlsform(path: Path, progress: Progress = no_progress) -> Reading:
    """What an .xlsx or .xls form holds for us, and what in it has no counterpart. Never raises on a bad file.

    What ``progress`` raises, to stop the work, passes through.
    """
    from survey.exchange.xlsform.read.reader import read_form  # pyxform takes a second to load: not at every start

    return read_form(path, progress)
