"""Cells of a question's row that follow from the item, alike for writing them and for seeing what a person changed."""

from survey.exchange.xlsform.kinds import XLSFORM
from survey.instrument.schema import Item, Option

RANDOMIZED = "randomize=true"


def default_of(item: Item) -> str:
    """The first value as an expression."""
    # One of ours may be the bare name of a fact; other tools know it as ${name} only.
    is_bare = item.prefill and "{" not in item.prefill and "(" not in item.prefill
    return f"${{{item.prefill}}}" if is_bare else item.prefill


def parameters_for(item: Item) -> str:
    """What asks other tools for a drawn order of the choices."""
    return RANDOMIZED if item.shuffled and XLSFORM[item.type].has_list else ""


def filter_of(options: tuple[Option, ...]) -> str:
    """The conditions of the options as a filter of their list."""
    # One filter for the whole list: XLSForm has no condition of a single choice.
    return " and ".join(f"(name != '{option.code}' or ({option.relevant}))" for option in options if option.relevant)


def appearance_for(item: Item) -> str:
    """The item's own appearance, or the one that its kind needs."""
    return item.appearance or XLSFORM[item.type].appearance
