"""Composite indices overall and by domain, and the linearised form of every statistic that has one.

The scores of an index are those of its parts times their weights. The parts are answered by the same firms, so their
covariances count: V(sum w_k y_k) = w' V w (Sarndal, Swensson and Wretman 1992, 5.7).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.estimates.domains import row_by_domain
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation, summarise
from survey.methods.estimates.intervals import IntervalRule, t_interval
from survey.methods.estimates.linearisation import Linearised, linear_mean, linear_ratio, linear_total
from survey.methods.estimates.skipping import Skipping, coded_answering, skipping_covariance
from survey.methods.estimates.statistics import CodedStatistic, IndexStatistic, NumericStatistic
from survey.methods.estimates.variance import score_df
from survey.methods.extract import Extract

Linear = CodedStatistic | NumericStatistic | IndexStatistic


def linearised(extract: Extract, asked: Linear, domain: Bools | None = None) -> Linearised:
    """The estimate of a statistic in a domain with the score of every row."""
    if isinstance(asked, IndexStatistic):
        return _linear_index(extract, asked, domain)
    if isinstance(asked, CodedStatistic):
        linear = linear_total if asked.total else linear_mean
        return linear(extract.design, points_of_rows(extract, asked), domain)
    values = extract.value(asked.item)
    if asked.denominator:
        return linear_ratio(extract.design, values, extract.value(asked.denominator), domain)
    return (linear_total if asked.total else linear_mean)(extract.design, values, domain)


def points_of_rows(extract: Extract, asked: CodedStatistic) -> Floats:
    """(n,) the points of each answer, nan outside the base."""
    column = extract.item(asked.item)
    return np.append(asked.by_label(column.labels), np.nan)[column.codes]


def _linear_index(extract: Extract, asked: IndexStatistic, domain: Bools | None) -> Linearised:
    parts = [linearised(extract, part, domain) * weight for part, weight in asked.parts]
    return Linearised(
        estimate=asked.constant + sum(part.estimate for part in parts),
        score=np.sum([part.score for part in parts], axis=0),
        # A firm that answered one part carries error into the index, whatever it left open.
        inside=np.logical_or.reduce([part.inside for part in parts]),
    )


def answering(extract: Extract, asked: Linear, domain: Bools | None = None) -> list[Skipping]:
    """The scores of a statistic (of each part of an index, times its weight) with who answered and who skipped, where
    skipping adds an error; [] where it adds none."""
    if isinstance(asked, IndexStatistic):
        parts = [(each, weight) for part, weight in asked.parts for each in answering(extract, part, domain)]
        return [replace(each, score=each.score * weight) for each, weight in parts]
    items = [asked.item] if isinstance(asked, CodedStatistic) else [asked.item, asked.denominator]
    masks = [extract.skipped[item] for item in items if item in extract.skipped]
    if not masks:
        return []
    linear, inside = linearised(extract, asked, domain), extract.in_scope if domain is None else domain
    if isinstance(asked, CodedStatistic):
        return [coded_answering(extract, asked, linear.score, inside)]
    skipped = np.logical_or.reduce(masks) & inside
    return [Skipping(score=linear.score, answered=linear.inside, skipped=skipped)]


def skipping_variance(extract: Extract, asked: Linear, domain: Bools | None = None) -> float:
    """What skipped questions add to the variance of a statistic in a domain."""
    figures = answering(extract, asked, domain)
    return float(skipping_covariance(extract.weight, extract.stratum, figures).sum()) if figures else 0.0


def fewest_answers(extract: Extract, asked: IndexStatistic, domain: Bools | None = None) -> int:
    """The smallest number of firms that a part of the index rests on; protection counts these."""
    return min(linearised(extract, part, domain).n for part, _ in asked.parts)


def tabulated_index(
    extract: Extract,
    asked: IndexStatistic,
    domains: Sequence[str],
    rule: IntervalRule | None = None,
    *,
    everybody: bool = True,
) -> list[Estimate]:
    """Rows of one index: everybody (if wanted), then each value of each domain variable; `n` are the fewest answers of
    a part.

    A pass for each domain: a plan has a handful of indices, and their parts have bases of their own.
    """
    chosen = rule or IntervalRule()
    rows = [_row(extract, asked, None, chosen)] if everybody else []
    for variable in domains:
        column = extract.domains[variable]
        for position, label in enumerate(column.labels):
            row = _row(extract, asked, np.asarray(column.codes == position, bool), chosen)
            rows.append(row._replace(domain=variable, domain_value=label))
    return rows


def _row(extract: Extract, asked: IndexStatistic, domain: Bools | None, rule: IntervalRule) -> Estimate:
    linear = _linear_index(extract, asked, domain)
    row = summarise(extract.design, linear, asked.name, item=asked.item, confidence=rule.confidence)
    added = skipping_variance(extract, asked, domain)
    fewest = row._replace(n=fewest_answers(extract, asked, domain), se=float(np.hypot(row.se, np.sqrt(added))))
    if not rule.by_domain:
        low, high = t_interval(fewest.estimate, fewest.se, fewest.df, rule.confidence)
        return fewest._replace(ci_low=low, ci_high=high, cv=coefficient_of_variation(fewest.estimate, fewest.se))
    # Of the index as it is: its parts may rest on few firms of large weight even where each has many answers.
    free = score_df(extract.design, linear.score, linear.inside)
    return row_by_domain(extract.design, fewest, linear.inside, rule.confidence, df_effective=free, is_known=added == 0)
