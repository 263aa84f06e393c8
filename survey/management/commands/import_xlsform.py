"""``manage.py import_xlsform FILE``: load an XLSForm as the draft of a questionnaire.

Exit codes: 0 the form loads whole (or would, with --check); 1 it does not: every finding is listed, and what can be
loaded is loaded unless there are errors; 2 wrong arguments; 3 the form was read, but the draft was not stored.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from survey import models
from survey.asked_terms.speaking import speaking_of
from survey.exchange.xlsform import Reading, read_xlsform
from survey.exchange.xlsform.report import summary
from survey.instrument.schema import Questionnaire
from survey.models import Survey
from survey.selectors.said import said
from survey.services.design.questionnaire_loading import LoadingRefusedError, load_questionnaire
from survey.terms import AskedUnit

HAS_FINDINGS, NOT_STORED = 1, 3


class Command(BaseCommand):
    help = "Load an XLSForm (.xlsx, .xls) as the draft of a questionnaire, and list what has no counterpart."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, epilog=__doc__, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only report, store nothing")
        parser.add_argument("--questionnaire", metavar="CODE", help="code of the questionnaire (default: form_id)")
        parser.add_argument("--survey", metavar="CODE", help="survey of a new questionnaire (default: the only one)")
        parser.add_argument("--replace", action="store_true", help="replace the draft of an existing questionnaire")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read_xlsform(options["file"])
        with speaking_of(whom_it_asks(reading, options)):
            self.report(reading)
        # Loaded although there are findings: they tell what was left out, and the designer goes on from there.
        if reading.questionnaire and not options["check"]:
            self.load(reading.questionnaire, options)
        if not reading.is_whole:
            raise CommandError(summary(reading), returncode=HAS_FINDINGS)
        self.stdout.write(summary(reading))

    def report(self, reading: Reading) -> None:
        """Every finding with its place and repair."""
        for finding in reading.findings:
            label, place = _(finding.weight.label), finding.place.words(said)
            heading = f"{label}: {place}:" if place else f"{label}:"
            self.stderr.write(f"{heading} {finding.sentences(said)}")

    def load(self, content: Questionnaire, options: dict[str, Any]) -> None:
        """Store the draft; what stands in the way is said and nothing is stored."""
        wanted = replace(content, code=options["questionnaire"] or content.code)
        try:
            survey = chosen_survey(options["survey"])
            stored = load_questionnaire(content=wanted, survey=survey, replace=options["replace"], actor=None)
        except LoadingRefusedError as refused:
            raise CommandError(str(refused), returncode=NOT_STORED) from None
        words = {"code": stored.code, "items": len(wanted.items), "digest": wanted.digest}
        self.stdout.write(_("Stored as the draft of “%(code)s”: %(items)s items, digest %(digest)s.") % words)


def whom_it_asks(reading: Reading, options: dict[str, Any]) -> str:
    """What the survey asks that the questionnaire belongs to, or would; firms where none is named."""
    code = options["questionnaire"] or (reading.questionnaire.code if reading.questionnaire else "")
    stored = models.Questionnaire.objects.filter(code=code).select_related("survey").first()
    try:
        survey = stored.survey if stored else chosen_survey(options["survey"])
    except LoadingRefusedError:
        # Said where the draft is to be stored.
        survey = None
    return survey.asks if survey else AskedUnit.FIRM.value


def chosen_survey(code: str | None) -> Survey | None:
    """The survey with the code, or the only one there is; None where that is not clear."""
    if code is None:
        surveys = list(Survey.objects.all()[:2])
        return surveys[0] if len(surveys) == 1 else None
    survey = Survey.objects.filter(code=code).first()
    if survey is None:
        known = ", ".join(Survey.objects.values_list("code", flat=True)) or "–"
        raise LoadingRefusedError("survey_unknown", code, known=known)
    return survey
