"""A question as a part of a crispy form: what every kind of question shows besides its own control."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import get_template
from django.utils.translation import gettext_noop as _

from survey.forms.page.kept import KeptHtml
from survey.forms.page.wording import Wording
from survey.instrument.answers import has_missing_field
from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import ESTIMATED, MISSING, OTHER
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item, Option, Text
from survey.selectors.said import said as gettext

Raw = Mapping[str, list[str]]
ORIGINS = {
    "frame_": _("From our register. Correct it if it has changed."),
    "previous_": _("Your answer of last time. Correct it if it has changed."),
}
"""Said at an item that starts from such a fact."""
KEPT = KeptHtml(2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One radio button, box or entry of a list."""

    id: str
    name: str
    value: str
    label: str
    checked: bool = False
    css: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with an answer: ``message`` names the question, ``inline`` stands under it.

    ``part`` is the name of the one field that is wrong, or of the first of ``parts``; "" where it is the question as a
    whole. ``number`` is that of the question on paper.
    """

    field: str
    message: str
    inline: str
    part: str = ""
    parts: tuple[str, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """Why an answer is unusual, by one ``rule``; ``figures`` are labels and values compared.

    ``repair`` is the answer offered instead, as it is posted and as it is read.
    """

    rule: str
    message: str
    repair: tuple[str, str] = ("", "")
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An unusual answer that may stand once its reason is given, which is asked once for all that is ``unusual``.

    ``stored`` is the reason as it is kept, ``words`` what of it stands in the box; ``listed`` are code, words and
    choice of the reasons offered.
    """

    unusual: tuple[Unusual, ...]
    stored: str = ""
    words: str = ""
    error: str = ""
    listed: tuple[tuple[str, str, bool], ...] = ()

    @property
    def rule(self) -> str:
        """The rule that the fields of the box bear the name of; the others are posted beside it."""
        return self.unusual[0].rule


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """The answer of the wave before: ``text`` is what the firm reads.

    ``fields`` is what "no change" posts, as JSON for the script that fills the fields in.
    """

    text: str
    fields: str
    is_taken: bool


