"""Questions of ours about the entries of a repeat: whether there is one more, and what there is no room for."""

from survey.exchange.xlsform.dialect.expressions import condition
from survey.exchange.xlsform.form_rows import LABEL, RELEVANT, XlsformRow
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.form_tree import Asking
from survey.instrument.schema import Item, Text
from survey.terms import ItemType

ANOTHER = Text("“{label}”是否有第{place}项需要填写？", "Is there an entry no. {place} for “{label}”?")
FURTHER = Text(
    "如“{label}”超过{place}项，请在此写明其余各项。",
    "If there are more than {place} entries for “{label}”, write the others here.",
)


def entry_question(row: XlsformRow, asking: Asking, form: Form) -> Item:
    """The question as an item; it names the repeat as its label does."""
    label = form.wording(asking.repeat, LABEL) or Text(asking.repeat.name, asking.repeat.name)
    wording = FURTHER if asking.is_further else ANOTHER
    # Both languages by our own words: the form has no such question, so no translation of it either.
    zh, en = (wording.of(language).format(label=label.of(language), place=asking.place) for language in ("zh", "en"))
    text = Text(zh, en)
    item = Item(
        code=form.code(row),
        type=ItemType.LONG_TEXT if asking.is_further else ItemType.YES_NO,
        text=text,
        relevant=condition(row.get(*RELEVANT), form.names),
    )
    form.places["item", item.code] = row
    return item
