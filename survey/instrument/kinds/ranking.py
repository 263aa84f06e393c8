"""The most important answers in order: one field for each place."""

from survey.instrument.kinds.choosing import kept_codes, offered
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, one_value
from survey.instrument.kinds.variables import SpssType
from survey.instrument.kinds.variables_of_kinds import chosen_options
from survey.instrument.schema import Item
from survey.terms import ItemType


def ranked_codes(kind: Kind, item: Item, raw: RawInput) -> list[str] | str | None:
    """The chosen codes, the first choice first; places left empty are passed over."""
    first = f"{item.code}__1"
    places = range(1, ranks_of(item) + 1)
    ranked = [code for place in places if (code := one_value(raw, f"{item.code}__{place}"))]
    for code in ranked:
        offered(kind, item, code, first)
    if len(ranked) == 1 and ranked[0] in item.missing:
        return ranked[0]
    for code in ranked:
        if ranked.count(code) > 1 or code in item.missing:
            problem = "ranked_twice" if ranked.count(code) > 1 else "exclusive"
            raise RefusedInput(problem, field=first, value=code, option=kind.label_of(item, code))
    return ranked or None


def ranks_of(item: Item) -> int:
    """How many places a ranking has."""
    # There are no more places than answers to put there.
    return min(item.max_choices or len(item.options), len(item.options))


def posted_by_place(name: str, codes: list[str]) -> dict[str, list[str]]:
    """Each code under the field of its place."""
    return {f"{name}__{place}": [code] for place, code in enumerate(codes, start=1)}


RANKING = Kind(
    type=ItemType.RANKING,
    read=ranked_codes,
    post=posted_by_place,
    keep=kept_codes,
    variables=chosen_options,
    columns=Columns.CHOSEN,
    spss=SpssType.NUMERIC,
    seconds=12,
    is_closed=True,
    takes_several=True,
    is_ranked=True,
)
