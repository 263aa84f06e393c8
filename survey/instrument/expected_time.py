"""How long a questionnaire takes with every question asked: the time to read it and to answer it.

Silent reading takes a minute for 386 Chinese characters (Sun, Morita and Stark 1985) or 238 English words (Brysbaert
2019); what has been read before, such as the end of a question that every page asks, is not read again. The seconds
that an answer takes are assumptions for somebody who has the figures at hand, as the notice asks; what firms really
spent is recorded with every response.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text

CHARACTERS_A_MINUTE, WORDS_A_MINUTE = 386, 238
PAGE_SECONDS = 3.0
"""To take in a new page and to press its button."""
CONFIRMING_SECONDS = 3.0
"""To see that what stands there already is right."""
_ENDS = "，。；：？！,.;:?!\n"
_CLAUSE = re.compile(rf"[^{_ENDS}]+[{_ENDS}]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTime:
    """The questions of a part, and the seconds that it takes in each language."""

    questions: int = 0
    seconds_zh: float = 0.0
    seconds_en: float = 0.0

    def __add__(self, other: "ExpectedTime") -> "ExpectedTime":
        return ExpectedTime(
            questions=self.questions + other.questions,
            seconds_zh=self.seconds_zh + other.seconds_zh,
            seconds_en=self.seconds_en + other.seconds_en,
        )

    @property
    def minutes(self) -> float:
        """Minutes in the language that takes longer."""
        return max(self.seconds_zh, self.seconds_en) / 60


def section_times(questionnaire: Questionnaire) -> list[ExpectedTime]:
    """The expected time of each section, read after those before it."""
    reader = _TimedReading(set())
    return [reader.section(section) for section in questionnaire.sections]


def to_have_at_hand(section: Section) -> tuple[Text, ...]:
    """Wordings of the items for which somebody has to look into books or find a file: what nobody knows by heart."""
    items = (item for page in section.pages for item in page.items if not item.prefill)
    return tuple(item.text for item in items if kind_of(item).is_amount or kind_of(item).is_file)


def expected_time(questionnaire: Questionnaire) -> ExpectedTime:
    """All sections together."""
    return sum(section_times(questionnaire), ExpectedTime())


@dataclass(slots=True)
class _TimedReading:
    """Goes through a questionnaire from beginning to end; `known` are the clauses that it has read."""

    known: set[str]

    def section(self, section: Section) -> ExpectedTime:
        return sum((self.page(page) for page in section.pages), self.reading((section.title, section.intro)))

    def page(self, page: Page) -> ExpectedTime:
        begun = ExpectedTime(questions=0, seconds_zh=PAGE_SECONDS, seconds_en=PAGE_SECONDS) + self.reading(
            (page.title, page.intro)
        )
        return sum((self.item(item) for item in page.items if not kind_of(item).is_calculated), begun)

    def item(self, item: Item) -> ExpectedTime:
        kind = kind_of(item)
        # A list that is searched is not read through.
        options = () if kind.looks_up else kind.options_of(item)
        parts = [*options, *(choice for option in options for choice in option.choices), *kind.rows_of(item)]
        read = self.reading((item.text, item.hint, item.unit, *(part.text for part in parts)))
        seconds = CONFIRMING_SECONDS if item.prefill else kind.seconds * kind.answers_in(item)
        return read + ExpectedTime(questions=int(kind.has_value), seconds_zh=seconds, seconds_en=seconds)

    def reading(self, texts: Iterable[Text]) -> ExpectedTime:
        listed = list(texts)
        # Chinese is counted in characters, since it has no spaces between words.
        characters = sum(len(clause) for text in listed for clause in self.new(text.zh))
        words = sum(len(clause.split()) for text in listed for clause in self.new(text.en))
        return ExpectedTime(
            questions=0, seconds_zh=60 * characters / CHARACTERS_A_MINUTE, seconds_en=60 * words / WORDS_A_MINUTE
        )

    def new(self, text: str) -> list[str]:
        # Clause by clause: the end of a question that every page repeats is skipped, its beginning is read.
        # The same words before a comma and alone, as the name of a pain point in its question and in a list, are one.
        clauses = {clause.rstrip(_ENDS): clause for clause in _CLAUSE.findall(text)}
        found = [clause for words, clause in clauses.items() if words not in self.known]
        self.known.update(clauses)
        return found
