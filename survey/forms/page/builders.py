"""The controls of questions on the web; ``kinds.py`` says which kind of item has which."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from survey.forms.page.file_texts import file_limits
from survey.forms.page.questions import Choice, Question, Raw, first_of
from survey.instrument.kinds.ranking import ranks_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import NAME
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Option
from survey.selectors.said import said as gettext
from survey.services.answers.uploads import file_types


class Radios(Question):
    """One answer out of a few, as radio buttons."""

    template = "respondent/items/radios.html"

    def control(self, raw: Raw) -> dict[str, Any]:
        return {"choices": self.choices(self.options, raw.get(self.item.code, [])), "css": "choices", "kind": "radio"}


class SeveritySteps(Radios):
    """The five steps, side by side on a wide screen."""

    def control(self, raw: Raw) -> dict[str, Any]:
        chosen = raw.get(self.item.code, [])
        return {"choices": self.choices(self.options, chosen, css="step"), "css": "severity", "kind": "radio"}


class Boxes(Question):
    """Several answers out of a few, as boxes to tick."""

    template = "respondent/items/radios.html"

    def common(self, raw: Raw, remarks: Any) -> dict[str, Any]:
        return {**super().common(raw, remarks), "missing_kind": "checkbox", "at_most": self.item.max_choices}

    def control(self, raw: Raw) -> dict[str, Any]:
        chosen = raw.get(self.item.code, [])
        return {"choices": self.choices(self.options, chosen), "css": "choices", "kind": "checkbox"}


class Dropdown(Question):
    """One answer out of a long list."""

    template = "respondent/items/dropdown.html"
    is_group = False

    def control(self, raw: Raw) -> dict[str, Any]:
        missing = self.missing(raw)
        # In the list itself: beside a drop-down there is no place in which a non-answer would exclude the others.
        return {"choices": [*self.choices(self.options, raw.get(self.item.code, [])), *missing], "missing": []}


class CodedDropdown(Dropdown):
    """One answer out of a classification, whose entries people know by their codes."""

    def choices(self, options: Iterable[Option], chosen: list[str], css: str = "") -> list[Choice]:
        """The options, each with its code at its head; a version that was published holds their names alone."""
        found = super().choices(options, chosen, css)
        return [replace(one, label=f"{one.value} {one.label}".strip()) if _lacks_code(one) else one for one in found]


def _lacks_code(choice: Choice) -> bool:
    return not choice.label.startswith(choice.value)


class Ranks(Question):
    """The most important answers in order: one list to choose from per place, no dragging."""

    template = "respondent/items/ranking.html"

    def ranks(self) -> tuple[str, ...]:
        return tuple(f"{self.item.code}__{place}" for place in range(1, ranks_of(self.item) + 1))

    def names(self) -> tuple[str, ...]:
        return (*self.ranks(), *self.companions())

    def control(self, raw: Raw) -> dict[str, Any]:
        labelled = [(option.code, self.words.of(option.text)) for option in self.options]
        return {
            # Only an order that differs from that of the questionnaire is explained.
            "leads": labelled and self.options[0] != self.item.options[0] and not self.item.shuffled,
            "ranks": [
                {"name": name, "label": gettext("Choice %(place)s") % {"place": place}, "choices": [
                    Choice(id="", name=name, value=code, label=label, checked=code in raw.get(name, ()))
                    for code, label in labelled
                ]}
                for place, name in enumerate(self.ranks(), start=1)
            ]
        }  # fmt: skip


class NumberQuestion(Question):
    """A number: text field with a keypad of digits, its unit behind it."""

    template = "respondent/items/figure.html"
    is_group = False
    is_short = False

    def control(self, raw: Raw) -> dict[str, Any]:
        return {
            "value": first_of(raw, self.item.code),
            "unit": self.unit(),
            "inputmode": self.inputmode(),
            "is_short": self.is_short,
        }

    def unit(self) -> str:
        return self.words.of(kind_of(self.item).unit_of(self.item))

    def inputmode(self) -> str:
        """Keypads of phones have no minus sign, so that figures below zero get the whole keyboard."""
        if (self.item.minimum or 0) < 0:
            return "text"
        return "numeric" if kind_of(self.item).is_whole else "decimal"


class ShortNumberQuestion(NumberQuestion):
    """A number of few digits."""

    is_short = True


class Typed(Question):
    """A short text of a known form, with an example where the kind has one; ``look`` are attributes of the field."""

    template = "respondent/items/typed.html"
    is_group = False
    # Browsers would offer what was typed on other pages, of another firm maybe, on a shared PC.
    look: Mapping[str, str] = MappingProxyType({"autocomplete": "off"})

    def control(self, raw: Raw) -> dict[str, Any]:
        return {
            "value": first_of(raw, self.item.code),
            "example": kind_of(self.item).example,
            "limit": self.limit(),
            **self.look,
        }

    def limit(self) -> int | None:
        """How many characters are told to be left: of a long text, and of one that the designer has limited."""
        kind = kind_of(self.item)
        return self.item.max_length or (kind.longest if kind.is_long else None) if kind.is_free_text else None


class TypedEmail(Typed):
    """An e-mail address, with the keyboard that has the sign @."""

    look = MappingProxyType({"autocomplete": "email", "inputmode": "email"})


class TypedPhone(Typed):
    """A telephone number, with the keypad of a telephone."""

    look = MappingProxyType({"autocomplete": "tel", "inputmode": "tel"})


class TypedCode(Typed):
    """A code in capitals."""

    look = MappingProxyType({"autocomplete": "off", "capitalize": "characters"})


class Essay(Typed):
    """A long text."""

    template = "respondent/items/essay.html"


class Upload(Question):
    """A file; ``raw`` holds the reference of the one that is stored already."""

    template = "respondent/items/upload.html"
    is_group = False

    def control(self, raw: Raw) -> dict[str, Any]:
        held = first_of(raw, self.item.code)
        return {
            "held": held and (first_of(raw, self.item.code + NAME) or held.rpartition(".")[2].upper()),
            "remove": f"{self.item.code}__remove",
            "accept": ",".join(f".{extension}" for extension in file_types(self.item)),
            "limits": file_limits(self.item),
        }


class Information(Question):
    """A text to read, with nothing to answer."""

    template = "respondent/items/information.html"

    def names(self) -> tuple[str, ...]:
        return ()


def single_choice(asked: RouteItem, *arguments: Any, **options: Any) -> Question:
    """Radio buttons, or a drop-down where the item wants one or has more than twelve options."""
    # Twelve radio buttons fill the screen of a phone; a longer list is looked through faster as a list.
    is_long = asked.item.appearance in ("minimal", "dropdown", "autocomplete") or len(asked.options) > 12
    return (Dropdown if is_long else Radios)(asked, *arguments, **options)
