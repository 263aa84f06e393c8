"""Stored files in which a person is named: lists put in, files of jobs, forms, and what firms attached.

Read are texts and whatever is packed as a zip, workbooks among them, in the encodings that offices use. A scan or a
PDF is looked at by its name alone.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import Model

from survey.models import FormReading, FrameImport, Job, Response
from survey.selectors.design.version import questionnaire_of
from survey.services.answers.uploads import path_of, references
from survey.services.operation.erasing import erase_answers
from survey.services.operation.personal_places import Holds, PersonalPlace
from survey.terms import gettext_noop as _

PORTION, OVERLAP = 1 << 20, 400
"""Bytes that are read at once, and how many of them again with the next: a name may stand on the border."""
LARGEST = 400_000_000
"""Bytes unpacked of one file; a bomb stops there."""
# GB 18030 reads GBK and GB 2312 as well; UTF-16 is what Excel calls "Unicode text".
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A table whose rows have files in these fields, and the path to what they are about."""

    model: type[Model]
    label: str
    about: str
    fields: tuple[str, ...]


FILES: dict[str, Filed] = {
    "file_of_frameimport": Filed(
        model=FrameImport, label=_("File of a list of firms"), about="title", fields=("stored_file", "errors_file")
    ),
    "file_of_job": Filed(model=Job, label=_("File that a job made"), about="subject", fields=("file",)),
    "file_of_form": Filed(model=FormReading, label=_("XLSForm that was put in"), about="source_name", fields=("file",)),
}
ATTACHED = "attached"
LABELS = {**{kind: filed.label for kind, filed in FILES.items()}, ATTACHED: _("File that a firm attached")}


def find_files(holds: Holds) -> Iterator[PersonalPlace]:
    for kind, filed in FILES.items():
        rows = filed.model._base_manager.order_by("pk").values_list("pk", filed.about, *filed.fields)
        for key, about, *names in rows.iterator():
            for field, name in zip(filed.fields, names, strict=True):
                if name and (holds(name) or holds_stored(name, holds)):
                    yield PersonalPlace(kind=kind, key=key, about=str(about), text=name, item=field)
    for response in Response.objects.select_related("case__sample_unit__unit", "version").order_by("pk").iterator():
        items = questionnaire_of(response.version).items.values()
        for item in (item for item in items if references([item], response.answers)):
            path = path_of(response.case, response.answers[item.code])
            if holds_stored(path, holds):
                about = response.case.sample_unit.unit.full_name
                yield PersonalPlace(kind=ATTACHED, key=response.pk, about=about, text=path, item=item.code)


def holds_stored(name: str, holds: Holds) -> bool:
    """Whether a stored file holds what is wanted; one that is gone holds nothing."""
    try:
        with default_storage.open(name) as file:
            return holds_within(file, holds)
    except FileNotFoundError:
        return False


def holds_within(file: IO[Any], holds: Holds) -> bool:
    """Whether the bytes hold it, or those of anything packed in them."""
    if zipfile.is_zipfile(file):
        file.seek(0)
        try:
            with zipfile.ZipFile(file) as packed:
                return any(_holds_member(packed, member, holds) for member in packed.infolist())
        # Only its end looks like a package: then it is read as it stands.
        except (zipfile.BadZipFile, ValueError):
            pass
    file.seek(0)
    return holds_bytes(file, holds)


def _holds_member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, holds: Holds) -> bool:
    """Whether a part of a package holds it; a part that cannot be unpacked holds nothing that could be read."""
    try:
        with packed.open(member) as part:
            if not member.filename.endswith((".xlsx", ".zip")):
                return holds_bytes(part, holds)
            # A package is read from its end, and a member that is being unpacked can only be read forward.
            return holds_within(io.BytesIO(part.read(LARGEST)), holds)
    # Damaged, locked with a password (RuntimeError) or packed in an unknown way: one file that a firm attached must
    # not end the search through all the others.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return False


def holds_bytes(file: IO[Any], holds: Holds) -> bool:
    before, read = b"", 0
    while read < LARGEST and (portion := file.read(PORTION)):
        # Counted as unpacked: a small package may hold terabytes of zeros.
        read += len(portion)
        text = before + portion
        # A portion may begin or end within a letter, so what cannot be decoded is passed over.
        # XML of a workbook may spell a letter by its number.
        if any(holds(unescape(text.decode(encoding, "ignore"))) for encoding in ENCODINGS):
            return True
        before = text[-OVERLAP:]
    return False


def erase_file(place: PersonalPlace) -> None:
    """Delete the file; of an attached one also the answer that names it."""
    if place.kind == ATTACHED:
        erase_answers(Response.objects.select_related("case", "version").get(pk=place.key), {place.item})
        return
    row: Any = FILES[place.kind].model._base_manager.get(pk=place.key)
    # Not by save(), which would write back whatever else was changed meanwhile.
    getattr(row, place.item).delete(save=False)
    type(row)._base_manager.filter(pk=place.key).update(**{place.item: ""})
