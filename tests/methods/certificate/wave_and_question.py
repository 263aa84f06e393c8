"""A cleared wave as an intruder reads it, and one item of a few firms that is told by hand."""

from functools import partial
from typing import Any

import numpy as np

from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion
from survey.methods.certificate.known_figures import View
from survey.methods.clearing.clearing import clear, clearing_of
from survey.methods.extract import Extract
from survey.methods.production import Prepared
from survey.methods.tables.derived import with_derived
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.plan import planned_tables
from tests.methods.clearing.surveyed import WORDS


def cleared_view(prepared: Prepared) -> View:
    """What clearing tells of a wave."""
    return view_of(clearing_of(prepared, WORDS), clear(prepared, WORDS))


def derive(extract: Extract) -> Extract:
    """As production derives columns."""
    return with_shares_of_all(with_derived(extract, WORDS), planned_tables(WORDS), WORDS)


def yes_or_no(
    truth: Any, low: Any, high: Any, *, keeps: Any = None, place: Any = None, weight: Any = None
) -> ItemQuestion:
    """A question of yes (1) and no (0): of groups by `place` (n, P) the share of yes is told to lie in [low, high]."""
    answers = np.asarray(truth)
    bounds = [np.append(np.asarray(one, float), end) for one, end in ((low, -UNBOUNDED), (high, UNBOUNDED))]
    given = np.array([[[0.0, 1.0, 0.0]]]), np.array([[[1.0, 1.0, 0.0]]])
    return ItemQuestion(
        item="q",
        truth=answers,
        parts=("q",),
        codes=np.array([[0, 1]]),
        scale=np.ones((1, len(answers))) if weight is None else np.asarray(weight, float)[None, :],
        kind=np.zeros(len(answers), int),
        above=given[0],
        below=given[1],
        plain=np.zeros(1, bool),
        place=np.zeros((len(answers), 1), int) if place is None else np.asarray(place),
        low=bounds[0][None, :],
        high=bounds[1][None, :],
        keeps=np.zeros_like(bounds[0])[None, :] if keeps is None else np.append(np.asarray(keeps, float), 0.0)[None, :],
        names=(("q:share:1",), tuple(f"group {d}" for d in range(len(bounds[0]) - 1))),
        tables=(("table",),),
    )


rng = partial(np.random.default_rng, 7)
