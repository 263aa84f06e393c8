"""From the fieldwork to final weights: eligibility, merging, nonresponse, calibration, as a plan says.

Firms out of scope stay as rows whose answers are nothing, and so does the part 1 - e of each firm of unknown
eligibility: with the respondents they stand for the whole frame, so frame counts come back and the number of firms in
scope is an estimate with an error.
"""

from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.calibrated.against_frame import FrameRow, against_frame
from survey.methods.calibrated.calibration import Calibration
from survey.methods.calibrated.to_frame import Category, ToFrame, calibrate_to_frame
from survey.methods.errors import EmptyDomain
from survey.methods.weights.adjusting import adjusted
from survey.methods.weights.eligibility import Eligibility, eligibility
from survey.methods.weights.fieldwork import LEAST_RESPONDENTS, Fieldwork
from survey.methods.weights.final import CalibrationReport, Weights
from survey.methods.weights.merging import CERTAIN, MergedStrata, merge_strata
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.trimming import Trimming
from survey.methods.weights.two_phases import first_phase, phases_of
from survey.methods.weights.weighting import ClassFactor
from survey.weighting_terms import EligibilityClass

OUT_OF_SCOPE = "out of scope"
"""Behind the label of a class: the stratum of its firms out of scope."""


def weigh_as(fieldwork: Fieldwork, plan: WeightingPlan | None = None) -> Weights:
    """Weights of the respondents by a plan.

    Raises `EmptyDomain` below two respondents, `EmptyStratum` where nobody can answer for a stratum (only firms of
    complete take-all strata responded, which stand for themselves), and where the plan requires a calibration that
    cannot be made the error that says why.
    """
    chosen = plan or WeightingPlan()
    # However many a stratum is to have: where fewer answered in all they are weighed together.
    if len(fieldwork.respondents) < LEAST_RESPONDENTS:
        raise EmptyDomain(len(fieldwork.respondents), "Fewer than two firms responded.", "Wait for more responses.")
    found = _eligibility(fieldwork, chosen)
    merged = _merged(fieldwork, found, chosen)
    homes, klass = np.unique(merged.home[fieldwork.stratum], return_inverse=True)
    base, classes, trimming = adjusted(fieldwork, chosen, found.share, merged, homes, klass)
    return _finished(fieldwork, chosen, found, merged, homes, klass, base, classes, trimming)


def _eligibility(fieldwork: Fieldwork, plan: WeightingPlan) -> Eligibility:
    place, names = _eligibility_classes(fieldwork, plan.eligibility.by)
    return eligibility(
        fieldwork.outcome,
        fieldwork.design_weight,
        place[fieldwork.stratum],
        names,
        plan.eligibility,
        responded=fieldwork.responded,
        followed_up=fieldwork.followed_up,
    )


def _eligibility_classes(fieldwork: Fieldwork, by: EligibilityClass) -> tuple[Ints, tuple[str, ...]]:
    """(H,) class of each stratum, and the labels: those of a frame variable of this name, else the places."""
    if by is EligibilityClass.ALL:
        return np.zeros(len(fieldwork.strata), np.intp), (by.value,)
    places = fieldwork.places.size if by is EligibilityClass.SIZE else fieldwork.places.industry
    distinct, number = np.unique(places, return_inverse=True)
    return number, tuple(_place_label(fieldwork, by.value, place, places) for place in distinct.tolist())


def _place_label(fieldwork: Fieldwork, variable: str, place: int, places: Ints) -> str:
    # The frame's label is taken only where all firms of the place carry it; else the place has just its number.
    if variable in fieldwork.categories:
        one = fieldwork.categories[variable]
        codes = one.codes[np.isin(fieldwork.stratum, np.flatnonzero(places == place))]
        if len(codes) and codes[0] >= 0 and (codes == codes[0]).all():
            return one.labels[int(codes[0])]
    return f"{variable} {place}"


def _merged(fieldwork: Fieldwork, found: Eligibility, plan: WeightingPlan) -> MergedStrata:
    stratum, strata, answers = fieldwork.stratum, len(fieldwork.strata), fieldwork.responded
    # A stratum is taken whole only if none of its firms stands for another.
    standing = np.bincount(stratum[fieldwork.design_weight > CERTAIN], minlength=strata)
    return merge_strata(
        fieldwork.strata,
        fieldwork.places,
        np.bincount(stratum[answers], minlength=strata),
        sums_by(stratum, fieldwork.design_weight * found.share * ~answers, strata),
        standing == 0,
        least=plan.least_respondents,
        order=plan.merging,
        stated=plan.neighbours,
        responding=sums_by(stratum, fieldwork.design_weight * answers, strata),
        largest_factor=plan.largest_factor,
    )


