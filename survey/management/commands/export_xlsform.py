"""``manage.py export_xlsform CODE``: write a questionnaire, as designed now or as published, as an XLSForm."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from survey.exchange.xlsform import xlsform_workbook
from survey.instrument.schema import Questionnaire as Content
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.questionnaire import read_questionnaire


class Command(BaseCommand):
    help = "Write a questionnaire as an XLSForm (.xlsx) that reads back with the same digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the questionnaire")
        parser.add_argument("--version-number", type=int, metavar="N", help="a published version (default: the draft)")
        parser.add_argument("--output", type=Path, metavar="FILE.xlsx", help="default: CODE.xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        content = content_of(options["code"], options["version_number"])
        path: Path = options["output"] or Path(f"{content.code}.xlsx")
        try:
            path.write_bytes(xlsform_workbook(content))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        words = {"path": path, "items": len(content.items), "digest": content.digest}
        self.stdout.write(_("%(path)s: %(items)s items, digest %(digest)s.") % words)


def content_of(code: str, number: int | None) -> Content:
    """The draft, or a published version."""
    if number is None:
        row = Questionnaire.objects.filter(code=code).first()
        if row is not None:
            return read_questionnaire(row.pk)
        known = ", ".join(Questionnaire.objects.values_list("code", flat=True)) or "–"
        raise CommandError(
            _("There is no questionnaire “%(code)s”. Name one of: %(known)s.") % {"code": code, "known": known}
        )
    version = QuestionnaireVersion.objects.filter(questionnaire__code=code, number=number).first()
    if version is None:
        raise CommandError(_("There is no version %(number)s of “%(code)s”.") % {"number": number, "code": code})
    return Content.from_dict(version.schema)
