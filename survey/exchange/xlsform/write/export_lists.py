"""The rows of the sheet ``choices``: one list for each set of options, shared by the items that have the same."""

from dataclasses import dataclass, field

from survey.exchange.xlsform.languages import cells
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
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.schema import Item, Option
from survey.terms import Missing

STANDARD = "standard_"
"""What begins the names of lists that the product has itself; they are not read back."""


@dataclass
class ExportLists:
    """The lists written so far, by their content."""

    rows: list[dict[str, str]] = field(default_factory=list)
    names: dict[tuple[object, ...], str] = field(default_factory=dict)

    def of_item(self, item: Item) -> str:
        """The name of the list of an item's choices, its non-answers behind them."""
        if item.options:
            name = item.code if not item.code.startswith(STANDARD) else f"list_{item.code}"
        else:
            name = "_".join([f"{STANDARD}{item.type.value}", *item.missing])
        return self.of(name, options_of(item), item.missing, is_standard=not item.options)

    def of(
        self, name: str, options: tuple[Option, ...], missing: tuple[Missing, ...] = (), is_standard: bool = False
    ) -> str:
        """The name of the list with this content; "" where there is nothing to list."""
        if not options:
            return ""
        # By content: forty questions on one scale share one list, as a person would have written it.
        key = (options, missing, is_standard)
        if key not in self.names:
            # Another list has the name already; under one name a reader would take both for one.
            while name in self.names.values():
                name += "_"
            self.names[key] = name
            # The name is given first: an option's own list is written meanwhile and must not take it.
            self.rows += [self._option(name, option) for option in options]
            self.rows += [_missing(name, word) for word in missing]
        return self.names[key]

    def _option(self, name: str, option: Option) -> dict[str, str]:
        row = {
            "list_name": name,
            "name": option.code,
            **cells("label", option.text),
            EXCLUSIVE: YES if option.exclusive else "",
            SPECIFY: YES if option.specify else "",
            OFFERED: option.relevant,
            COLUMN_TYPE: option.type.value if option.type else "",
            COLUMN_REQUIRED: YES if option.required else "",
            COLUMN_CHOICES: self.of(f"{name}_{option.code}", option.choices),
        }
        return {header: cell for header, cell in row.items() if cell}


def _missing(name: str, word: Missing) -> dict[str, str]:
    return {"list_name": name, "name": word.value, **cells("label", MISSING_TEXTS[word]), MISSING: YES}
