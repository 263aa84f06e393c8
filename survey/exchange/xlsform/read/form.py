"""A form while it is read: its lists, names and languages, and what has been found."""

from dataclasses import dataclass, field

from survey.complaints import WHOLE, Place
from survey.exchange.xlsform.dialect.expressions import piped
from survey.exchange.xlsform.dialect.names import Names
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import FormColumn, XlsformRow
from survey.exchange.xlsform.languages import Languages
from survey.exchange.xlsform.read.choice_lists import ChoiceLists
from survey.instrument.schema import Text, combined


@dataclass(kw_only=True)
class Form:
    """``places`` says which row an item, page, section or rule of the questionnaire comes from.

    ``mentioned`` are the names that rules and wordings read.
    """

    lists: ChoiceLists
    names: Names
    languages: Languages
    findings: Findings
    places: dict[tuple[str, str], XlsformRow] = field(default_factory=dict)
    mentioned: frozenset[str] = frozenset()

    def wording(self, row: XlsformRow, column: FormColumn) -> Text:
        """A translated wording with the codes of the items that it names."""
        text = row.text(column, self.languages)
        return combined(lambda wording: piped(wording, self.names), text)

    def code(self, row: XlsformRow) -> str:
        """The code of the row's element."""
        return self.names.by_row[row.number, row.name]

    def place_of(self, kind: str, code: str, column: FormColumn) -> Place:
        """Where a part of the questionnaire stands in the form."""
        row = self.places.get((kind, code))
        return row.place(*column) if row else WHOLE
