"""A code of a long list that the office keeps: industry and district."""

import re

from survey.complaints import Entry
from survey.instrument.kinds.choosing import kept_code, one_code
from survey.instrument.kinds.kind import Kind, LookUp
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, one_value, short_text
from survey.instrument.kinds.variables_of_kinds import coded
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _


def listed_code(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """One of the item's options where it has some, else a code as typed and of the right form."""
    if kind.options_of(item) or one_value(raw, item.code) in item.missing:
        return one_code(kind, item, raw)
    # Letters of sections are typed small as well.
    code = short_text(raw, item.code).upper()
    if code and kind.form and not kind.form.fullmatch(code):
        raise RefusedInput(f"{kind.type}_form", field=item.code, value=code, refusals=kind.refusals)
    return code or None


INDUSTRY = Kind(
    type=ItemType.INDUSTRY,
    read=listed_code,
    keep=kept_code,
    variables=coded,
    seconds=10,
    is_closed=True,
    looks_up=LookUp.INDUSTRIES,
    # GB/T 4754: section letter, or division to class.
    form=re.compile(r"[A-T]|[A-T]?[0-9]{2,4}"),
    refusals={"industry_form": Entry(_("%(label)s: enter an industry code of GB/T 4754, such as C39."))},
)
DISTRICT = Kind(
    type=ItemType.DISTRICT,
    read=listed_code,
    keep=kept_code,
    variables=coded,
    seconds=4,
    is_closed=True,
    looks_up=LookUp.DISTRICTS,
    # GB/T 2260: six digits.
    form=re.compile(r"[0-9]{6}"),
    refusals={"district_form": Entry(_("%(label)s: enter a district code of six digits, such as 440305."))},
)
