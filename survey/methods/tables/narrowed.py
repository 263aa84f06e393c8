"""The share of all firms beside that of those asked, where filter questions narrow the base.

A firm that its answers lead past the item counts as one of which it does not hold; so does one to which the item does
not apply. A firm that left the filter question open, or the item, has no value.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from survey.instrument.expressions.evaluation import ExpressionError, parse
from survey.instrument.expressions.tree import Call, Expression, Literal, Name, Operation, walk
from survey.methods.arrays import Bools
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.estimates.statistics import Asked, CodedStatistic, share_of
from survey.methods.extract import NOT_ANSWERED, Coded, Extract
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Heading
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import Missing

Truth = tuple[Bools, Bools]
"""(n,) where a condition holds, and where it fails; neither where what it reads was not answered."""


def narrowed_by(words: Vocabulary, planned: PlannedTable, row: Heading) -> tuple[str, ...]:
    """The conditions under which the item of a row is asked; () of rows that are of all firms."""
    about = planned.block.item if not planned.block.rows else row.about
    return words.conditions.get(about, ())


def items_in(conditions: Sequence[str]) -> set[str]:
    """The items that conditions read."""
    return {node.name for text in conditions for node in walk(parse(text)) if isinstance(node, Name)}


def of_all(asked: Asked) -> CodedStatistic | None:
    """The share of all firms of what is asked as a share; its column is there where the base is narrowed."""
    if not isinstance(asked, CodedStatistic) or not asked.proportion:
        return None
    return _share_of_all(f"{asked.item}#{asked.level}#of_all")


@lru_cache(maxsize=4096)
def _share_of_all(column: str) -> CodedStatistic:
    """Made once: every table of every page asks for it of each of its figures."""
    return share_of(column, [CHOSEN], (NOT_CHOSEN, CHOSEN), CHOSEN)


def with_shares_of_all(extract: Extract, planned: Sequence[PlannedTable], words: Vocabulary) -> Extract:
    """The extract with a column 0/1 for each share whose base a filter narrows."""
    return extract.but(items={**extract.items, **dict(_columns(extract, planned, words))})


def _columns(extract: Extract, planned: Sequence[PlannedTable], words: Vocabulary) -> Iterator[tuple[str, Coded]]:
    for table in planned:
        if table.splits or len(table.spec.columns.headings) > 1:
            continue
        for row in table.spec.rows.headings:
            asked = table.asked.get((row.code, table.spec.columns.codes[0]))
            whole = of_all(asked) if asked else None
            past = _led_past(extract, narrowed_by(words, table, row))
            if whole is not None and isinstance(asked, CodedStatistic) and past is not None:
                yield whole.item, _column(extract.item(asked.item), asked.points, past)


def _column(column: Coded, points: Mapping[str, float], past: Bools) -> Coded:
    codes = np.full(len(column.codes), NOT_ANSWERED, np.int16)
    for k, label in enumerate(column.labels):
        if label in points or label == Missing.NOT_APPLICABLE:
            codes[column.codes == k] = int(points.get(label, 0.0))
    # Last: whatever is stored of the item, it does not hold of a firm that was led past it.
    codes[past] = 0
    return Coded(codes, (NOT_CHOSEN, CHOSEN))


def _led_past(extract: Extract, conditions: Sequence[str]) -> Bools | None:
    """(n,) firms that an answer leads past the item; None where there is no condition, or one beyond these words."""
    known = _truths(extract, conditions)
    return np.logical_or.reduce([fails for _holds, fails in known]) if known else None


def led_to(extract: Extract, conditions: Sequence[str]) -> Bools | None:
    """(n,) firms that their answers lead to an item; None where a condition is beyond these words."""
    known = _truths(extract, conditions)
    return None if known is None else np.logical_and.reduce([extract.in_scope, *(holds for holds, _fails in known)])


def _truths(extract: Extract, conditions: Sequence[str]) -> list[Truth] | None:
    try:
        found = [_truth(parse(text), extract) for text in conditions]
    except ExpressionError:
        return None
    known = [truth for truth in found if truth is not None]
    # One condition that cannot be followed here could lead past the item unseen: then nothing is said.
    return known if len(known) == len(found) else None


def _truth(tree: Expression, extract: Extract) -> Truth | None:
    match tree:
        case Operation(operator="and" | "or" as joint, left=left, right=right):
            return _joined(joint, _truth(left, extract), _truth(right, extract))
        case Operation(operator="=" | "!=" as operator, left=Name(name=name), right=Literal(value=str(value))):
            holds = _is(name, value, extract)
            # Truth is (holds, fails), so its reverse is the negation: what was not answered stays neither.
            return holds if operator == "=" or holds is None else holds[::-1]
        case Operation(operator=operator, left=Name(name=name), right=Literal(value=value)) if operator in COMPARED:
            return _compared(operator, name, value, extract)
        case Call(function="selected", arguments=(Name(name=name), Literal(value=str(value)))):
            return _is(part_name(name, value), CHOSEN, extract) or _is(name, value, extract)
    return None


def _joined(joint: str, first: Truth | None, second: Truth | None) -> Truth | None:
    if first is None or second is None:
        return None
    # Three-valued logic of Kleene, as in SQL: one "no" settles an "and", one "yes" an "or", whatever the other is.
    if joint == "and":
        return first[0] & second[0], first[1] | second[1]
    return first[0] | second[0], first[1] & second[1]


def _is(name: str, value: str, extract: Extract) -> Truth | None:
    column = extract.items.get(name)
    if column is None or value not in column.labels:
        return None
    holds = column.codes == column.labels.index(value)
    # A silent firm has not been led past anything: it may have been asked.
    return holds, ~holds & (column.codes != NOT_ANSWERED)


COMPARED = {"=": np.equal, "!=": np.not_equal, ">": np.greater, ">=": np.greater_equal, "<": np.less,
            "<=": np.less_equal}  # fmt: skip


def _compared(operator: str, name: str, value: float | str, extract: Extract) -> Truth | None:
    values = extract.values.get(name)
    if values is None or isinstance(value, str):
        return None
    holds = COMPARED[operator](values, value)
    known = ~np.isnan(values)
    return holds & known, ~holds & known
