"""Rows of a form by the parts of their column names, whatever alias or language the header was written with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.complaints import Place
from survey.exchange.xlsform.languages import Languages
from survey.instrument.schema import Text

FormColumn = tuple[str, ...]
"""Parts of a column name after aliases: ("bind", "relevant"), ("label", "English (en)"), ("tongdian", "magnitude")."""

RELEVANT, REQUIRED, CONSTRAINT = ("bind", "relevant"), ("bind", "required"), ("bind", "constraint")
CALCULATE, READ_ONLY = ("bind", "calculate"), ("bind", "readonly")
CONSTRAINT_MESSAGE, REQUIRED_MESSAGE = ("bind", "jr:constraintMsg"), ("bind", "jr:requiredMsg")
APPEARANCE, COUNT, ROWS = ("control", "appearance"), ("control", "jr:count"), ("control", "rows")
ACCEPT = ("control", "accept")
LABEL, HINT, GUIDANCE = ("label",), ("hint",), ("guidance_hint",)
OWN = "tongdian"
"""What begins the columns that carry what XLSForm has no column for."""


@dataclass(frozen=True, kw_only=True)
class XlsformRow:
    """One row: its ``number`` in Excel, its values by column, and the headers as they were written."""

    sheet: str
    number: int
    values: Mapping[FormColumn, str]
    headers: Mapping[FormColumn, str]

    def get(self, *column: str) -> str:
        """The value of a column without outer spaces, "" where the cell is empty."""
        # U+00A0 comes with what is pasted from web pages and is not stripped as a blank by every tool.
        return self.values.get(column, "").replace("\xa0", " ").strip()

    def raw(self, *column: str) -> str:
        """The value of a column to the letter."""
        return self.values.get(column, "")

    def own(self, name: str) -> str:
        """The value of one of our own columns."""
        return self.get(OWN, name)

    @property
    def type(self) -> str:
        """The type, with single spaces."""
        return " ".join(self.get("type").split())

    @property
    def name(self) -> str:
        """The name as written."""
        return self.get("name")

    @property
    def kind(self) -> str:
        """What the export says the row stands for: section, page, intro, cell ..."""
        return self.own("kind")

    def place(self, *column: str) -> Place:
        """Where the cell of a column is."""
        return Place(sheet=self.sheet, row=self.number, column=self.headers.get(column, column[-1] if column else ""))

    def text(self, column: FormColumn, languages: Languages) -> Text:
        """The wording of a translated column in all languages of the form."""
        found = {
            key[len(column)] if len(key) > len(column) else "": value
            for key, value in self.values.items()
            # One part more at most: it is the language; ("label", "x", "y") would be another column.
            if key[: len(column)] == column and len(key) <= len(column) + 1
        }
        return languages.text(found)

    def filled(self) -> Iterator[tuple[FormColumn, str]]:
        """Every filled cell with its column."""
        yield from self.values.items()
