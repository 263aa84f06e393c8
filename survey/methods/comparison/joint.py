"""Joint estimates of statistics of coded items with their covariance matrix: what ranking and contrasts need.

Scores are z = c[code], one number for each code of an item, so that their sums and their fits on auxiliaries follow
from sums by cell (`Moments`). Only the products of two items' scores are added up firm by firm, within their domain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from survey.methods.arrays import ROWS_AT_ONCE, Bools, Floats, Ints
from survey.methods.comparison.fits import fits_of
from survey.methods.comparison.one_item import is_of_one_item, products_of_item, skipping_of_item
from survey.methods.errors import UnknownColumn, UnknownStatus
from survey.methods.estimates.lonely_strata import (
    average_factor,
    lonely_strata,
    overall_centred,
    refuse_lonely,
    variance_factors,
)
from survey.methods.estimates.skipping import coded_answering, skipping_covariance
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.extract import Extract
from survey.methods.moments.passing import moments
from survey.methods.moments.sums import Moments
from survey.threads import of_each

TOGETHER = 64
"""Figures of lists that are worked through together."""
Pair = tuple[str, str]
"""A domain variable and its value."""


@dataclass(frozen=True, eq=False, kw_only=True)
class JointEstimates:
    """Estimates (k,) with their covariance (k, k), answers `n` (k,), df of the design; `names` are (item, level)."""

    names: tuple[tuple[str, str], ...]
    estimates: Floats
    covariance: Floats
    n: Floats
    df: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Scores:
    """The score of one statistic by code of its item, the last entry (code -1) for the unanswered, in its domain."""

    item: str
    table: Floats
    estimate: float
    n: int
    row: int


def joint_estimates(
    extract: Extract,
    statistics: Sequence[CodedStatistic],
    domain: Pair | None = None,
    domains: Sequence[Pair] = (),
    found: Moments | None = None,
) -> JointEstimates:
    """Weighted means of points of several items in one domain (variable, value), each over its own answers.

    ``domains`` gives each statistic its own instead; ``found`` are moments of this extract that have all these items
    and domains, where they were made before. An item without an answer has nan for estimate and covariances.
    """
    own: list[Pair | None] = [*domains] or [domain] * len(statistics)
    # Once each: a page compares many figures in few domains.
    masks = {each: domain_mask(extract, each) for each in dict.fromkeys([domain, *own])}
    found = found or _moments(extract, statistics, own)
    place = {pair: row for row, pair in enumerate(found.domain_values)}
    scores = _scores(found, statistics, [place[each or ("", "")] for each in own])
    groups = {pair: np.array([k for k, each in enumerate(own) if each == pair], np.intp) for pair in dict.fromkeys(own)}
    inside: Groups = {pair: (masks[pair], k) for pair, k in groups.items()}
    covariance = _covariance(extract, found, statistics, scores, inside)
    return _joint(extract, found, statistics, scores, covariance, inside)


def joint_estimates_apart(
    extract: Extract, lists: Sequence[Sequence[CodedStatistic]], domain: Pair, found: Moments
) -> list[JointEstimates]:
    """The same of each of several lists in one domain, which are not compared with one another: what follows from sums
    is worked out for all of them together, since a page has dozens of lists of a few figures."""
    if _needs_answers(extract, lonely_strata(extract.design.units, extract.design.left_out)):
        return [joint_estimates(extract, few, domain, found=found) for few in lists]
    mask, row = domain_mask(extract, domain), found.domain_values.index(domain)
    made: list[JointEstimates] = []
    for some in _some_at_once(lists):
        statistics = [one for few in some for one in few]
        scores = _scores(found, statistics, [row] * len(statistics))
        ends = np.cumsum([len(few) for few in some])
        parts = [np.arange(end - len(few), end) for few, end in zip(some, ends.tolist(), strict=True)]
        covariance = _covariance(extract, found, statistics, scores, {domain: (mask, np.concatenate(parts))}, parts)
        for few, part in zip(some, parts, strict=True):
            own = [scores[k] for k in part.tolist()]
            inside: Groups = {domain: (mask, np.arange(len(few)))}
            made.append(_joint(extract, found, few, own, covariance[np.ix_(part, part)], inside))
    return made


def _some_at_once(lists: Sequence[Sequence[CodedStatistic]]) -> Iterator[list[Sequence[CodedStatistic]]]:
    """The lists in the order given, about `TOGETHER` figures at a time: the work on all grows with their square."""
    some: list[Sequence[CodedStatistic]] = []
    for few in lists:
        some.append(few)
        if sum(map(len, some)) >= TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _joint(
    extract: Extract,
    found: Moments,
    statistics: Sequence[CodedStatistic],
    scores: Sequence[Scores],
    covariance: Floats,
    inside: "Groups",
) -> JointEstimates:
    """With the covariance of all but what skipped questions add."""
    # Only where someone skipped: the sums by firm that this takes cost more than all the rest.
    if any(one.item in extract.skipped for one in statistics):
        covariance = covariance + (
            skipping_of_item(found, statistics, scores)
            if len(inside) == 1 and is_of_one_item(statistics)
            else _skipping(extract, statistics, scores, inside)
        )
    estimates = np.array([score.estimate for score in scores])
    known = ~np.isnan(estimates)
    # A zero there would make a figure that nobody answered a certain one in every comparison.
    covariance[~(known[:, None] & known)] = np.nan
    return JointEstimates(
        names=tuple((one.item, one.level) for one in statistics),
        estimates=estimates,
        covariance=covariance,
        n=np.array([score.n for score in scores], float),
        df=extract.design.degrees_of_freedom,
    )


def domain_mask(extract: Extract, domain: Pair | None) -> Bools:
    """(n,) rows of a domain; None = everybody."""
    if domain is None:
        return np.ones(extract.rows, bool)
    variable, value = domain
    if variable not in extract.domains:
        raise UnknownColumn(variable, f"There is no domain variable '{variable}'.")
    labels = extract.domains[variable].labels
    if value not in labels:
        raise UnknownStatus(value, f"'{variable}' has no value '{value}'.", f"Its values: {', '.join(labels)}.")
    return np.asarray(extract.domains[variable].codes == labels.index(value), bool)


def _moments(extract: Extract, statistics: Sequence[CodedStatistic], own: Sequence[Pair | None]) -> Moments:
    variables = dict.fromkeys(pair[0] for pair in own if pair)
    return moments(extract, list(dict.fromkeys(one.item for one in statistics)), domains=list(variables))


def _scores(found: Moments, statistics: Sequence[CodedStatistic], rows: Sequence[int]) -> list[Scores]:
    """The scores of each statistic in its row of the domain axis."""
    by_width: dict[int, list[int]] = {}
    for k, one in enumerate(statistics):
        by_width.setdefault(len(found.labels[one.item]), []).append(k)
    scores: dict[int, Scores] = {}
    # Tables of one length are worked through together: a page has hundreds of scores.
    for places in by_width.values():
        made = _of_one_width(found, [statistics[k] for k in places], [rows[k] for k in places])
        scores |= zip(places, made, strict=True)
    return [scores[k] for k in range(len(statistics))]


def _of_one_width(found: Moments, statistics: Sequence[CodedStatistic], rows: Sequence[int]) -> list[Scores]:
    """The same of items with equally many codes."""
    points = np.stack([one.by_label(found.labels[one.item]) for one in statistics])
    in_base = ~np.isnan(points)
    given = np.where(in_base, points, 0.0)
    counts, weights = (
        np.where(in_base, each, 0.0) for each in _sums_by_code(found, [one.item for one in statistics], rows)
    )
    n, size = counts.sum(axis=1).round(), weights.sum(axis=1)
    known = (n > 0) & (size > 0)
    safe = np.where(known, size, 1.0)
    estimate = np.where(known, (weights * given).sum(axis=1) / safe, np.nan)
    # Linearised mean: z = (y - mean) / sum of weights (Sarndal, Swensson and Wretman 1992, 5.7).
    table = np.where(in_base & known[:, None], given - estimate[:, None], 0.0) / safe[:, None]
    # The last place is that of no answer.
    tables = np.column_stack([table, np.zeros(len(table))])
    columns = zip(statistics, tables, estimate.tolist(), n.astype(int).tolist(), rows, strict=True)
    return [Scores(item=one.item, table=each, estimate=e, n=few, row=row) for one, each, e, few, row in columns]


def _sums_by_code(found: Moments, items: Sequence[str], rows: Sequence[int]) -> tuple[Floats, Floats]:
    """(k, K) answers and their weights by code, of each item in its row."""
    sums = {
        (item, row): (found.items[item].count[row].sum(axis=0), found.items[item].linear["w"][row].sum(axis=0))
        for item, row in dict.fromkeys(zip(items, rows, strict=True))
    }
    counts, weights = zip(*(sums[each] for each in zip(items, rows, strict=True)), strict=True)
    return np.stack(counts), np.stack(weights)


Groups = dict[Pair | None, tuple[Bools, Ints]]
"""By domain its rows (n,), and the places of the statistics in it."""


def _covariance(
    extract: Extract,
    found: Moments,
    statistics: Sequence[CodedStatistic],
    scores: Sequence[Scores],
    groups: Groups,
    parts: Sequence[Ints] = (),
) -> Floats:
    """sum_h a_h sum_i (u - c_h)(u - c_h)', c_h the stratum mean, or the overall one for lonely strata; with `parts` (
    the places of figures of one group that are compared) only within each of them."""
    design = extract.design
    lonely, present, factor = np.zeros(len(extract.strata), bool), design.units, np.empty(0)
    if extract.phases is None:
        lonely = lonely_strata(design.units, design.left_out)
        refuse_lonely(design.lonely, lonely, design.strata)
        # Who answered matters to these rules alone, and costs a pass over the firms.
        if _needs_answers(extract, lonely):
            present = _present(extract, statistics, groups)
        factor = variance_factors(design.lonely, design.units, design.left_out, lonely, present)
    else:
        factor = extract.phases.factor
    products = _products(extract, found, scores, groups, factor, parts)
    sums = np.stack([found.items[one.item].linear["w"][one.row] @ one.table[:-1] for one in scores], -1)
    fits = fits_of(found, scores, factor)
    if fits is not None:
        # Residuals z - fit multiplied out: zz' - z fit' - fit z' + fit fit'.
        products, sums = products - fits.crossed - fits.crossed.T + fits.squared, sums - fits.sums
    alone = overall_centred(design.units, lonely, present, design.domain_lonely and extract.phases is None)
    means = sums / np.maximum(design.units, 1)[:, None]
    centre = np.where(alone[:, None], sums.sum(axis=0) / max(extract.rows, 1), means)
    # sum (u - c)(u - c)' = sum uu' - sum u c' - sum c u' + n cc'.
    shift = sums.T @ (factor[:, None] * centre)
    matrix = products - shift - shift.T + centre.T @ ((factor * design.units)[:, None] * centre)
    if extract.phases is not None:
        # The second phase of sampling has its own covariance between strata, from their sums alone.
        matrix = matrix + extract.phases.between_sums(sums)
    matrix = np.asarray(matrix * average_factor(design.lonely, lonely, present), float)
    return _without_noise(matrix)


def _needs_answers(extract: Extract, lonely: Bools) -> bool:
    """Whether it matters for lonely strata which firms answered."""
    design = extract.design
    return extract.phases is None and bool(lonely.any() or design.domain_lonely or design.lonely == "average")


def _without_noise(matrix: Floats) -> Floats:
    """The covariance without what rounding leaves of differences of sums: where the firms of each stratum answered
    alike these are 1e-18 of either sign, the one of a pair not that of the other, and all that there is."""
    variance = np.maximum(np.diag(matrix), 0.0)
    most = np.sqrt(np.outer(variance, variance))
    return np.asarray(np.clip((matrix + matrix.T) / 2, -most, most), float)


def _present(extract: Extract, statistics: Sequence[CodedStatistic], groups: Groups) -> Ints:
    """(H,) firms that gave an answer to one of the statistics in its domain."""
    answered = np.zeros(extract.rows, bool)
    for inside, places in groups.values():
        for one in (statistics[k] for k in places.tolist()):
            column = extract.item(one.item)
            in_base = np.append(~np.isnan(one.by_label(column.labels)), False)
            answered |= in_base[column.codes] & inside
    return np.bincount(extract.stratum[answered], minlength=len(extract.strata))


def _skipping(
    extract: Extract, statistics: Sequence[CodedStatistic], scores: Sequence[Scores], groups: Groups
) -> Floats:
    """(k, k) what skipped questions add. Figures of firms apart share nothing: each domain is looked at by itself."""
    found = np.zeros((len(scores), len(scores)))
    # Domains that share no firm are worked through one by one, each over its own firms only.
    apart = not any(_may_overlap(one, two) for one, two in combinations(groups, 2))
    together = list(groups.values()) if apart else [(np.ones(extract.rows, bool), np.arange(len(scores)))]
    masks = {k: inside for inside, places in groups.values() for k in places.tolist()}
    for inside, places in together:
        rows, few = np.flatnonzero(inside), places.tolist()
        z = _of_rows(extract, [scores[k] for k in few], rows)
        figures = [
            coded_answering(extract, statistics[k], score * masks[k][rows], masks[k], rows)
            for k, score in zip(few, z, strict=True)
        ]
        added = skipping_covariance(extract.weight[rows], extract.stratum[rows], figures)
        found[np.ix_(places, places)] = added
    return found


def _may_overlap(one: Pair | None, two: Pair | None) -> bool:
    """Whether two domains may have a firm in common: values of one variable have none."""
    return one is None or two is None or one[0] != two[0]


def _products(
    extract: Extract,
    found: Moments,
    scores: Sequence[Scores],
    groups: Groups,
    factor: Floats,
    parts: Sequence[Ints] = (),
) -> Floats:
    """(k, k) sums of a w^2 z z'. Values of one variable have no firm in common, and so no products."""
    added = np.zeros((len(scores), len(scores)))
    for inside, places in [(mask, part) for mask, every in groups.values() for part in parts or [every]]:
        few = [scores[k] for k in places.tolist()]
        if len({one.item for one in few}) == 1:
            block = products_of_item(found, few, factor)
        else:
            block = _added(extract, few, [], np.flatnonzero(inside), factor)
        added[np.ix_(places, places)] = block
    for (one, (first, left)), (two, (second, right)) in combinations(groups.items(), 2):
        if _may_overlap(one, two):
            few, others = ([scores[k] for k in places.tolist()] for places in (left, right))
            block = _added(extract, few, others, np.flatnonzero(first & second), factor)
            added[np.ix_(left, right)], added[np.ix_(right, left)] = block, block.T
    return added


