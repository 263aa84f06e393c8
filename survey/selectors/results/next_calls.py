"""A list of calls of a wave as it is now, worked out from its weights, and the firms that are on it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from survey.casework_terms import CALLED, CallReason, CallResult, FollowUpPart
from survey.methods.active.calling import CallPlan, plan_calls
from survey.methods.active.classes import CallClasses, CallingRule
from survey.methods.active.figures import KeyFigures, Targets, figures_to_watch, headline_figures
from survey.methods.active.stopping import overall
from survey.methods.active.weighed import MINUTES, Contacts, calls_from
from survey.methods.arrays import Floats, Ints
from survey.methods.tables.plan import planned_tables
from survey.models import CallingPlan, Case, CaseEntry, Wave
from survey.selectors.fieldwork.callable import may_be_called
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary

MINUTES_OF_RESULT = {CallResult.NO_ANSWER.value: 2.0, CallResult.WRONG_NUMBER.value: 10.0}
"""A call nobody takes is short, a number that has to be looked for is not; every other result takes `MINUTES`."""
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCall:
    """A case on the list: why, the class that it is in, and how often it was called before."""

    case: int
    reason: CallReason
    klass: str
    calls_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCalls:
    """A list with what is expected of it; ``figures`` and ``classes`` as `CallList` keeps them."""

    calls: tuple[NextCall, ...]
    answered: int
    error: float
    expected: float
    answers: float
    minutes: float
    figures: list[list[Any]]
    classes: list[list[Any]]


def next_calls(wave: Wave, plan: CallingPlan, number: int) -> NextCalls:
    """The list of this number; the same of the same answers, since its chance follows from seed and number.

    Raises `EmptyDomain` where too few firms answered for weights, or where no firm may be called.
    """
    prepared = prepared_of(wave)
    figures, sampled = _figures(wave, plan), _sampled(wave)
    cases = np.array([pk for pk, _number, _part in sampled], np.int64)
    contacts = _contacts(wave, cases, _turned([number for _pk, number, _part in sampled], plan))
    fieldwork, weights = prepared.collected.fieldwork, prepared.weighted.weights
    firms, classes, rows = calls_from(fieldwork, weights, figures.scores, contacts)
    rule = CallingRule(size=plan.size, dominance=plan.dominance)
    # Seed and number together: each list has chance of its own, and can be made again without those before it.
    made = plan_calls(firms, classes, rule, np.random.default_rng([plan.seed % 2**63, number]))
    # Where a follow-up sample was drawn it alone is called: the class decides who of it comes first, not who is in it.
    is_drawn = any(part == FollowUpPart.DRAWN.value for _pk, _number, part in sampled)
    reasons = {CallReason.CLASS: CallReason.FOLLOW_UP} if is_drawn else {}
    listed = tuple(
        NextCall(
            case=int(cases[rows[call.row]]),
            reason=reasons.get(call.reason, call.reason),
            klass=classes.labels[int(firms.klass[call.row])],
            calls_before=int(firms.calls[call.row]),
        )
        for call in made.calls
    )
    return NextCalls(
        calls=listed,
        answered=int(firms.answered.sum()),
        error=overall(made.error),
        expected=overall(made.expected),
        answers=made.answers,
        minutes=made.minutes,
        figures=_figure_rows(wave, figures, made),
        classes=_classes(classes, Counter(call.klass for call in listed)),
    )


def _sampled(wave: Wave) -> list[tuple[int, float, str]]:
    """Case, random number and part in a follow-up sample of every sampled firm, in the order of the rows of weights."""
    columns = ("pk", "sample_unit__permanent_random_number", "follow_up_sample")
    # By number of case: weights have their rows in this order (``cases_of``).
    return list(Case.objects.filter(wave=wave).order_by("id").values_list(*columns))


def _figures(wave: Wave, plan: CallingPlan) -> KeyFigures:
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, "en")
    targets = Targets(points=plan.points, percent=plan.percent)
    return figures_to_watch(prepared.extract, headline_figures(planned_tables(words)), targets)


def _figure_rows(wave: Wave, figures: KeyFigures, made: CallPlan) -> list[list[Any]]:
    """[code, {language: label}, error now, error expected] of each figure."""
    collected = prepared_of(wave).collected
    named = {
        language: dict(headline_figures(planned_tables(wave_vocabulary(wave, collected, language))))
        for language in LANGUAGES
    }
    labels = {language: dict(names.keys()) for language, names in named.items()}
    return [
        [code, {language: labels[language].get(code, code) for language in LANGUAGES}, float(error), float(expected)]
        for code, error, expected in zip(figures.codes, made.error, made.expected, strict=True)
    ]


def _classes(classes: CallClasses, listed: "Counter[str]") -> list[list[Any]]:
    """[label, answers, firms they stand for, chance of a call, calls on the list], those with most calls first."""
    # Rounded as they are kept and shown: what a list was made from need not be known to more digits than it is read.
    rows: list[list[Any]] = [
        [label, int(answers), round(float(stands), 1), round(float(chance), 3), listed[label]]
        for label, answers, stands, chance in zip(
            classes.labels, classes.answered, classes.stands_for, classes.chance, strict=True
        )
    ]
    return sorted(rows, key=lambda row: (-row[4], row[0]))


def _contacts(wave: Wave, cases: Ints, number: Floats) -> Contacts:
    """What was tried with each sampled firm, in the order of the cases; two queries."""
    row = {case: place for place, case in enumerate(cases.tolist())}
    may = set(may_be_called(wave).values_list("pk", flat=True))
    entries = CaseEntry.objects.filter(case__wave=wave, kind__in=CALLED).order_by("id").values_list("case", "result")
    made = [(row[case], MINUTES_OF_RESULT.get(result, MINUTES)) for case, result in entries]
    # With their type, since a wave in which nobody was called yet has an empty list, of which numpy makes floats.
    caller = np.array([place for place, _minutes in made], np.intp)
    return Contacts(
        open=np.array([case in may for case in cases.tolist()], bool),
        calls=np.bincount(caller, minlength=len(cases)),
        number=number,
        minutes=np.array([minutes for _place, minutes in made], float),
        caller=caller,
    )


def _turned(numbers: list[float], plan: CallingPlan) -> Floats:
    """The permanent random numbers, turned by the seed: the firms drawn first are not those called first."""
    shift = float(np.random.default_rng(plan.seed % 2**63).random())
    return np.asarray((np.array(numbers, float) + shift) % 1.0, float)
