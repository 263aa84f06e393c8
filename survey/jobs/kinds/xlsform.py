"""XLSForms that take longer to read than a page may."""

from django.urls import reverse

from survey.exchange.xlsform.kept import read_kept_form
from survey.jobs.work import JobKind, Work
from survey.models import FormReading
from survey.services.operation.jobs import JobTakenAway, Outcome
from survey.terms import gettext_noop as _


def read(work: Work) -> Outcome:
    """Read a stored form; its page shows the report. Nothing is left to do where an earlier try had just ended."""
    kept = FormReading.objects.filter(pk=work.parameters["form_reading"]).first()
    if kept is None:
        raise JobTakenAway(work.job.pk)
    if not kept.is_read:
        read_kept_form(kept, lambda done, total: work.progress(done, total, _("steps")))
    return Outcome(page=reverse("xlsform_reading", args=[kept.pk]))


READ = JobKind(code="xlsform", label=_("Reading of an XLSForm"), permission="add_questionnaire", run=read)
