"""Lint: everything that can be told to be wrong with a questionnaire before it is published."""

from collections.abc import Callable, Collection, Iterator

from survey.complaints import Complaint, Weight
from survey.instrument.lint.catalogue import EXPRESSION
from survey.instrument.lint.edits import edit_findings
from survey.instrument.lint.expressions import expression_findings
from survey.instrument.lint.further_languages import language_findings
from survey.instrument.lint.piping import piping_findings
from survey.instrument.lint.reach import reach_findings
from survey.instrument.lint.spss import spss_findings
from survey.instrument.lint.structure import structure_findings
from survey.instrument.lint.wording import wording_findings
from survey.instrument.schema import Questionnaire

CHECKS: tuple[Callable[[Questionnaire], Iterator[Complaint]], ...] = (
    structure_findings,
    expression_findings,
    piping_findings,
    wording_findings,
    spss_findings,
)
MEANING_CHECKS: tuple[Callable[[Questionnaire], Iterator[Complaint]], ...] = (reach_findings, edit_findings)
"""Checks of what expressions mean; they wait until every expression can be read."""

ORDER = {weight: place for place, weight in enumerate(Weight)}


def lint(questionnaire: Questionnaire, languages: Collection[str] = ()) -> tuple[Complaint, ...]:
    """Every finding, errors first, each group in the order of the questionnaire. Never raises.

    ``languages`` are those that the survey lists besides Chinese and English.
    """
    found = [finding for check in CHECKS for finding in check(questionnaire)]
    found += language_findings(questionnaire, languages)
    # What cannot be read has no meaning to check; the designer mends that first.
    if not any(finding.code.startswith(EXPRESSION) for finding in found):
        found += [finding for check in MEANING_CHECKS for finding in check(questionnaire)]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: ORDER[finding.weight]))


def errors_in(findings: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    """The findings that keep a questionnaire from being published."""
    return tuple(finding for finding in findings if finding.weight is Weight.ERROR)
