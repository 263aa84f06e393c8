"""The lists of choices of a form, and the options that a question takes from them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from survey.exchange.xlsform.dialect import filter_of_choice, filter_words, translated
from survey.exchange.xlsform.findings import Findings, Place
from survey.exchange.xlsform.form_rows import LABEL, FormRow
from survey.exchange.xlsform.languages import Languages
from survey.exchange.xlsform.names import Names, option_code
from survey.exchange.xlsform.own_columns import YES
from survey.exchange.xlsform.workbook import CHOICES
from survey.instrument.expression_errors import ExpressionError
from survey.instrument.schema import Option, Text
from survey.terms import Missing

OTHER_TEXT = Text("其他", "Other")
OTHER = "other"
EXCLUSIVE, SPECIFY, OFFERED, MISSING = (
    "tongdian_exclusive",
    "tongdian_specify",
    "tongdian_relevant",
    "tongdian_missing",
)
OWN_COLUMNS = (EXCLUSIVE, SPECIFY, OFFERED, MISSING)
LIST_NAME, NAME = ("list name",), ("name",)


@dataclass
class ChoiceLists:
    """The choices by list name in order, and the columns that filters have used."""

    languages: Languages
    rows: dict[str, list[FormRow]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    filters: set[str] = field(default_factory=set)

    def name_codes(self) -> dict[str, dict[str, str]]:
        """List -> name of a choice -> its code."""
        named: dict[str, dict[str, str]] = {}
        for name, rows in self.rows.items():
            codes = named.setdefault(name, {})
            for row in rows:
                code = option_code(row.name, set(codes.values()))
                if codes.setdefault(row.name, code) == code != row.name:
                    self.findings.add("renamed", row.place("name"), row.name, name=code)
        return named

    def options(self, list_name: str, names: Names) -> tuple[tuple[Option, ...], tuple[Missing, ...]]:
        """The options of a list, and the non-answers that stand among its choices."""
        options, missing = [], []
        for row in self.rows.get(list_name, []):
            if row.name in set(Missing):
                if row.get(MISSING) != YES:
                    self.findings.add("missing_label", row.place("name"), row.name)
                missing.append(Missing(row.name))
            else:
                options.append(self._option(row, names.choices.get(list_name, {}).get(row.name, row.name)))
        return tuple(options), tuple(missing)

    def _option(self, row: FormRow, code: str) -> Option:
        return Option(
            code=code,
            text=row.text(LABEL, self.languages),
            exclusive=row.get(EXCLUSIVE) == YES,
            specify=row.get(SPECIFY) == YES,
            relevant=row.raw(OFFERED),
        )

    def filtered(
        self, options: tuple[Option, ...], list_name: str, choice_filter: str, names: Names, place: Place
    ) -> tuple[Option, ...]:
        """The options, each with the filter as its condition."""
        written = translated(choice_filter, names)
        try:
            self.filters.update(filter_words(written))
            conditions = {
                names.choices.get(list_name, {}).get(row.name, row.name): filter_of_choice(written, columns_of(row))
                for row in self.rows.get(list_name, [])
            }
        except ExpressionError as error:
            self.findings.add("choice_filter", place, choice_filter, problem=error.worded(str)[0])
            return options
        return tuple(replace(option, relevant=option.relevant or conditions[option.code]) for option in options)


def list_key(sheet: str, name: str) -> str:
    """What a list is known by: two sheets may have lists of the same name."""
    return name if sheet == CHOICES else f"{sheet}!{name}"


def columns_of(row: FormRow) -> dict[str, str]:
    """The plain columns of a choice, which a filter can name."""
    return {column[0]: row.get(*column) for column in row.values if len(column) == 1}


def with_other(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options with one that asks to specify: the one named other, or a further one."""
    if any(option.code == OTHER for option in options):
        return tuple(replace(option, specify=True) if option.code == OTHER else option for option in options)
    return (*options, Option(OTHER, OTHER_TEXT, specify=True))


def choice_lists(rows: Iterable[FormRow], languages: Languages, findings: Findings) -> ChoiceLists:
    """The lists of the sheets ``choices`` and ``external_choices``; rows without a list are remarks."""
    lists = ChoiceLists(languages=languages, findings=findings)
    for row in rows:
        name = list_key(row.sheet, row.get(*LIST_NAME))
        if row.get(*LIST_NAME) and row.name:
            lists.rows.setdefault(name, []).append(row)
    return lists