@dataclass(kw_only=True)
class Remarks:
    """What is to be said about the answers of a page, by item code."""

    problems: dict[str, Problem] = field(default_factory=dict)
    verifications: dict[str, list[Verification]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    officer: dict[str, str] = field(default_factory=dict)

    def are_about(self, item: str) -> bool:
        """Whether anything is said about the item."""
        return any(item in said for said in (self.problems, self.verifications, self.notes, self.officer))


class Question(LayoutObject):  # type: ignore[misc]
    """One item with its wording, hint, non-answers, companions and remarks; subclasses add the control."""

    template = ""
    is_group = True
    number: int | None = None
    """As on paper and in the workbook."""

    def __init__(self, asked: RouteItem, words: Wording, *, is_on_route: bool = True) -> None:
        self.last: LastAnswer | None = None
        self.asked = asked
        self.item: Item = asked.item
        self.words = words
        self.is_on_route = is_on_route
        self.fields: list[str] = []

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that the route offers."""
        return self.asked.options or options_of(self.item)

    def names(self) -> tuple[str, ...]:
        """Every name that the question posts."""
        return (self.item.code, *self.companions())

    def companions(self) -> tuple[str, ...]:
        """Names of the text of "other", of the mark of an estimate, and of the non-answers."""
        code = self.item.code
        return tuple(
            code + suffix
            for suffix, is_shown in (
                (OTHER, any(option.specify for option in self.options)),
                (ESTIMATED, self.takes_estimate),
                (MISSING, has_missing_field(self.item)),
            )
            if is_shown
        )

    @property
    def takes_estimate(self) -> bool:
        """Whether the answer can be marked as an estimate: only numbers can be estimated."""
        return self.item.can_estimate and kind_of(self.item).is_numeric

    def control(self, raw: Raw) -> dict[str, Any]:
        """What the template of the control needs beside the common part."""
        return {}

    def part_label(self, name: str) -> str:
        """What one of several fields of the question is called beside it; "" where there is only one."""
        return ""

    def target(self, name: str) -> str:
        """Id of the element that a message about the posted name links to."""
        return f"id_{name if name in self.names() else self.names()[0]}"

    def choices(self, options: Iterable[Option], chosen: list[str], css: str = "") -> list[Choice]:
        """The options under the item's own name; the first has the id that messages link to."""
        code = self.item.code
        return [
            Choice(
                # A link to a group of radio buttons must have an element to lead to.
                id=f"id_{code}" if place == 0 else f"id_{code}_{option.code}",
                name=code,
                value=option.code,
                label=self.words.of(option.text),
                checked=option.code in chosen,
                css=" ".join(part for part in (css and f"{css}-{option.code}", option.specify and "specifies") if part),
                alone=option.exclusive,
            )
            for place, option in enumerate(options)
        ]

    def missing(self, raw: Raw) -> list[Choice]:
        """The non-answers offered, under the item's own name or, where that holds no code, under one beside it."""
        name = self.item.code + (MISSING if has_missing_field(self.item) else "")
        first = f"id_{name}" if has_missing_field(self.item) else f"id_{name}_{self.item.missing[:1]}"
        return [
            Choice(
                id=first if place == 0 and has_missing_field(self.item) else f"id_{name}_{code}",
                name=name,
                value=code,
                label=MISSING_TEXTS[code].of(self.words.language),
                checked=code in raw.get(name, ()),
                alone=True,
            )
            for place, code in enumerate(self.item.missing)
        ]

    def common(self, raw: Raw, remarks: Remarks) -> dict[str, Any]:
        """What every question shows."""
        code = self.item.code
        hint, problem = self.words.of(self.item.hint), remarks.problems.get(code)
        marks = [
            f"id_{code}_{part}"
            for part, is_there in (("hint", hint), ("error", problem and problem.inline))
            if is_there
        ]
        return {
            "code": code,
            "number": self.number,
            "label": self.words.of(self.item.text),
            "hint": hint,
            "problem": problem,
            "described_by": " ".join(marks),
            "required": self.asked.required,
            "hidden": not self.is_on_route,
            "is_group": self.is_group,
            "missing": self.missing(raw),
            "missing_kind": "checkbox" if has_missing_field(self.item) else "radio",
            "other_id": f"id_{code}{OTHER}",
            "other": first_of(raw, code + OTHER) if code + OTHER in self.companions() else None,
            "estimated": bool(raw.get(code + ESTIMATED)) if self.takes_estimate else None,
            "verifications": remarks.verifications.get(code, ()),
            "notes": remarks.notes.get(code, ()),
            "last": self.last,
            "origin": self.origin(),
            "officer": remarks.officer.get(code, ""),
        }

    def origin(self) -> str:
        """Where a value comes from that stands in the field before anything is typed."""
        return next((gettext(said) for name, said in ORIGINS.items() if self.item.prefill.startswith(name)), "")

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        """The question as HTML; kept for the next firm where nothing in it is this firm's own."""
        form.rendered_fields.update(self.names())
        raw = form.raw
        if not form.digest or form.remarks.are_about(self.item.code) or not self.is_alike_for_all(raw):
            return self.drawn(raw, form.remarks)
        return KEPT.get((form.digest, *self.face(raw)), lambda: self.drawn(raw, form.remarks))

    def drawn(self, raw: Raw, remarks: Remarks) -> str:
        """The question as HTML, drawn now."""
        return get_template(self.template).render({**self.common(raw, remarks), **self.control(raw)})

    def is_alike_for_all(self, raw: Raw) -> bool:
        """Whether it holds no words of the firm: nothing typed, and no earlier answer in its texts."""
        if self.last is not None:
            return False
        codes = {*(option.code for option in self.options), *self.item.missing}
        return codes.issuperset(chain.from_iterable(raw.get(name, ()) for name in self.names())) and not any(
            "${" in wording for text in self.texts() for wording in (text.zh, text.en, *map(str, text.others))
        )

    def texts(self) -> Iterator[Text]:
        """Every text of the questionnaire that it shows."""
        yield from (self.item.text, self.item.hint, kind_of(self.item).unit_of(self.item))
        yield from (option.text for option in (*self.options, *rows_of(self.item)))

    def face(self, raw: Raw) -> tuple[Hashable, ...]:
        """All that its HTML follows from, beside the questionnaire; a list that is looked up changes beside it."""
        options = tuple(self.options if kind_of(self.item).looks_up else (option.code for option in self.options))
        given = tuple(tuple(raw.get(name, ())) for name in self.names())
        return (self.item.code, self.words.language, self.is_on_route, self.asked.required, options, given)


def first_of(raw: Raw, name: str) -> str:
    """The first value under a name, or ""."""
    return next(iter(raw.get(name, ())), "")
