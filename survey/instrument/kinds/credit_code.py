"""The unified social credit code of a firm (GB 32100-2015)."""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from survey.complaints import Entry
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _


def one_credit_code(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The code in capitals without spaces; its check character is verified."""
    text = short_text(raw, item.code)
    if not text:
        return None
    try:
        # The 18th character is a check modulo 31 over the 17 others with powers of 3 (GB 32100-2015).
        return str(uscc.validate(text))
    except InvalidChecksum:
        raise RefusedInput("credit_code_check", field=item.code, value=text, refusals=kind.refusals) from None
    except ValidationError:
        raise RefusedInput("credit_code_form", field=item.code, value=text, refusals=kind.refusals) from None


CREDIT_CODE = Kind(
    type=ItemType.CREDIT_CODE,
    read=one_credit_code,
    variables=holding(ValueKind.TEXT),
    seconds=20,
    names_firm=True,
    refusals={
        "credit_code_form": Entry(
            _("%(label)s: enter the 18 characters of the unified social credit code on the licence.")
        ),
        "credit_code_check": Entry(_("%(label)s: enter the credit code again; one of its characters is mistyped.")),
    },
)
