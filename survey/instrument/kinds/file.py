"""A file that the server stored before; its answer is the reference."""

import re

from survey.complaints import Entry
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, clean_text, one_value
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _


def one_reference(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The reference of an upload; its shape is all that is judged here."""
    text = one_value(raw, item.code)
    if not text:
        return None
    # A reference may become a part of a path, which must not lead out of its folder.
    if ".." in text or (kind.form and not kind.form.fullmatch(text)):
        raise RefusedInput(
            "file_reference", field=item.code, value=clean_text(text, item.code, 500), refusals=kind.refusals
        )
    return text


FILE = Kind(
    type=ItemType.FILE,
    read=one_reference,
    variables=holding(ValueKind.TEXT),
    seconds=45,
    form=re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,127}"),
    is_file=True,
    names_firm=True,
    refusals={"file_reference": Entry(_("%(label)s: attach the file again; it did not arrive."))},
)
