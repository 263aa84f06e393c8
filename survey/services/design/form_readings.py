"""XLSForms that have a page of their own: put in, read, loaded, removed."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction

from survey.models import FormReading, Questionnaire, Survey
from survey.services.audit import record_action
from survey.services.named_files import name_file, store_named


def put_in_form(
    *, upload: "File[bytes]", source_name: str, code: str, survey: Survey | None, actor: User
) -> FormReading:
    """Store a file for reading, under a name of our own."""
    with transaction.atomic():
        # The end of a long name is kept: it has the extension.
        kept = FormReading.objects.create(source_name=source_name[-200:], code=code, survey=survey, created_by=actor)
        # By its number: the name of an upload may hold a path, and two may be alike.
        name_file(kept.file, f"form-{kept.pk}")
        kept.save(update_fields=["file"])
        record_action(actor=actor, verb="put_in_xlsform", subject=kept, bytes=upload.size)
    store_named(kept.file, upload)
    return kept


def keep_reading(*, kept: FormReading, content: dict[str, Any] | None, findings: list[dict[str, Any]]) -> None:
    """Keep what was read of a form."""
    kept.is_read, kept.content, kept.findings = True, content, findings
    kept.save(update_fields=["is_read", "content", "findings"])


def note_loaded(*, kept: FormReading, questionnaire: Questionnaire) -> None:
    """Keep as which draft a form was loaded."""
    kept.loaded = questionnaire
    kept.save(update_fields=["loaded"])


def remove_form_readings(*, before: datetime) -> int:
    """Delete what was put in before, with its files; how many there were."""
    old = list(FormReading.objects.filter(created_at__lt=before))
    for kept in old:
        # The file first: where this stops half way, the row still names what is left to delete.
        kept.file.delete(save=False)
        kept.delete()
    return len(old)
