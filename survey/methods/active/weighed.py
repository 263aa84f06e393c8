"""Classes and firms of a list of calls from the weights of a wave as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.active.chances import chances, mean_minutes
from survey.methods.active.classes import CallClasses, CallFirms
from survey.methods.active.spread import spread_of_classes
from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.final import Weights
from survey.methods.weights.weighting import Merge

MINUTES = 6.0
"""What a call is taken to need before any was made."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Contacts:
    """What was tried with each sampled firm: ``open`` (m,) whether it may be called, ``calls`` (m,) how often it was,
    ``number`` (m,) its random number, and the minutes of each call made with the row of its firm (c,)."""

    open: Bools
    calls: Ints
    number: Floats
    minutes: Floats
    caller: Ints


def calls_from(
    fieldwork: Fieldwork, weights: Weights, scores: Floats, contacts: Contacts
) -> tuple[CallFirms, CallClasses, Ints]:
    """Firms in scope, classes, and the row in the sample of each of these firms.

    ``scores`` (r, F) are linearised scores of the key figures in targets, by the rows of the weights. Classes are the
    strata as the weights merged them; chance and minutes are those of the size classes.
    """
    home = homes(fieldwork.strata, weights.merges)
    used, klass_of = np.unique(home[fieldwork.stratum], return_inverse=True)
    answered = fieldwork.responded
    # Of firms known to be out of scope no call can bring an answer that counts.
    rows = np.flatnonzero(weights.eligibility.share > 0)
    place = np.full(fieldwork.sampled, -1)
    place[rows] = np.arange(len(rows))
    respondents = place[weights.rows[: weights.respondents]]
    klass, size = klass_of[rows], _sizes(fieldwork)[rows]
    spread = spread_of_classes(_residuals(weights, scores, klass_of), respondents, size, klass, len(used))
    group, of_class = _size_groups(fieldwork, used)
    # Who answered without a call tells nothing of what calls bring.
    chance = chances(contacts.calls, (answered & (contacts.calls > 0)).astype(int), group, int(group.max()) + 1)
    minutes = mean_minutes(contacts.minutes, group[contacts.caller], int(group.max()) + 1, MINUTES)
    classes = CallClasses(
        labels=tuple(fieldwork.strata[h] for h in used.tolist()),
        stands_for=sums_by(klass[respondents], weights.weight[: weights.respondents], len(used)),
        answered=np.bincount(klass[respondents], minlength=len(used)),
        spread=spread.klass,
        chance=chance[of_class],
        minutes=minutes[of_class],
    )
    # Without its own answer a firm is told from the others of its class, which have an error too.
    own = spread.firm.sum(axis=1) * (1 + 1 / np.maximum(classes.answered[klass], 1))
    firms = CallFirms(
        klass=klass,
        weight=fieldwork.design_weight[rows],
        answered=answered[rows],
        open=contacts.open[rows],
        calls=contacts.calls[rows],
        number=contacts.number[rows],
        own=own,
        # Firms without a value (-1) are a category of their own.
        frame={name: np.asarray(one.codes[rows], np.intp) + 1 for name, one in fieldwork.categories.items()},
    )
    return firms, classes, rows


def homes(strata: Sequence[str], merges: Sequence[Merge]) -> Ints:
    """(H,) number of the stratum whose class each stratum is in, after the merges in their order."""
    home = np.arange(len(strata))
    number = {label: h for h, label in enumerate(strata)}
    for merge in merges:
        # With all that came to it before: a stratum into which others were merged may be merged itself.
        home[home == number[merge.code]] = home[number[merge.into]]
    return home


def _residuals(weights: Weights, scores: Floats, klass_of: Ints) -> Floats:
    """(n, F) what of the scores of the respondents neither calibration, where there is one, nor their class explains.

    Squares of a class of n answers are n/(n - 1) times as large, since its mean follows them; a single answer has 0.
    """
    n = weights.respondents
    rest = scores[:n] if weights.calibration is None else weights.calibration.residual(scores)[:n]
    klass = klass_of[weights.rows[:n]]
    count = np.maximum(np.bincount(klass), 1)
    # Answers stand for their class: where it lies off the line of calibration is told by its mean, and costs nothing.
    means = np.column_stack([sums_by(klass, column, len(count)) / count for column in rest.T])
    return np.asarray((rest - means[klass]) * np.sqrt(count / np.maximum(count - 1, 1))[klass, None], float)


def _sizes(fieldwork: Fieldwork) -> Floats:
    """(m,) what the frame knows of the size of each firm, in one number above 0: revenue, else employees."""
    for name in ("revenue", "employees"):
        if name in fieldwork.numbers:
            known = fieldwork.numbers[name]
            middle = float(np.nanmedian(known)) if not np.isnan(known).all() else 1.0
            # At least 1, since spread is fitted on the logarithm of the size.
            return np.maximum(np.where(np.isnan(known), middle, known), 1.0)
    return np.ones(fieldwork.sampled)


def _size_groups(fieldwork: Fieldwork, used: Ints) -> tuple[Ints, Ints]:
    """(m,) size class of each firm, and (K,) of each class."""
    _, number = np.unique(fieldwork.places.size, return_inverse=True)
    return number[fieldwork.stratum], number[used]
