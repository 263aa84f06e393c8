"""Influential values and firms whose size has jumped, as the analyst goes through them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.methods.arrays import Ints
from survey.methods.estimates.design import Design
from survey.methods.outliers.influence import Influence, Jump, influential, jumped
from survey.methods.outliers.winsorising import Effect, winsorise
from survey.methods.production import Prepared
from survey.methods.sampling.size_class import classify_sizes
from survey.methods.tables.domain import Domain
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Case, OutlierDecision, Wave
from survey.selectors.design.classifications import read_size_groups
from survey.selectors.results.extract import decisions_of
from survey.selectors.results.sample import SIZE
from survey.terms import SizeClass

EMPLOYEES, REVENUE = "firm_employees", "firm_revenue"
"""Concepts of the items by which a firm tells its size."""
TRADE = ("sample_unit__unit__industry__code", "sample_unit__unit__industry_section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An influential value of a firm: what it is, the cut-off of least mean squared error (None where the value is
    below it), what was decided, and what that did."""

    case: int
    firm: str
    found: Influence
    cutoff: float | None
    decision: OutlierDecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLines:
    """The influential values of an item, the largest first, and the effect of what was decided on all firms."""

    item: Item
    lines: tuple[Line, ...]
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpLine:
    """A firm that reports another size class than it was drawn in."""

    case: int
    firm: str
    found: Jump
    sampled_as: SizeClass
    reported: SizeClass


def influential_values(
    wave: Wave, prepared: Prepared, words: Vocabulary, domain: Domain, share: float
) -> list[ItemLines]:
    """Of each amount that has any, the values above a ``share`` of the weighted total of the firms in ``domain``."""
    extract = prepared.weighted.extract
    design, inside = extract.design, firms_within(prepared.extract, domain)
    decided = {(one.case_id, one.item): one for one in decisions_of(wave)}
    cases = case_of_each(wave, prepared)
    found: list[tuple[Item, tuple[Influence, ...], Mapping[int, float]]] = []
    for item in amounts(words):
        if item.code in extract.values:
            values = influential(design, extract.value(item.code), inside, share=share)
            limits = _cutoffs(design, extract.value(item.code), [one.row for one in values])
            found.append((item, values, limits))
    # Names of those that are listed alone, in one query.
    names = firm_names(cases[one.row] for _item, values, _limits in found for one in values)
    return [
        ItemLines(
            item=item,
            lines=tuple(
                Line(
                    case=cases[one.row],
                    firm=names[cases[one.row]],
                    found=one,
                    cutoff=limits.get(one.row),
                    decision=decided.get((cases[one.row], item.code)),
                )
                for one in values
            ),
            effect=prepared.effects.get(item.code),
        )
        for item, values, limits in found
        if values
    ]


def amounts(words: Vocabulary) -> Iterator[Item]:
    """The items whose amounts could carry a figure."""
    return (item for item in words.questionnaire.items.values() if kind_of(item).is_quantity)


def _cutoffs(design: Design, values: np.ndarray, rows: Sequence[int]) -> dict[int, float]:
    """By row the cut-off that weighs down with the least mean squared error, of the rows above it."""
    if not rows:
        return {}
    made = winsorise(design, values)
    return {row: float(made.cutoff[row]) for row in rows if made.cut[row]}


def case_of_each(wave: Wave, prepared: Prepared) -> list[int]:
    """The case of each respondent, in the order of the answers."""
    # The sample is read in this order too: a respondent is known by its place in it.
    cases = list(Case.objects.filter(wave=wave).order_by("id").values_list("id", flat=True))
    return [cases[row] for row in prepared.collected.respondents.tolist()]


def firm_names(cases: Iterator[int]) -> dict[int, str]:
    """By case the name of its firm."""
    chosen = Case.objects.filter(pk__in=set(cases)).order_by()
    return {case.pk: case.sample_unit.unit.full_name for case in chosen.select_related("sample_unit__unit")}


def jumps(wave: Wave, prepared: Prepared, words: Vocabulary) -> list[JumpLine]:
    """Firms that report a size class other than that of their stratum, the furthest first.

    The class follows from the employees and the revenue that they reported, by the rule that made the frame's; firms
    whose class needs their assets too are not looked at, since nobody asks for those.
    """
    extract, cases = prepared.weighted.extract, case_of_each(wave, prepared)
    reported = _reported_classes(wave, prepared, words, cases)
    if reported is None:
        return []
    # The enum goes from large to micro; places have to grow with the size, so that their difference is the jump.
    order = list(SizeClass)[::-1]
    column = extract.domains[SIZE]
    place = np.array([order.index(SizeClass(label)) for label in column.labels])
    n = len(cases)
    found = jumped(place[column.codes[:n]], reported, extract.weight[:n])
    names = firm_names(cases[one.row] for one in found)
    return [
        JumpLine(
            case=cases[one.row],
            firm=names[cases[one.row]],
            found=one,
            sampled_as=order[one.sampled_as],
            reported=order[one.reported],
        )
        for one in found
    ]


def _reported_classes(wave: Wave, prepared: Prepared, words: Vocabulary, cases: Sequence[int]) -> Ints | None:
    """(n,) place of the reported class from micro to large, -1 where the firm did not tell; None where nobody is asked
    for employees and revenue."""
    asked = {item.concept: item.code for item in words.questionnaire.items.values()}
    if EMPLOYEES not in asked or REVENUE not in asked:
        return None
    values = [prepared.collected.values[asked[concept]] for concept in (EMPLOYEES, REVENUE)]
    trades = {
        case: (division, section)
        for case, division, section in Case.objects.filter(wave=wave).order_by().values_list("id", *TRADE)
    }
    codes, sections = (np.array([trades[case][k] for case in cases], object) for k in (0, 1))
    # X, Y and Z as the rule of 2017 names employees, revenue and assets, of which the last is asked of nobody.
    figures = {"X": values[0], "Y": values[1], "Z": np.full(len(cases), np.nan)}
    sizes = classify_sizes(codes, sections, figures, read_size_groups())
    order = [size.value for size in reversed(SizeClass)]
    told = ~np.isnan(values[0]) & ~np.isnan(values[1]) & ~sizes.partial
    places = [order.index(str(one)) if one else -1 for one in sizes.classes]
    return np.where(told, places, -1)
