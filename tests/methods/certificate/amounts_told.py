"""A cleared wave of amounts with what is told of its column, and the question about it."""

from typing import Any

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.certificate.amount_answers import answers_of_one
from survey.methods.certificate.amount_counting import CountedWorlds
from survey.methods.certificate.amount_figures import Amounts, AmountsTold, amount_columns
from survey.methods.certificate.amount_levels import AmountLevels
from survey.methods.certificate.amount_question import AmountColumn, AmountQuestion, amount_question
from survey.methods.clearing.clearing import clearing_of
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary
from tests.methods.clearing.surveyed import WORDS, prepared

FIRMS = np.full((4, 2), 15)
PART = 0.1


def wave_of(revenue: Any, **more: Any) -> Prepared:
    """A wave of 120 firms with these amounts."""
    values = np.broadcast_to(np.asarray(revenue, float), (int(FIRMS.sum()),)).copy()
    return prepared(FIRMS, values={"revenue": values}, **more)


def read(wave: Prepared, words: Vocabulary = WORDS) -> tuple[Amounts, AmountsTold, AmountLevels]:
    """The wave as its certificate reads it."""
    clearing = clearing_of(wave, words)
    amounts = Amounts.of(clearing, words)
    told = amounts.told("revenue", amount_columns(clearing)["revenue"])
    return amounts, told, amounts.levels("revenue", words.item("revenue"))


def counted(values: Floats) -> dict[str, CountedWorlds]:
    """Worlds (W, n) of the amounts as they count in figures."""
    return {"revenue": CountedWorlds(values=values)}


def asked_of(wave: Prepared, words: Vocabulary = WORDS) -> AmountQuestion:
    """The question about its amounts."""
    amounts, told, levels = read(wave, words)
    return amount_question(amounts, [AmountColumn(told=told, levels=levels)], answers_of_one(levels))
