"""What the check before publishing would refuse, said where it stands in the form."""

from dataclasses import replace

from django.utils.translation import gettext

from survey.complaints import Complaint, Place
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import (
    CALCULATE,
    CONSTRAINT,
    HINT,
    LABEL,
    RELEVANT,
    REQUIRED,
    FormColumn,
)
from survey.exchange.xlsform.read.form import Form
from survey.instrument.lint.catalogue import EXPRESSION
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.schema import Questionnaire

COLUMNS: dict[str, FormColumn] = {
    "relevant": RELEVANT,
    "required": REQUIRED,
    "constraint": CONSTRAINT,
    "calculation": CALCULATE,
    "prefill": ("default",),
    "text": LABEL,
    "hint": HINT,
    "options": ("type",),
    "rows": ("type",),
    "code": ("name",),
    "title": LABEL,
    "condition": ("condition",),
    "items": ("items",),
    "message": ("message",),
}
"""Field of the questionnaire -> column of the form."""


def note_lint_errors(content: Questionnaire, form: Form) -> None:
    """Every error of lint as a finding to be mended after loading."""
    # Errors alone: warnings are shown in the editor, and none of them hinders loading or publishing.
    for error in errors_in(lint(content)):
        kind, code = error.place.kind, error.place.code
        # A field of lint may carry a number or a language behind its name.
        place = form.place_of(kind, code, COLUMNS.get(error.place.field.partition(" ")[0], ("name",)))
        if error.code.startswith(EXPRESSION):
            _add_expression(error, place, form.findings)
        else:
            words = {"problem": error.message(gettext), "mending": error.repair(gettext)}
            form.findings.add("lint", place, code, **words)


def _add_expression(error: Complaint, place: Place, findings: Findings) -> None:
    words = {"problem": error.message(gettext), "mending": error.repair(gettext)}
    findings.add("expression", replace(place, character=error.place.character), error.value, **words)
