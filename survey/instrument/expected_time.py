"""How long a questionnaire takes with every question asked: the time to read it and to answer it.

Silent reading takes a minute for 386 Chinese characters (Sun, Morita and Stark 1985) or 238 English words (Brysbaert
2019); what has been read before, such as the end of a question that every page asks, is not read again. The seconds
that an answer takes are assumptions for somebody who has the figures at hand, as the notice asks; what firms really
spent is recorded with every response.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.terms import ItemType

CHARACTERS_A_MINUTE, WORDS_A_MINUTE = 386, 238
PAGE_SECONDS = 3.0
"""To take in a new page and to press its button."""
CONFIRMING_SECONDS = 3.0
"""To see that what stands there already is right."""
ANSWER_SECONDS: Mapping[ItemType, float] = {
    ItemType.SEVERITY: 3,
    ItemType.YES_NO: 2,
    ItemType.SINGLE: 3,
    ItemType.MULTIPLE: 6,
    ItemType.RANKING: 12,
    ItemType.INTEGER: 8,
    ItemType.DECIMAL: 10,
    ItemType.PERCENTAGE: 8,
    ItemType.MONEY: 15,
    ItemType.SHARES: 8,
    ItemType.NUMBER_TABLE: 8,
    ItemType.DATE: 6,
    ItemType.YEAR_MONTH: 5,
    ItemType.TEXT: 10,
    ItemType.LONG_TEXT: 30,
    ItemType.EMAIL: 10,
    ItemType.PHONE: 8,
    ItemType.CREDIT_CODE: 20,
    ItemType.INDUSTRY: 10,
    ItemType.DISTRICT: 4,
    ItemType.FILE: 45,
    ItemType.CALCULATION: 0,
    ItemType.NOTE: 0,
}
"""By item type; of shares and tables of numbers for each number."""
LOOKED_UP = frozenset({ItemType.INDUSTRY, ItemType.DISTRICT})
"""Types whose options are searched, not read through."""
_CLAUSE = re.compile(r"[^，。；：？！,.;:?!\n]+[，。；：？！,.;:?!\n]*")


@dataclass(frozen=True, slots=True)
class ExpectedTime:
    """The questions of a part, and the seconds that it takes in each language."""

    questions: int = 0
    seconds_zh: float = 0.0
    seconds_en: float = 0.0

    def __add__(self, other: "ExpectedTime") -> "ExpectedTime":
        return ExpectedTime(
            self.questions + other.questions, self.seconds_zh + other.seconds_zh, self.seconds_en + other.seconds_en
        )

    @property
    def minutes(self) -> float:
        """Minutes in the language that takes longer."""
        return max(self.seconds_zh, self.seconds_en) / 60


def section_times(questionnaire: Questionnaire) -> list[ExpectedTime]:
    """The expected time of each section, read after those before it."""
    reader = _Reader(set())
    return [reader.section(section) for section in questionnaire.sections]


def expected_time(questionnaire: Questionnaire) -> ExpectedTime:
    """All sections together."""
    return sum(section_times(questionnaire), ExpectedTime())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Goes through a questionnaire from beginning to end; `known` are the clauses that it has read."""

    known: set[str]

    def section(self, section: Section) -> ExpectedTime:
        return sum((self.page(page) for page in section.pages), self.reading((section.title, section.intro)))

    def page(self, page: Page) -> ExpectedTime:
        begun = ExpectedTime(0, PAGE_SECONDS, PAGE_SECONDS) + self.reading((page.title, page.intro))
        return sum((self.item(item) for item in page.items if item.type is not ItemType.CALCULATION), begun)

    def item(self, item: Item) -> ExpectedTime:
        options = () if item.type in LOOKED_UP else options_of(item)
        read = self.reading((item.text, item.hint, item.unit, *(part.text for part in (*options, *rows_of(item)))))
        seconds = CONFIRMING_SECONDS if item.prefill else ANSWER_SECONDS[item.type] * _numbers(item)
        return read + ExpectedTime(int(item.type is not ItemType.NOTE), seconds, seconds)

    def reading(self, texts: Iterable[Text]) -> ExpectedTime:
        listed = list(texts)
        characters = sum(len(clause) for text in listed for clause in self.new(text.zh))
        words = sum(len(clause.split()) for text in listed for clause in self.new(text.en))
        return ExpectedTime(0, 60 * characters / CHARACTERS_A_MINUTE, 60 * words / WORDS_A_MINUTE)

    def new(self, text: str) -> list[str]:
        found = [clause for clause in dict.fromkeys(_CLAUSE.findall(text)) if clause not in self.known]
        self.known.update(found)
        return found


def _numbers(item: Item) -> int:
    """How many answers an item asks for."""
    if item.type is ItemType.SHARES:
        return len(rows_of(item))
    return len(item.rows) * len(item.options) if item.type is ItemType.NUMBER_TABLE else 1
