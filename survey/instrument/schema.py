"""The questionnaire as a value: frozen, bilingual, and identified by the digest of its content."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from survey.algorithms import canonical_json, digest
from survey.terms import EditLevel, ItemType, Missing


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in the languages of the content; Chinese and English are those of the interface as well.

    ``others`` holds (language, wording) of every further language, sorted by language.
    """

    zh: str = ""
    en: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def of(self, language: str) -> str:
        """The wording in ``language``, or where it is missing in the language nearest to it that has one."""
        own = dict(self.others).get(language) if self.others else ""
        if own:
            return own
        # Any variant of Chinese reads Chinese before English; other readers are taken to know English first.
        first, second = (self.zh, self.en) if language.startswith("zh") else (self.en, self.zh)
        return first or second or self._any_other

    @property
    def _any_other(self) -> str:
        return next((wording for _, wording in self.others if wording), "")

    def __bool__(self) -> bool:
        return bool(self.zh or self.en or self._any_other)

    def __str__(self) -> str:
        """Every different wording, for lists of changes that no reader's language chooses."""
        return " / ".join(dict.fromkeys(wording for wording in self.to_dict().values() if wording))

    def to_dict(self) -> dict[str, str]:
        """By language its wording; Chinese and English always stand there."""
        return {"zh": self.zh, "en": self.en, **dict(self.others)}

    @classmethod
    def from_dict(cls, content: Mapping[str, str]) -> Self:
        """The text that ``to_dict`` wrote. Raises TypeError where a wording is no text."""
        if not all(isinstance(wording, str) for wording in content.values()):
            raise TypeError(content)
        # Sorted: two texts of the same wordings are equal, and so is their digest, in whatever order they were written.
        others = {language: wording for language, wording in content.items() if language not in ("zh", "en")}
        return cls(content.get("zh", ""), content.get("en", ""), tuple(sorted(others.items())))


NO_TEXT = Text()


