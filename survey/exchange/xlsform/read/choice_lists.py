"""The lists of choices of a form, and the options that a question takes from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext

from survey.complaints import Place
from survey.exchange.xlsform.column_names import filter_of_choice, filter_words
from survey.exchange.xlsform.dialect.expressions import names_written, translated_expression
from survey.exchange.xlsform.dialect.names import Names, option_code
from survey.exchange.xlsform.file.workbook import CHOICES, EXTERNAL_CHOICES
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import LABEL, XlsformRow
from survey.exchange.xlsform.languages import Languages
from survey.exchange.xlsform.own_columns import (
    COLUMN_CHOICES,
    COLUMN_REQUIRED,
    COLUMN_TYPE,
    EXCLUSIVE,
    MISSING,
    OFFERED,
    SPECIFY,
    YES,
)
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import Scope, holds, parse
from survey.instrument.expressions.tree import Call, Name, OwnValue, walk
from survey.instrument.kinds.cells import IN_CELLS
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.schema import Option, Text
from survey.terms import ItemType, Missing

OTHER_TEXT = Text("其他", "Other")
OTHER = "other"
OWN_COLUMNS = (EXCLUSIVE, SPECIFY, OFFERED, MISSING, COLUMN_TYPE, COLUMN_CHOICES, COLUMN_REQUIRED)
NOTHING_KNOWN = Scope(answers={}, facts={}, today=date.min)
# Without a name of a question in them, and yet not the same for every response.
READ_THE_SCOPE = frozenset({"today", "now", "random", "uuid", "jr:choice-name"})
LIST_NAME, NAME = ("list name",), ("name",)


@dataclass(kw_only=True)
class ChoiceLists:
    """The choices by list name in order, and the columns that filters have used."""

    languages: Languages
    rows: dict[str, list[XlsformRow]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    filters: set[str] = field(default_factory=set)

    def name_codes(self) -> dict[str, dict[str, str]]:
        """List -> name of a choice -> its code."""
        named: dict[str, dict[str, str]] = {}
        for name, rows in self.rows.items():
            codes = named.setdefault(name, {})
            for row in rows:
                code = option_code(row.name, set(codes.values()))
                # A name that stands twice keeps its first code, by which rules mean it.
                if codes.setdefault(row.name, code) == code != row.name:
                    self.findings.add("renamed", row.place("name"), row.name, name=code)
        return named

    def options(self, list_name: str, names: Names) -> tuple[tuple[Option, ...], tuple[Missing, ...]]:
        """The options of a list, and the non-answers that stand among its choices."""
        options = tuple(self._option(row, list_name, names) for row in self._rows(list_name))
        return options if self.languages.verbatim else self._apart(merged_options(options)), self._missing(list_name)

    def _apart(self, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """The options with a code of their own for each; pyxform lets a form have one twice with different labels."""
        given: dict[str, Option] = {}
        for option in options:
            code = option_code(option.code, given)
            if code != option.code:
                self.findings.add("choice_twice", Place(sheet=CHOICES), option.code, name=code)
            given[code] = replace(option, code=code)
        return tuple(given.values())

    def filtered(
        self, list_name: str, choice_filter: str, names: Names, place: Place, is_only: bool = False
    ) -> tuple[Option, ...]:
        """The options, each with the filter as its condition; those that it never lets through are left away.

        None are returned where the filter cannot be read or lets nothing through. An option's own condition stands
        before the filter unless that ``is_only`` what counts.
        """
        written, changed = (
            translated_expression(choice_filter, names),
            names.changed_choices(names_written([choice_filter])),
        )
        try:
            columns = filter_words(written)
            offered = [
                (self._option(row, list_name, names), filter_of_choice(written, plain_columns(row, changed)))
                for row in self._rows(list_name)
            ]
            # The cell of the filter is what a person sees and changes; conditions behind it are what it was.
            if is_only:
                offered = [(replace(option, relevant=""), condition) for option, condition in offered]
            found = merged_options(given for option, condition in offered if (given := offered_if(option, condition)))
            kept = found if is_only else self._apart(found)
        except ExpressionError as error:
            self.findings.add("choice_filter", place, choice_filter, problem=error.complaint.message(gettext))
            return ()
        self.filters.update(columns)
        unknown = [name for name in columns if not any((name,) in row.headers for row in self._rows(list_name))]
        if unknown or not kept:
            self.findings.add("filter_column", place, unknown[0] if unknown else choice_filter)
        return kept

    def as_tables(self, names: Names) -> dict[str, Sequence[Mapping[str, str]]]:
        """The lists as rules look into them: every plain column, with codes and labels as they are here."""
        return {
            name: [{**plain_columns(row), **self._shown(row, name, names)} for row in self._rows(name)]
            for name in self.rows
        }

    def _shown(self, row: XlsformRow, list_name: str, names: Names) -> dict[str, str]:
        option = self._option(row, list_name, names)
        # One wording for all: a rule must not hold in one language and fail in another.
        return {"name": option.code, "label": option.text.of("zh")}

    def _rows(self, list_name: str) -> list[XlsformRow]:
        # Choices that are named as our non-answers become such, or "refused" would count as an answer in every figure.
        return [row for row in self.rows.get(list_name, []) if row.name not in set(Missing)]

    def _missing(self, list_name: str) -> tuple[Missing, ...]:
        rows = [row for row in self.rows.get(list_name, []) if row.name in set(Missing)]
        for row in rows:
            if row.get(MISSING) != YES:
                standard = set(MISSING_TEXTS[Missing(row.name)].to_dict().values())
                is_standard = set(filter(None, row.text(LABEL, self.languages).to_dict().values())) <= standard
                self.findings.add("missing_label" if is_standard else "missing_wording", row.place("name"), row.name)
        return tuple(Missing(row.name) for row in rows)

    def _option(self, row: XlsformRow, list_name: str, names: Names, *, is_inner: bool = False) -> Option:
        text = row.text(LABEL, self.languages)
        if not text and not self.languages.verbatim:
            self.findings.add("choice_label", row.place(*LABEL), row.name)
            text = Text(row.name, row.name)
        return Option(
            code=names.choices.get(list_name, {}).get(row.name, row.name),
            text=text,
            exclusive=row.get(EXCLUSIVE) == YES,
            specify=row.get(SPECIFY) == YES,
            relevant=row.raw(OFFERED),
            type=None if is_inner else self._column_type(row),
            choices=() if is_inner else self._column_choices(row, names),
            required=row.get(COLUMN_REQUIRED) == YES,
        )

    def _column_type(self, row: XlsformRow) -> ItemType | None:
        written = row.get(COLUMN_TYPE)
        if not written or written in set(ItemType):
            return ItemType(written) if written else None
        self.findings.add("own_column", row.place(COLUMN_TYPE), written, expected=", ".join(IN_CELLS))
        return None

    def _column_choices(self, row: XlsformRow, names: Names) -> tuple[Option, ...]:
        named = row.get(COLUMN_CHOICES)
        # Choices have no columns of their own: a list that leads back to itself ends here.
        return tuple(self._option(one, named, names, is_inner=True) for one in self._rows(named))


def merged_options(options: Iterable[Option]) -> tuple[Option, ...]:
    """The options, those that differ in their condition alone as one."""
    found: dict[Option, list[str]] = {}
    for option in options:
        found.setdefault(replace(option, relevant=""), []).append(option.relevant)
    return tuple(replace(option, relevant=any_of(conditions)) for option, conditions in found.items())


def any_of(conditions: Iterable[str]) -> str:
    """One condition that holds where one of them does; an empty one always holds."""
    distinct = list(dict.fromkeys(conditions))
    # Offered once without a condition, a choice is always offered.
    if "" in distinct:
        return ""
    return distinct[0] if len(distinct) == 1 else " or ".join(f"({condition})" for condition in distinct)


def offered_if(option: Option, condition: str) -> Option | None:
    """The option with a filter as its condition; None where that never holds whatever is answered."""
    # It has the filter in it already, as the export wrote both.
    if option.relevant:
        return option
    if not is_fixed(condition):
        return replace(option, relevant=condition)
    return option if holds(condition, NOTHING_KNOWN) else None


def is_fixed(condition: str) -> bool:
    """Whether a condition reads neither an answer nor the day. Raises ExpressionError."""
    return not any(
        isinstance(node, Name | OwnValue) or (isinstance(node, Call) and node.function in READ_THE_SCOPE)
        for node in walk(parse(condition))
    )


def list_key(sheet: str, name: str) -> str:
    """What a list is known by: two sheets may have lists of the same name."""
    return name if sheet != EXTERNAL_CHOICES else f"{sheet}!{name}"


def plain_columns(row: XlsformRow, changed: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """The plain columns of a choice, which a filter can name; names of choices that are ``changed`` by their codes."""
    cells = {column[0]: row.get(*column) for column in row.values if len(column) == 1}
    return {name: changed.get(cell, cell) for name, cell in cells.items()}


def with_other(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options with one that asks to specify: the one named other, or a further one."""
    if any(option.code == OTHER for option in options):
        return tuple(replace(option, specify=True) if option.code == OTHER else option for option in options)
    return (*options, Option(code=OTHER, text=OTHER_TEXT, specify=True))


def choice_lists(rows: Iterable[XlsformRow], languages: Languages, findings: Findings) -> ChoiceLists:
    """The lists of the sheets ``choices`` and ``external_choices``; rows without a list are remarks."""
    lists = ChoiceLists(languages=languages, findings=findings)
    for row in rows:
        name = list_key(row.sheet, row.get(*LIST_NAME))
        if row.get(*LIST_NAME) and row.name:
            lists.rows.setdefault(name, []).append(row)
    return lists
