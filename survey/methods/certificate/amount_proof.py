"""What is proved of amounts: worlds for every firm, whoever else knows its own, and intervals of withheld figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from survey.instrument.kinds.choices import number_columns, rows_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.schema import Item
from survey.methods.certificate.amount_figures import Amounts, amount_columns, name_of_domain
from survey.methods.certificate.amount_numbers import Amount, columns_of_amounts
from survey.methods.certificate.amount_question import PARTS, amount_question
from survey.methods.certificate.amount_worlds import AmountEffort, amount_worlds
from survey.methods.certificate.certificate import Failure, ItemProof, Proof
from survey.methods.clearing.clearing import Clearing
from survey.methods.coding import part_name
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, kw_only=True)
class ProvedAmounts:
    """The proofs of columns of amounts, and where they failed."""

    items: list[ItemProof]
    failures: list[Failure]


def prove_amounts(
    clearing: Clearing,
    words: Vocabulary,
    rng: np.random.Generator,
    *,
    effort: AmountEffort | None = None,
    only: Collection[str] | None = None,
    quick: bool = False,
) -> ProvedAmounts:
    """Prove what a cut tells of amounts, or of some columns ``only``.

    When `quick`, a column of which answers are found that no world serves is not looked at further: for a cut that will
    be tightened anyway.
    """
    amounts = Amounts.of(clearing, words)
    spent, found = effort or AmountEffort(), ProvedAmounts(items=[], failures=[])
    for column, asked in provable(clearing, words).items():
        if only is not None and column not in only:
            continue
        # A generator for each column: the chance of one does not hang on how long that of another took.
        own = rng.spawn(1)[0]
        proof, failures = _prove(amounts, words, column, asked, spent, own, quick=quick)
        found.items.append(proof)
        found.failures.extend(failures)
    return found


def provable(clearing: Clearing, words: Vocabulary) -> dict[str, list[Amount]]:
    """The columns of amounts of which a certificate proves something, with what is asked of them.

    Numbers of the frame are known to everybody. Left out are shares that add up to a whole, of which none changes
    alone.
    """
    columns = columns_of_numbers(words)
    return {
        column: asked
        for column, asked in amount_columns(clearing).items()
        if column not in FRAME_NUMBERS and column in columns
    }


def columns_together(clearing: Clearing, words: Vocabulary) -> list[tuple[str, ...]]:
    """The columns of which something is proved in parts, in order: two of which a ratio is told are in one part."""
    parts: list[tuple[str, ...]] = []
    for column, ones in provable(clearing, words).items():
        tied = {name for asked in ones for name in columns_of_amounts(asked)}
        joining = [part for part in parts if tied & set(part)]
        parts = [part for part in parts if part not in joining]
        parts.append((*(name for part in joining for name in part), column))
    return parts


def columns_of_numbers(words: Vocabulary) -> dict[str, Item]:
    """The columns of an extract that hold a number by itself, with the item of each."""
    found: dict[str, Item] = {}
    for item in words.questionnaire.items.values():
        kind = kind_of(item)
        if kind.columns is Columns.NUMBER:
            found[item.code] = item
        elif kind.has_rows and kind.has_columns:
            for row in rows_of(item):
                cells = (part_name(row.code, column.code) for column in number_columns(item))
                found |= {part_name(item.code, cell): item for cell in cells}
    return found


def proved_statistics(clearing: Clearing, words: Vocabulary) -> frozenset[str]:
    """The statistics of amounts of which a certificate proves all, as it names them: every column that they are made of
    is proved, or stands in the frame."""
    known = {*provable(clearing, words), *FRAME_NUMBERS}
    return frozenset(
        ":".join(filter(None, asked.key))
        for ones in amount_columns(clearing).values()
        for asked in ones
        if known.issuperset(columns_of_amounts(asked))
    )


def _prove(
    amounts: Amounts,
    words: Vocabulary,
    column: str,
    asked: Sequence[Amount],
    effort: AmountEffort,
    rng: np.random.Generator,
    *,
    quick: bool,
) -> tuple[ItemProof, list[Failure]]:
    told = amounts.told(column, asked)
    item = words.item(column)
    levels = amounts.levels(column, item)
    tables = tuple(dict.fromkeys(table for one in told.told for table in one.tables))
    sides = 2 * int(levels.asked.sum())
    if told.untold:
        failure = Failure(proof=Proof.COVERED, item=column, number=told.untold, tables=tables)
        return _proof(column, sides, 0, 0, 0, len(told.withheld), 0), [failure]
    question = amount_question(amounts, told, levels)
    found = amount_worlds(question, effort, rng, quick=quick)
    lacking = found.unproved.left.any(axis=2)
    failures = [
        Failure(proof=Proof.WORLD, item=column, part=part, number=int(number), tables=tables)
        for part, number in zip(PARTS, lacking.sum(axis=1), strict=True)
        if number
    ]
    # What fails already is told less, whatever its withheld figures keep.
    narrow = [] if failures else found.check.narrow()
    failures += [
        Failure(
            proof=Proof.INTERVAL,
            item=column,
            part=":".join(filter(None, one.asked.key)),
            group=name_of_domain(amounts.clearing, one.domain),
            tables=one.tables,
        )
        for one in narrow
    ]
    answers = int(question.sensitive.sum())
    served, withheld = answers - int(lacking.sum()), len(told.withheld)
    return _proof(column, answers, served, sides - answers, found.number, withheld, withheld - len(narrow)), failures


def _proof(column: str, answers: int, served: int, assumed: int, worlds: int, withheld: int, kept: int) -> ItemProof:
    return ItemProof(
        item=column,
        answers=answers,
        served=served,
        assumed=assumed,
        worlds=worlds,
        withheld=withheld,
        kept=kept,
        ratio=1.0,
        is_amount=True,
    )
