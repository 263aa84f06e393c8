"""What is proved of amounts: worlds for every firm, whoever else knows its own, and intervals of withheld figures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.instrument.kinds.choices import number_columns, rows_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.schema import Item
from survey.methods.certificate.amount_answers import answers_of_one, answers_of_several, tied_levels
from survey.methods.certificate.amount_figures import Amounts, AmountsTold, amount_columns, name_of_domain
from survey.methods.certificate.amount_numbers import Amount, columns_of_amounts
from survey.methods.certificate.amount_question import PARTS, AmountColumn, AmountQuestion, amount_question
from survey.methods.certificate.amount_ties import Tie, is_read_by_rules, ties_of
from survey.methods.certificate.amount_worlds import AmountEffort, amount_worlds
from survey.methods.certificate.certificate import Failure, ItemProof, Proof
from survey.methods.clearing.clearing import Clearing, as_reported
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
    for columns in _questions(amounts, words):
        if only is not None and not set(columns.told) & set(only):
            continue
        # A generator for each question: the chance of one does not hang on how long that of another took.
        own = rng.spawn(1)[0]
        proofs, failures = _prove(amounts, words, columns, spent, own, quick=quick)
        found.items.extend(proofs)
        found.failures.extend(failures)
    return found


@dataclass(frozen=True, eq=False, kw_only=True)
class _Together:
    """The columns of one question, by what is asked of those that are `told`; several where a `tie` holds them."""

    told: Mapping[str, Sequence[Amount]]
    tie: Tie | None = None


def _questions(amounts: Amounts, words: Vocabulary) -> Iterator[_Together]:
    told = provable(amounts.clearing, words)
    ties = _ties(amounts.clearing, words)
    tied = {column: tie for tie in ties for column in tie.columns}
    done: set[str] = set()
    for column, asked in told.items():
        if column in done:
            continue
        tie = tied.get(column)
        columns = {column: asked} if tie is None else {one: told.get(one, ()) for one in tie.columns}
        done.update(columns)
        yield _Together(told=columns, tie=tie)


def _ties(clearing: Clearing, words: Vocabulary) -> list[Tie]:
    prepared = clearing.estimates.prepared
    return [one for one in ties_of(as_reported(prepared), words, prepared.parameters.protection.p)
            if len(one.columns) > 1]  # fmt: skip


def provable(clearing: Clearing, words: Vocabulary) -> dict[str, list[Amount]]:
    """The columns of amounts of which a certificate proves something, with what is asked of them.

    Numbers of the frame are known to everybody. Left out are parts of a whole that conditions of the questionnaire
    read: what these came to in another world is not known.
    """
    columns = columns_of_numbers(words)
    return {
        column: asked
        for column, asked in amount_columns(clearing).items()
        if column not in FRAME_NUMBERS
        and column in columns
        and not (kind_of(columns[column]).columns is Columns.ROWS
                 and is_read_by_rules(columns[column], words.questionnaire))
    }  # fmt: skip


def columns_together(clearing: Clearing, words: Vocabulary) -> list[tuple[str, ...]]:
    """The columns of which something is proved in parts, in order: two of which a ratio is told, or that are tied or of
    one item, are in one part."""
    parts: list[tuple[str, ...]] = []
    items, ties = columns_of_numbers(words), _ties(clearing, words)
    for column, ones in provable(clearing, words).items():
        tied = {name for asked in ones for name in columns_of_amounts(asked)}
        tied |= {name for name, item in items.items() if item.code == items[column].code}
        tied.update(*(tie.columns for tie in ties if column in tie.columns))
        joining = [part for part in parts if tied & set(part)]
        parts = [part for part in parts if part not in joining]
        parts.append((*(name for part in joining for name in part), column))
    return parts


def tied_with(clearing: Clearing, words: Vocabulary, item: str) -> frozenset[str]:
    """The columns that change together with one, itself among them; of a closed item the item alone."""
    if item not in columns_of_numbers(words):
        return frozenset({item})
    return frozenset({item}.union(*(one.columns for one in _ties(clearing, words) if item in one.columns)))


def columns_of_numbers(words: Vocabulary) -> dict[str, Item]:
    """The columns of an extract that hold a number by itself, with the item of each."""
    found: dict[str, Item] = {}
    for item in words.questionnaire.items.values():
        kind = kind_of(item)
        if kind.columns is Columns.NUMBER:
            found[item.code] = item
        elif kind.columns is Columns.ROWS:
            found |= {part_name(item.code, row.code): item for row in rows_of(item)}
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
    columns: _Together,
    effort: AmountEffort,
    rng: np.random.Generator,
    *,
    quick: bool,
) -> tuple[list[ItemProof], list[Failure]]:
    """The proofs of the columns of one question that anything is told of."""
    told = {column: amounts.told(column, asked) for column, asked in columns.told.items()}
    question = question_of(amounts, words, told, columns.tie)
    shown = [c for c, one in enumerate(question.columns) if columns.told[one.told.column]]
    if any(one.untold for one in told.values()):
        return _untold(question, shown)
    found = amount_worlds(question, effort, rng, quick=quick)
    proofs: list[ItemProof] = []
    failures: list[Failure] = []
    lost = bool(found.unproved.left.any())
    for c in shown:
        one = question.columns[c]
        tables = tables_of(one.told)
        lacking = found.unproved.left[2 * c : 2 * c + 2].any(axis=2)
        failures += [
            Failure(proof=Proof.WORLD, item=one.told.column, part=part, number=int(number), tables=tables)
            for part, number in zip(PARTS, lacking.sum(axis=1), strict=True)
            if number
        ]
        # What fails already is told less, whatever its withheld figures keep.
        narrow = [] if lost else found.check.narrow(one.told.column)
        failures += [
            Failure(
                proof=Proof.INTERVAL,
                item=one.told.column,
                part=":".join(filter(None, each.asked.key)),
                group=name_of_domain(amounts.clearing, each.domain),
                tables=each.tables,
            )
            for each in narrow
        ]
        answers, withheld = int(question.sensitive[2 * c : 2 * c + 2].sum()), len(one.told.withheld)
        proofs.append(_proof(one, answers, answers - int(lacking.sum()), found.number, withheld - len(narrow)))
    return proofs, failures


def question_of(
    amounts: Amounts, words: Vocabulary, told: Mapping[str, AmountsTold], tie: Tie | None = None
) -> AmountQuestion:
    """The question about a column, or about those of a tie."""
    if tie is None:
        [(column, one)] = told.items()
        levels = amounts.levels(column, words.item(column))
        return amount_question(amounts, [AmountColumn(told=one, levels=levels)], answers_of_one(levels))
    part = amounts.prepared.parameters.protection.p
    found, least = tied_levels(amounts.reported, tie.columns, part)
    counted = [amounts.as_counted(one) for one in found]
    given = answers_of_several(amounts.reported, words, tie, found, least)
    columns = [AmountColumn(told=told[one.column], levels=one) for one in counted]
    # Nothing is sensitive of a column that is not told.
    is_told = np.array([bool(one.told.asked) for one in columns])
    return amount_question(amounts, columns, replace(given, signs=given.signs * is_told[:, None, None]))


def tables_of(told: AmountsTold) -> tuple[str, ...]:
    """The tables that show anything of a column."""
    return tuple(dict.fromkeys(table for one in told.told for table in one.tables))


def _untold(question: AmountQuestion, shown: Sequence[int]) -> tuple[list[ItemProof], list[Failure]]:
    """Columns of which something is told that their answers do not give."""
    columns = [question.columns[c] for c in shown]
    return (
        [_proof(one, 2 * int(one.levels.asked.sum()), 0, 0, 0) for one in columns],
        [
            Failure(proof=Proof.COVERED, item=one.told.column, number=one.told.untold, tables=tables_of(one.told))
            for one in columns
            if one.told.untold
        ],
    )


def _proof(column: AmountColumn, answers: int, served: int, worlds: int, kept: int) -> ItemProof:
    return ItemProof(
        item=column.told.column,
        answers=answers,
        served=served,
        assumed=2 * int(column.levels.asked.sum()) - answers,
        worlds=worlds,
        withheld=len(column.told.withheld),
        kept=kept,
        ratio=1.0,
        is_amount=True,
    )