def _added(extract: Extract, scores: Sequence[Scores], others: Sequence[Scores], rows: Ints, factor: Floats) -> Floats:
    """Sums of a w^2 z y' over these rows, y the scores of the others, or where there are none those of the first."""
    spread = extract.weight if extract.calibration is None else extract.calibration.spread_weight

    def added(part: Ints) -> Floats:
        z = _of_rows(extract, scores, part)
        y = _of_rows(extract, others, part) if others else z
        return np.asarray(z @ (y * (factor[extract.stratum[part]] * spread[part] ** 2)).T, float)

    found = np.zeros((len(scores), len(others or scores)))
    for products in of_each(added, _batches(rows), len(rows)):
        found += products
    return found


def _batches(rows: Ints) -> Iterator[Ints]:
    # Scores of all statistics of a province would not fit into memory.
    yield from (rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE))


def _of_rows(extract: Extract, scores: Sequence[Scores], rows: Ints) -> Floats:
    """(k, m) the scores of these rows."""
    # A statistic of an item in use before needs the same codes.
    codes = {item: extract.items[item].codes[rows] for item in dict.fromkeys(one.item for one in scores)}
    found = np.empty((len(scores), len(rows)))
    for k, one in enumerate(scores):
        # With its default mode numpy buffers `out`; wrapped, the code -1 of no answer reaches the last entry as well.
        np.take(one.table, codes[one.item], out=found[k], mode="wrap")
    return found