def _finished(
    fieldwork: Fieldwork,
    plan: WeightingPlan,
    found: Eligibility,
    merged: MergedStrata,
    homes: Ints,
    klass: Ints,
    base: Floats,
    classes: tuple[ClassFactor, ...],
    trimming: Trimming | None,
) -> Weights:
    answers, weight = fieldwork.responded, fieldwork.design_weight
    # What of the design weight is not in scope: all of it for a firm out of scope, 1 - e where nobody knows.
    spare = np.where(answers, 0.0, weight * (1 - found.share))
    others = np.flatnonzero(spare > 0)
    rows = np.concatenate([fieldwork.respondents, others])
    n, size = len(fieldwork.respondents), len(homes)
    first = first_phase(fieldwork, plan.eligibility.rule, found, klass, size, others)
    inside, outside = np.flatnonzero(first.respondents), np.flatnonzero(first.outside)
    place_in, place_out = np.full(size, -1), np.full(size, -1)
    # A class may be a stratum twice, in and out of scope: the strata in scope come first.
    place_in[inside], place_out[outside] = np.arange(len(inside)), len(inside) + np.arange(len(outside))
    before = np.concatenate([base[fieldwork.respondents], spare[others]])
    # Calibration leaves closed firms at 1, for the reason that merging does.
    held = merged.closed[fieldwork.stratum[rows]]
    firms = _certain_outcome(found.share, rows, n)
    # Calibration brings no answer above the limit again; a class whose mean is above it keeps what it has.
    most = None if trimming is None else np.where(np.arange(len(rows)) < n, np.maximum(before, trimming.limit), np.inf)
    names = [fieldwork.strata[h] for h in homes.tolist()]
    made, report = _calibrated(fieldwork, plan, rows, before, held, firms, most)
    weight_after = before if made is None else made.weight
    stratum = np.concatenate([place_in[klass[rows[:n]]], place_out[klass[others]]])
    strata = (*(names[c] for c in inside), *(f"{names[c]} ({OUT_OF_SCOPE})" for c in outside))
    made = made and made.with_leverage(klass[rows], size)
    certain = rows[firms]
    # Units less strata, of the units whose outcome is certain: the part 1 - e of an unknown firm is an estimate and
    # brings no freedom.
    df = len(certain) - len(np.unique(klass[certain]))
    return Weights(
        rows=rows,
        respondents=n,
        stratum=stratum,
        strata=strata,
        weight=weight_after,
        # A class out of scope has at least as many firms as were found there.
        population=np.concatenate([first.in_scope[inside], np.maximum(first.out_of_scope, first.outside)[outside]]),
        klass=klass[rows],
        klass_population=first.population,
        classes=classes,
        notable=tuple(one for one in classes if one.factor > plan.notable_factor),
        merges=merged.merges,
        closed=tuple(fieldwork.strata[h] for h in np.flatnonzero(merged.closed)),
        eligibility=found,
        phases=phases_of(first, inside, outside, df) if len(others) else None,
        calibration=made,
        report=report,
        trimming=trimming and replace(trimming, above=int((weight_after[:n] > trimming.limit * (1 + BELOW)).sum())),
    )


def _certain_outcome(share: Floats, rows: Ints, respondents: int) -> Bools:
    """(r,) rows that are respondents or known to be out of scope: firms, not parts of one."""
    return np.asarray((np.arange(len(rows)) < respondents) | (share[rows] == 0), bool)


def _calibrated(
    fieldwork: Fieldwork,
    plan: WeightingPlan,
    rows: Ints,
    weight: Floats,
    held: Bools,
    firms: Bools,
    most: Floats | None,
) -> tuple[Calibration | None, CalibrationReport | None]:
    if plan.calibration is None or fieldwork.frame is None:
        return None, None
    frame = fieldwork.frame
    categories = {
        name: Category(
            codes=fieldwork.categories[name].codes[rows], labels=fieldwork.categories[name].labels, counts=counts
        )
        for name, counts in frame.counts.items()
    }
    numeric = {name: (fieldwork.numbers[name][rows], total) for name, total in frame.totals.items()}
    least = np.where(firms, np.minimum(weight, 1.0), 0.0)  # a firm stands for itself at least
    made = calibrate_to_frame(plan.calibration, weight, categories, numeric, held, least, most)
    after = weight if made.calibration is None else made.calibration.weight
    below = int((after < least - BELOW).sum())
    frame_rows = against_frame(weight, after, categories, numeric, made.joined)
    return made.calibration, _report(made, plan.calibration.method, frame_rows, below)


BELOW = 1e-5
"""By so much a weight is below 1, and by this part of it above a limit, for other reasons than rounding."""


def _report(made: ToFrame, method: str, frame: tuple[FrameRow, ...], below_one: int) -> CalibrationReport:
    one = made.calibration
    return CalibrationReport(
        method=method,
        smallest=float(one.g.min()) if one else 1.0,
        largest=float(one.g.max()) if one else 1.0,
        worst=one.worst_margin if one else "",
        distance=one.worst_distance if one else np.nan,
        below_one=below_one,
        joined=made.joined,
        frame=frame,
        problem=made.problem,
    )