def combined(join: Callable[..., str], *texts: Text) -> Text:
    """What ``join`` makes of these texts language by language; where one lacks a language its wording is empty."""
    both = Text(join(*(text.zh for text in texts)), join(*(text.en for text in texts)))
    more = sorted({language for text in texts for language, _ in text.others})
    others = ((language, join(*(dict(text.others).get(language, "") for text in texts))) for language in more)
    return Text(both.zh, both.en, tuple(others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a closed item, or one row or column of a table.

    ``exclusive`` cannot be chosen beside another one; ``specify`` asks for a text, kept under ``{item}__other``.
    ``relevant`` is an expression: where it is false the option is not offered. ``type`` is what the cells of a column
    hold in a table of any answers, ``choices`` what is chosen from in them. A column that is ``required`` has no cell
    left open (see ``kinds/open_cells.py``).
    """

    code: str
    text: Text
    exclusive: bool = False
    specify: bool = False
    relevant: str = ""
    type: ItemType | None = None
    choices: tuple["Option", ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. Expressions are in the XLSForm language; an empty expression means "always" or "none".

    ``rows`` are those of shares and of a table, whose columns are the ``options``. ``prefill`` is the name
    of a fact, or an expression. ``magnitude`` is how many times the firm's revenue an amount may be. ``file_types`` are
    extensions without a point. ``shuffled`` options stand in an order drawn for each firm. ``beside_last`` shows the
    firm's answer in the wave before; ``largest_change`` is how many times that, or which part of it, an answer may be.
    """

    code: str
    type: ItemType
    text: Text
    hint: Text = Text()
    concept: str = ""
    pain_point: str = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    missing: tuple[Missing, ...] = ()
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text = Text()
    required_message: Text = Text()
    calculation: str = ""
    appearance: str = ""
    unit: Text = Text()
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    max_choices: int | None = None
    max_length: int | None = None
    can_estimate: bool = False
    magnitude: float | None = None
    prefill: str = ""
    file_types: tuple[str, ...] = ()
    max_megabytes: float | None = None
    shuffled: bool = False
    beside_last: bool = False
    largest_change: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRule:
    """A condition that the answers should meet. It is checked when every item that it names has a usable answer.

    ``items`` are the items that a failure is shown at, the first one as its place.
    """

    code: str
    level: EditLevel
    items: tuple[str, ...]
    condition: str
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One topic, shown at a time."""

    code: str
    title: Text
    intro: Text = Text()
    relevant: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the questionnaire that the hub lists with its state."""

    code: str
    title: Text
    intro: Text = Text()
    relevant: str = ""
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """The whole questionnaire in the order in which it is asked."""

    code: str
    title: Text
    sections: tuple[Section, ...] = ()
    edit_rules: tuple[EditRule, ...] = ()

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its code, in order. Of items that share a code the last one stands here; lint reports them."""
        return {item.code: item for _, _, item in self.walk()}

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its code, in order."""
        return {page.code: page for section in self.sections for page in section.pages}

    @cached_property
    def section_of_page(self) -> dict[str, Section]:
        """The section that each page, by its code, belongs to."""
        return {page.code: section for section in self.sections for page in section.pages}

    @cached_property
    def page_of_item(self) -> dict[str, Page]:
        """The page on which each item, by its code, is asked."""
        return {item.code: page for _, page, item in self.walk()}

    @cached_property
    def items_with_conditional_options(self) -> frozenset[str]:
        """Codes of the items of which an option is offered under a condition."""
        return frozenset(item.code for _, _, item in self.walk() if any(option.relevant for option in item.options))

    def walk(self) -> Iterator[tuple[Section, Page, Item]]:
        """Every item with its section and page, in the order of asking."""
        for section in self.sections:
            for page in section.pages:
                for item in page.items:
                    yield section, page, item

    @cached_property
    def canonical(self) -> str:
        """The content as canonical JSON."""
        return canonical_json(self.to_dict())

    @cached_property
    def digest(self) -> str:
        """Digest of the canonical JSON, in hexadecimal: equal content has an equal digest."""
        return digest(self.canonical.encode())

    def to_dict(self) -> dict[str, Any]:
        """The content as JSON values; parts at their default are left out."""
        content = without_defaults(self)
        assert isinstance(content, dict)
        return content

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """The questionnaire that ``to_dict`` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        return cls(
            code=content["code"],
            title=Text.from_dict(content["title"]),
            sections=tuple(_section(part) for part in content.get("sections", ())),
            edit_rules=tuple(_edit_rule(part) for part in content.get("edit_rules", ())),
        )


def without_defaults(value: Any) -> Any:
    """The JSON value of a frozen value: texts by language, enums by code, fields at their default left out."""
    if isinstance(value, Text):
        return value.to_dict()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [without_defaults(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {
            field.name: without_defaults(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default_of(field)
        }
    if isinstance(value, Mapping):
        return {key: without_defaults(part) for key, part in value.items()}
    return value


def _default_of(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


_TEXTS = {"text", "hint", "title", "intro", "unit", "message", "constraint_message", "required_message"}


def _parts(content: Mapping[str, Any], **made: Any) -> dict[str, Any]:
    texts = {name: Text.from_dict(content[name]) for name in _TEXTS & content.keys()}
    return {**content, **texts, **made}


def _option(content: Mapping[str, Any]) -> Option:
    return Option(
        **_parts(
            content,
            type=ItemType(content["type"]) if "type" in content else None,
            choices=tuple(_option(part) for part in content.get("choices", ())),
        )
    )


def _item(content: Mapping[str, Any]) -> Item:
    return Item(
        **_parts(
            content,
            type=ItemType(content["type"]),
            options=tuple(_option(part) for part in content.get("options", ())),
            rows=tuple(_option(part) for part in content.get("rows", ())),
            missing=tuple(Missing(code) for code in content.get("missing", ())),
            file_types=tuple(content.get("file_types", ())),
        )
    )


def _edit_rule(content: Mapping[str, Any]) -> EditRule:
    return EditRule(**_parts(content, level=EditLevel(content["level"]), items=tuple(content["items"])))


def _page(content: Mapping[str, Any]) -> Page:
    return Page(**_parts(content, items=tuple(_item(part) for part in content.get("items", ()))))


def _section(content: Mapping[str, Any]) -> Section:
    return Section(**_parts(content, pages=tuple(_page(part) for part in content.get("pages", ()))))
