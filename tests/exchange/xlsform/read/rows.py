"""Rows of a sheet survey, as they are read from a workbook."""

from survey.exchange.xlsform.form_rows import XlsformRow


def row(type_: str, name: str = "", number: int = 2, **cells: str) -> XlsformRow:
    """A row; ``cells`` by column, two underscores between the parts of one."""
    values = {tuple(column.split("__")): cell for column, cell in cells.items()}
    return XlsformRow(
        sheet="survey", number=number, values={("type",): type_, ("name",): name, **values}, headers={("type",): "type"}
    )


def rows(*written: tuple[str, str]) -> list[XlsformRow]:
    """Rows of type and name, from row 2 on."""
    return [row(type_, name, number) for number, (type_, name) in enumerate(written, start=2)]
