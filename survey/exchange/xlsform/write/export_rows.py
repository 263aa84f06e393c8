"""The rows of the sheet ``survey`` for a questionnaire: sections and pages as groups, items with our own columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from survey.exchange.xlsform.form_rows import OWN
from survey.exchange.xlsform.item_cells import appearance_for, default_of, filter_of, parameters_for
from survey.exchange.xlsform.kinds import XLSFORM
from survey.exchange.xlsform.languages import cells
from survey.exchange.xlsform.own_columns import bounds, with_bounds, written_attributes
from survey.exchange.xlsform.write.export_lists import ExportLists
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text, combined

SheetRow = dict[str, str]
SPECIFY = Text("请说明", "Please specify")
_NAME = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


@dataclass(kw_only=True)
class ExportRows:
    """Writes the rows; ``taken`` are the names of questions, which no group may have."""

    questionnaire: Questionnaire
    lists: ExportLists = field(default_factory=ExportLists)
    # pyxform puts a group "meta" of its own beside the questions.
    taken: set[str] = field(default_factory=lambda: {"meta"})

    def all(self) -> list[SheetRow]:
        """Every row; what expressions and wordings name beyond the questions comes first as hidden fields."""
        items = {item.code: list(self._item(item)) for _, _, item in self.questionnaire.walk()}
        # Questions first: their names are variables and must stay, those of groups may give way.
        self.taken |= {row["name"] for rows in items.values() for row in rows if "name" in row}
        rows = [row for section in self.questionnaire.sections for row in self._section(section, items)]
        return [*self._facts(rows), *rows]

    def _facts(self, rows: list[SheetRow]) -> Iterator[SheetRow]:
        written = [cell for row in (*rows, *self.lists.rows) for cell in row.values()]
        named = {name for cell in written for name in _NAME.findall(cell)}
        # In alphabetical order: a set has another order in each run, and the file would differ without a change.
        for name in sorted(named - {row.get("name") for row in rows}):
            yield {"type": "hidden", "name": name, f"{OWN}::kind": "fact"}

    def _section(self, section: Section, items: dict[str, list[SheetRow]]) -> Iterator[SheetRow]:
        yield from self._group("section", section)
        for page in section.pages:
            yield from self._group("page", page)
            for item in page.items:
                yield from items[item.code]
            yield {"type": "end_group"}
        yield {"type": "end_group"}

    def _group(self, kind: str, part: Section | Page) -> Iterator[SheetRow]:
        name = part.code
        # A name that a group and a question share would leave it open to other tools what ${name} means.
        while name in self.taken:
            name = f"{kind}_{name}"
        self.taken.add(name)
        yield {
            "type": "begin_group",
            "name": name,
            **cells("label", part.title),
            # field-list: other tools show the questions of a page together.
            **without_empty_cells({"relevant": part.relevant, "appearance": "field-list" if kind == "page" else ""}),
            f"{OWN}::kind": kind,
            **without_empty_cells({f"{OWN}::code": part.code if part.code != name else ""}),
        }
        if part.intro:
            intro = f"{name}_intro"
            while intro in self.taken:
                intro += "_"
            self.taken.add(intro)
            yield {"type": "note", "name": intro, **cells("label", part.intro), f"{OWN}::kind": "intro"}

    def _item(self, item: Item) -> Iterator[SheetRow]:
        return self.table(item) if kind_of(item).has_rows else self.question(item)

    def question(self, item: Item) -> Iterator[SheetRow]:
        """The row of an item, and the text that an option asks for."""
        own = written_attributes(item)
        exclusive = tuple(option.code for option in item.options if option.exclusive)
        limits = bounds(vars_of(item), exclusive)
        yield {
            **self._beginning(item, self._type(item)),
            **cells("constraint_message", item.constraint_message),
            **cells("required_message", item.required_message),
            **without_empty_cells(
                {
                    "required": item.required,
                    "constraint": with_bounds(limits, item.constraint),
                    "calculation": item.calculation,
                    "appearance": appearance_for(item),
                    "default": default_of(item),
                    "choice_filter": filter_of(item.options),
                    "parameters": parameters_for(item),
                    f"{OWN}::appearance": item.appearance,
                }
            ),
            **own,
        }
        yield from self._specify(item)

    def table(self, item: Item) -> Iterator[SheetRow]:
        """A group whose questions are the cells; what a group has no column for stands in ours."""
        yield {
            **self._beginning(item, XLSFORM[item.type].type),
            **cells(f"{OWN}::constraint_message", item.constraint_message),
            **cells(f"{OWN}::required_message", item.required_message),
            **without_empty_cells(
                {
                    f"{OWN}::required": item.required,
                    f"{OWN}::constraint": item.constraint,
                    f"{OWN}::rows": self.lists.of(f"{item.code}_rows", item.rows),
                    f"{OWN}::columns": self.lists.of(f"{item.code}_columns", item.options),
                    f"{OWN}::appearance": item.appearance,
                }
            ),
            **written_attributes(item),
        }
        # XLSForm has no table: each cell is a question of its own to other tools.
        for name, label in cells_of(item) if kind_of(item).is_numeric else ():
            yield {"type": "decimal", "name": name, **cells("label", label), f"{OWN}::kind": "cell"}
        for row, column, cell in cells_by_place(item) if not kind_of(item).is_numeric else ():
            label = combined("{} – {}".format, row.text, column.text)
            look = XLSFORM[cell.type].appearance
            asked = {"type": self._type(cell), "name": cell.code, **cells("label", label), "appearance": look}
            yield {**without_empty_cells(asked), f"{OWN}::kind": "cell"}
        yield {"type": "end_group"}

    def _beginning(self, item: Item, kind: str) -> SheetRow:
        return {
            "type": kind,
            "name": item.code,
            **cells("label", item.text),
            **cells("hint", item.hint),
            **cells(f"{OWN}::unit", item.unit),
            **without_empty_cells({"relevant": item.relevant}),
            f"{OWN}::type": item.type.value,
        }

    def _type(self, item: Item) -> str:
        written = XLSFORM[item.type]
        if not written.has_list:
            return written.type
        return f"{written.type} {self.lists.of_item(item)}" if options_of(item) else "text"

    def _specify(self, item: Item) -> Iterator[SheetRow]:
        # selected() holds of one choice and of several, so that both kinds are written alike.
        asking = [f"selected(${{{item.code}}}, '{option.code}')" for option in item.options if option.specify]
        if asking:
            name = f"{item.code}__other"
            row = {"type": "text", "name": name, **cells("label", SPECIFY), "relevant": " or ".join(asking)}
            yield {**row, f"{OWN}::kind": "specify"}


def without_empty_cells(row: SheetRow) -> SheetRow:
    return {header: cell for header, cell in row.items() if cell}


def vars_of(item: Item) -> dict[str, float | int | None]:
    """The fields that bound an answer."""
    return {name: getattr(item, name) for name in ("minimum", "maximum", "max_choices", "max_length")}


def cells_of(item: Item) -> Iterator[tuple[str, Text]]:
    """Name and label of each number of shares or of a table."""
    for row in rows_of(item):
        if not kind_of(item).has_columns:
            yield f"{item.code}__{row.code}", row.text
            continue
        for column in item.options:
            yield f"{item.code}__{row.code}__{column.code}", combined("{} – {}".format, row.text, column.text)
