"""Forms written as tables, in the manner of pyxform's own tests, as workbooks."""

from pathlib import Path

from openpyxl import Workbook

from survey.exchange.xlsform import Reading
from survey.instrument.schema import Item

FOLDER = Path(__file__).parent / "xlsforms"
EXPECT = "expect:"


def expected(path: Path) -> list[str]:
    """The codes of the findings that a form is expected to have; none where it loads whole."""
    words = path.read_text("utf-8").splitlines()[0].removeprefix(EXPECT).split()
    return [] if words == ["whole"] else sorted(words)


def sheets(text: str) -> dict[str, list[list[str]]]:
    """Sheet name -> rows; a first cell that is filled begins a sheet."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if not line.startswith("|"):
            continue
        first, *rest = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if first:
            rows = found.setdefault(first, [])
        else:
            rows.append(rest)
    return found


def workbook(text: str, path: Path) -> Path:
    """The tables of a form saved as .xlsx."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets(text).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row, start=1):
                if cell:
                    sheet.cell(number, place, value_of(cell)).data_type = "n" if cell.isdigit() else "s"
    book.save(path)
    return path


def value_of(cell: str) -> str | int:
    """Whole numbers as numbers, as a person's Excel has them."""
    return int(cell) if cell.isdigit() else cell


def items(reading: Reading) -> dict[str, Item]:
    """The items of a form that is not refused."""
    assert reading.questionnaire is not None
    return reading.questionnaire.items
