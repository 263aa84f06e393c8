"""Texts with ``${name}`` in them: earlier answers, frame facts and previous answers in the reader's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from survey.instrument.expressions.evaluation import Scope, names_in, value_of
from survey.instrument.expressions.values import Value, is_blank, to_text
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import label_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.choice_names import speaks
from survey.instrument.routing.pruning import OTHER
from survey.instrument.schema import Item, Questionnaire, Text
from survey.terms import Missing, SizeClass

UNANSWERED = "…"
PREVIOUS = "previous_"
SIZE_TEXTS = {
    SizeClass.LARGE: Text("大型", SizeClass.LARGE.label),
    SizeClass.MEDIUM: Text("中型", SizeClass.MEDIUM.label),
    SizeClass.SMALL: Text("小型", SizeClass.SMALL.label),
    SizeClass.MICRO: Text("微型", SizeClass.MICRO.label),
}
ANY_DAY = date(2000, 1, 1)
"""Names do not depend on the day."""
_NAME = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_BEGUN = re.compile(r"\$\{")


def piped_names(wording: str) -> tuple[str, ...]:
    """The names that a text speaks of, each once; "" for one that is begun and not closed."""
    names = _NAME.findall(wording)
    # A sign that is not closed is no name and stands in the text as it is: lint has to hear of it.
    return tuple(dict.fromkeys([*names, *([""] if len(_BEGUN.findall(wording)) > len(names) else [])]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piping:
    """What names in texts stand for. ``labels`` gives facts that are codes their wording, such as a district's name."""

    questionnaire: Questionnaire
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    labels: Mapping[str, Text] = field(default_factory=dict)

    def text(self, text: Text) -> Text:
        """The text with every name filled in, in each language."""
        wordings = text.to_dict()
        # Nearly all texts name nothing, and a page has hundreds of them.
        if not any("${" in wording for wording in wordings.values()):
            return text
        return Text.from_dict({language: self.filled(wording, language) for language, wording in wordings.items()})

    def parameters(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Message parameters with the names in their texts filled in."""
        return {name: self.text(value) if isinstance(value, Text) else value for name, value in parameters.items()}

    def filled(self, wording: str, language: str) -> str:
        """One wording with every name filled in; an unanswered name shows as an ellipsis."""
        # In one pass: a name that a firm writes into its answer is text there, and is not filled in.
        return _NAME.sub(lambda match: self.shown(match[1], language), wording)

    def shown(self, name: str, language: str) -> str:
        """What stands for a name: option labels, numbers and texts; the text of "other" where it was given."""
        if name in self.labels:
            return self.labels[name].of(language)
        value = Scope(answers=self.answers, facts=self.facts, today=ANY_DAY).value(name)
        if name == "frame_size_class" and value in set(SizeClass):
            return SIZE_TEXTS[SizeClass(value)].of(language)
        if name in self.questionnaire.items and speaks(self.questionnaire, name):
            value = self._spoken(name, language)
        item = self._named(name.removeprefix(PREVIOUS))
        return self._answer(item, name, value, language) if item else to_text(value) or UNANSWERED

    def _named(self, name: str) -> Item | None:
        """The question of this name; of the cell of a table that which the cell is."""
        if name in self.questionnaire.items:
            return self.questionnaire.items[name]
        # A code may hold the separator itself, so that every beginning of the name is tried.
        parts = name.split("__")
        tables = (self.questionnaire.items.get("__".join(parts[:end])) for end in range(len(parts) - 2, 0, -1))
        mixed = (table for table in tables if table and kind_of(table).columns is Columns.MIXED)
        cells = (cell for table in mixed for _row, _column, cell in cells_by_place(table))
        return next((cell for cell in cells if cell.code == name), None)

    def _answer(self, item: Item, name: str, stored: Value, language: str) -> str:
        if isinstance(stored, Missing):
            return MISSING_TEXTS[stored].of(language)
        if is_blank(stored):
            return UNANSWERED
        if not isinstance(stored, str | tuple):
            return to_text(stored)
        codes = stored if isinstance(stored, tuple) else (stored,)
        # Chinese parts the members of a list by a mark of its own.
        separator = "、" if language.startswith("zh") else ", "
        return separator.join(self._label(item, name, code, language) for code in codes)

    def _spoken(self, name: str, language: str, above: frozenset[str] = frozenset()) -> Value:
        """A calculated value that holds labels of choices, with those of this language; what is stored is Chinese."""
        calculation, above = self.questionnaire.items[name].calculation, above | {name}
        named = [inner for inner in names_in(calculation) - above if speaks(self.questionnaire, inner)]
        answers = {**self.answers, **{inner: self._spoken(inner, language, above) for inner in named}}

        def choice_name(code: str, choice: str) -> str:
            item = self._named(code)
            return label_of(item, choice).of(language) if item else choice

        scope = Scope(answers=answers, facts=self.facts, today=ANY_DAY, choice_name=choice_name, place=name)
        return value_of(calculation, scope) if name in self.answers else None

    def _label(self, item: Item, name: str, code: str, language: str) -> str:
        # What the firm wrote says more to it than the word "other".
        other = self.answers.get(name + OTHER) or self.facts.get(name + OTHER)
        if other and any(option.specify and option.code == code for option in item.options):
            return str(other)
        return label_of(item, code).of(language)
