"""What the tables of a wave can be about, in the language of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext, override

from survey.asked_terms.speaking import speaking_of
from survey.instrument.plan.of_units import plan_in_words
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import NO_TEXT, Questionnaire, Text
from survey.methods.collected import Collected
from survey.methods.tables.table import Heading
from survey.methods.tables.vocabulary import EVERYBODY, Vocabulary, group_headings
from survey.models import District, Industry
from survey.selectors.results.sample import DISTRICT, INDUSTRY, SIZE
from survey.selectors.said import said
from survey.terms import AskedUnit, SizeClass

FrameNames = Mapping[str, Mapping[str, Text]]
"""By variable of the frame the values that the sample has, with their names; sizes are named by the product."""


def frame_names(collected: Collected) -> FrameNames:
    """The values of the frame that the sample has, with their names of now. Two queries."""
    names = {
        INDUSTRY: _names(Industry.objects.filter(parent=None)),
        SIZE: {},
        DISTRICT: _names(District.objects.all()),
    }
    return {
        variable: {code: known.get(code, NO_TEXT) for code in collected.domains[variable].labels}
        for variable, known in names.items()
    }


def vocabulary_of(
    questionnaire: Questionnaire, plan: AnalysisPlan, frame: FrameNames, language: str, asks: str = AskedUnit.FIRM
) -> Vocabulary:
    """The words of a wave whose frame has these values, and whose survey ``asks`` firms or local units. No query."""
    # In the language asked for, whatever that of the page is: a release speaks several at once.
    with override(language), speaking_of(asks):
        everybody = Heading(code=EVERYBODY.code, label=said(EVERYBODY.label))
        sizes = {size.value: gettext(size.label) for size in SizeClass}
    labels = {
        variable: {code: name.of(language) or sizes.get(code, code) for code, name in names.items()}
        for variable, names in frame.items()
    }
    return Vocabulary(
        questionnaire=questionnaire,
        plan=plan_in_words(questionnaire, plan, AskedUnit(asks)),
        language=language,
        everybody=everybody,
        asks=AskedUnit(asks),
        frame={variable: group_headings(variable, known) for variable, known in labels.items()},
    )


@dataclass(frozen=True, kw_only=True)
class _Content:
    """What words are made of, known by its digests."""

    digests: tuple[str, str]
    names: str
    language: str
    asks: str
    questionnaire: Questionnaire = field(compare=False)
    plan: AnalysisPlan = field(compare=False)
    frame: FrameNames = field(compare=False)


def known_words(
    questionnaire: Questionnaire, plan: AnalysisPlan, frame: FrameNames, language: str, asks: str = AskedUnit.FIRM
) -> Vocabulary:
    """The questionnaire and its complete plan, with the values of the frame that the sample has; made once as long as
    nothing of it changes. An answer that changes leaves them, and the planned tables that follow, as they are."""
    return _words(
        _Content(
            digests=(questionnaire.digest, plan.digest),
            names=repr(frame),
            language=language,
            asks=asks,
            questionnaire=questionnaire,
            plan=plan,
            frame=frame,
        )
    )


@lru_cache(maxsize=32)
def _words(content: _Content) -> Vocabulary:
    return vocabulary_of(content.questionnaire, content.plan, content.frame, content.language, content.asks)


def _names(rows: Iterable[Industry | District]) -> dict[str, Text]:
    return {row.code: row.name for row in rows}
