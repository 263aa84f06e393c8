"""A sheet of a workbook, or a CSV file, as rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from survey.services.frame.complaints import FrameFileRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """The most cells of a row, and the rows from the first, gone through anew at each call of ``rows``."""

    name: str
    width: int
    rows: Callable[[], Iterable[Sequence[Any]]]


def visible_names(workbook: CalamineWorkbook) -> list[str]:
    """The sheets that Excel shows. Raises `FrameFileRefused` where there is none at all."""
    if not workbook.sheet_names:
        raise FrameFileRefused("damaged", detail="xl/workbook.xml")
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        # Hidden sheets are left out: they hold lists of codes and old states that officers do not know of.
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
