"""What the tables of a wave can be about, in the language of the reader."""

from collections.abc import Iterable

from django.utils.translation import gettext, override

from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire
from survey.methods.collected import Collected
from survey.methods.tables.table import Heading
from survey.methods.tables.vocabulary import EVERYBODY, Vocabulary, group_headings
from survey.models import District, Industry
from survey.selectors.results.sample import DISTRICT, INDUSTRY, SIZE
from survey.terms import SizeClass


def vocabulary(questionnaire: Questionnaire, plan: AnalysisPlan, collected: Collected, language: str) -> Vocabulary:
    """The questionnaire and its complete plan, with the values of the frame that the sample has. Two queries."""
    with override(language):
        everybody = Heading(code=EVERYBODY.code, label=gettext(EVERYBODY.label))
        sizes = {size.value: gettext(size.label) for size in SizeClass}
    names = {
        INDUSTRY: _names(Industry.objects.filter(parent=None), language),
        SIZE: sizes,
        DISTRICT: _names(District.objects.all(), language),
    }
    return Vocabulary(
        questionnaire=questionnaire,
        plan=plan,
        language=language,
        everybody=everybody,
        frame={
            variable: group_headings(
                variable, {code: labels.get(code, code) for code in collected.domains[variable].labels}
            )
            for variable, labels in names.items()
        },
    )


def _names(rows: Iterable[Industry | District], language: str) -> dict[str, str]:
    return {row.code: row.name.of(language) for row in rows}
