"""The account of response and weights in words: tables for the method section of a page and for a release."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import isnan

from survey.exchange.figures.captions import stratum_names
from survey.exchange.figures.shown import percentage, signed
from survey.methods.calibrated.against_frame import FrameRow
from survey.methods.collected import Weighted
from survey.methods.errors import MethodsError, NotConverged
from survey.methods.nonresponse.representativity import Representativity
from survey.methods.tables.account import Account, ClassAccount
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.final import CalibrationReport
from survey.methods.weights.trimming import Trimming
from survey.methods.weights.weighting import Merge
from survey.selectors.said import said as _
from survey.weighting_terms import CalibrationMethod, EligibilityRule, FrameMargin, FrameTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTable:
    """A table of texts under a title, with sentences above it; without rows the sentences stand alone."""

    title: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def account_tables(account: Account, weighted: Weighted, words: Vocabulary) -> list[AccountTable]:
    """Eligibility and response by class, factors and merges, calibration with frame against estimate, likeness, and
    what was done to numbers; in the language that is active."""
    names = _names(words)
    tables = [_eligibility(account, words, names), _factors(weighted, words, names)]
    report = weighted.weights.report
    tables += [_calibration(report, names)] if report is not None else [_no_calibration()]
    tables += [likeness_table(account.likeness, names)] if account.likeness is not None else []
    return tables + list(_numbers(weighted))


def _names(words: Vocabulary) -> Mapping[str, str]:
    """What variables, categories and strata are called, by their codes."""
    found = {heading.code: heading.label for headings in words.frame.values() for heading in headings}
    found |= {one.value: _(one.label) for kind in (FrameMargin, FrameTotal) for one in kind}
    return found


def category_in_words(code: str, names: Mapping[str, str]) -> str:
    """A category, a stratum "C-small" or joined categories "C+D" in words."""
    parts = code.split("+")
    # A whole code first: a category of its own may have a hyphen in it.
    return " + ".join(names.get(part) or " · ".join(names.get(one, one) for one in part.split("-")) for part in parts)


def _eligibility(account: Account, words: Vocabulary, names: Mapping[str, str]) -> AccountTable:
    head = (_("Class"), _("Eligible share e"), _("Standard error"), _("From where"), _("Cases resolved"),
            _("Cases unknown"), _("RR1"), _("RR3"), _("RR4"))  # fmt: skip
    total = account.plain
    overall = (_("All firms"), "", "", "", "", "", percentage(total.rr1), percentage(total.rr3), percentage(total.rr4))
    sentences = [
        _("Firms of which nobody knows whether they are in scope count with the share e, in weights, RR3 and RR4.")
    ]
    if account.classes[0].share.rule is EligibilityRule.STATED:
        sentences.append(
            _("Reason of the stated share: %(reason)s") % {"reason": words.read(words.plan.weighting.reason)}
        )
    rows = tuple(_class_row(one, names) for one in account.classes)
    return AccountTable(
        title=_("Eligibility and response by class"), sentences=tuple(sentences), head=head, rows=(*rows, overall)
    )


def _class_row(one: ClassAccount, names: Mapping[str, str]) -> tuple[str, ...]:
    share, rates = one.share, one.rates
    origin = _(share.rule.label)
    if share.pooled:
        origin = _("%(rule)s, all classes together") % {"rule": origin}
    # The one class of all firms is no category of any variable.
    label = _("All firms") if share.label == "all" else category_in_words(share.label, names)
    shown = ("", "", "") if rates is None else tuple(map(percentage, (rates.rr1, rates.rr3, rates.rr4)))
    known = (f"{share.e:.3f}", f"{share.se:.3f}", origin, f"{share.resolved:,}", f"{share.unknown:,}")
    return (label, *known, *shown)


def _factors(weighted: Weighted, words: Vocabulary, names: Mapping[str, str]) -> AccountTable:
    weights = weighted.weights
    largest = max((one.factor for one in weights.classes), default=1.0)
    sentences = [_("The largest factor for firms that did not answer is %(factor)s.") % {"factor": f"{largest:.2f}"}]
    if weights.closed:
        text = _("In %(count)s strata that were taken whole every firm answered; these firms stand for themselves.")
        sentences.append(text % {"count": len(weights.closed)})
    sentences += [_merged(merge, words) for merge in weights.merges]
    if weights.trimming is not None:
        sentences += _trimmed(weights.trimming, words.plan.weighting.largest_weight or 0.0)
    if weights.notable:
        sentences.append(_("Factors above 3, where few answers stand for many firms:"))
    rows = tuple(
        (category_in_words(one.code, names), f"{one.eligible:,}", f"{one.respondents:,}", f"{one.factor:.2f}")
        for one in weights.notable
    )
    head = (_("Class"), _("Firms drawn, in scope"), _("Answers"), _("Factor"))
    return AccountTable(
        title=_("Factors and merged strata"), sentences=tuple(sentences), head=head if rows else (), rows=rows
    )


def _merged(merge: Merge, words: Vocabulary) -> str:
    (code, into), chosen = stratum_names(merge, words), words.plan.weighting
    if merge.respondents >= chosen.least_answers:
        text = _("%(code)s has a factor above %(times)s times that of all strata and was merged with %(into)s.")
        return text % {"code": code, "times": f"{chosen.largest_factor or 0.0:g}", "into": into}
    if chosen.least_answers == 2:
        return _("%(code)s has fewer than two answers and was merged with %(into)s.") % {"code": code, "into": into}
    text = _("%(code)s has fewer than %(least)s answers and was merged with %(into)s.")
    return text % {"code": code, "least": chosen.least_answers, "into": into}


def _trimmed(trimming: Trimming, times: float) -> Iterator[str]:
    yield _(
        "No answer is to count more than %(times)s times the mean: %(cut)s weights were above it, and %(moved)s of all "
        "weights went to others of their classes."
    ) % {"times": f"{times:g}", "cut": f"{trimming.cut:,}", "moved": percentage(trimming.moved)}
    if trimming.above:
        yield _(
            "%(count)s weights remain above it: the mean of their class is, or the frame could not be met otherwise."
        ) % {"count": f"{trimming.above:,}"}


def _no_calibration() -> AccountTable:
    return AccountTable(title=_("Frame against estimate"), sentences=(_("Weights were not calibrated to the frame."),))


def _calibration(report: CalibrationReport, names: Mapping[str, str]) -> AccountTable:
    head = (
        _("Variable"), _("Category"), _("Frame"), _("Before calibration"), _("Estimate"), _("Difference"),
        _("Comes back"),
    )  # fmt: skip
    joined = {"+".join(one.members) for one in report.joined}
    rows = tuple(
        (names.get(one.variable, one.variable), category_in_words(one.category, names) or _("Total"),
         f"{one.frame:,.0f}", f"{one.before:,.0f}", f"{one.after:,.0f}", _gap(one), _comes_back(one, names, joined))
        for one in report.frame
    )  # fmt: skip
    return AccountTable(
        title=_("Frame against estimate"), sentences=tuple(_how_calibrated(report, names)), head=head, rows=rows
    )


def _gap(one: FrameRow) -> str:
    """The relative difference; empty where the frame has nothing that it could be relative to."""
    return "" if isnan(one.gap) else signed(one.gap, "+.2%")


def _comes_back(one: FrameRow, names: Mapping[str, str], joined: Collection[str]) -> str:
    """Whether the weights give the frame's figure back: exactly, joined with others, only within these, or not."""
    if one.within:
        others = [category_in_words(each, names) for each in one.within.split("+") if each != one.category]
        return _("only together with %(others)s") % {"others": " + ".join(others)}
    if abs(one.after - one.frame) > EXACT * max(abs(one.frame), 1.0):
        return _("not calibrated to")
    return _("exactly, as one joined line") if one.category in joined else _("exactly")


EXACT = 1e-8
"""A count or total comes back where it is met to this part of it, far below any digit that is shown."""


def _how_calibrated(report: CalibrationReport, names: Mapping[str, str]) -> Iterator[str]:
    method = _(CalibrationMethod(report.method).label)
    # Told and not raised: without calibration there are figures too, and the account has to say which these are.
    if report.problem is not None:
        yield _problem(report.problem, names)
    else:
        text = _(
            "Calibrated to the frame: %(method)s. Factors from %(low)s to %(high)s; every total is met to %(distance)s."
        )
        yield text % {
            "method": method,
            "low": f"{report.smallest:.2f}",
            "high": f"{report.largest:.2f}",
            "distance": signed(report.distance, ".4%"),
        }
        if report.below_one:
            yield _(
                "The frame could not be met without weights below 1: %(count)s firms stand for less than one firm."
            ) % {"count": report.below_one}
    for one in report.joined:
        members = " + ".join(category_in_words(member, names) for member in one.members)
        variable = names.get(one.margin, one.margin)
        yield _("%(variable)s: %(members)s were met together, since few firms answered.") % {
            "variable": variable, "members": members,
        }  # fmt: skip


def _problem(problem: MethodsError, names: Mapping[str, str]) -> str:
    if isinstance(problem, NotConverged):
        # A margin is named "variable:category", a total by its variable alone.
        variable, _colon, category = str(problem.value).partition(":")
        place = " ".join(filter(None, (names.get(variable, variable), category_in_words(category, names))))
        return _(
            "Weights were not calibrated: “%(place)s” of the frame cannot be met within the bounds of the factors. "
            "Allow wider bounds, or fewer counts and totals."
        ) % {"place": place}
    return _("Weights were not calibrated, since the frame does not fit the sample: %(problem)s") % {"problem": problem}


def likeness_table(one: Representativity, names: Mapping[str, str]) -> AccountTable:
    """The R-indicator with its parts; ``names`` of variables and categories stand by their codes."""
    head = (_("Variable"), _("Category"), _("Response"), _("Unconditional"), _("Conditional"))
    rows: list[tuple[str, ...]] = []
    for part in one.variables:
        variable = names.get(part.variable, part.variable)
        overall = (_with_error(part.unconditional, part.se, ".3f"), _with_error(part.conditional, part.se, ".3f"))
        rows.append((variable, "", "", *overall))
        rows += [
            (variable, category_in_words(each.category, names), percentage(each.propensity),
             _with_error(each.unconditional, each.unconditional_se, "+.3f"),
             _with_error(each.conditional, each.conditional_se, ".3f"))
            for each in part.categories
        ]  # fmt: skip
    text = _(
        "R-indicator %(r)s, less its bias %(adjusted)s, 95 %% interval %(low)s to %(high)s with these variables (1: "
        "all kinds of firms are as likely to answer). No mean can be off by more than %(bias)s of its standard "
        "deviations. Partial values with their standard errors: how far each variable and category stands from that; "
        "below 0 fewer answered."
    )
    low, high = one.interval
    numbers = {
        "r": f"{one.r:.3f}",
        "adjusted": f"{one.r_adjusted:.3f}",
        "low": f"{low:.3f}",
        "high": f"{high:.3f}",
        "bias": f"{one.largest_bias:.2f}",
    }
    return AccountTable(
        title=_("How like the sample the answers are"), sentences=(text % numbers,), head=head, rows=tuple(rows)
    )


def _with_error(value: float, error: float, form: str) -> str:
    return f"{signed(value, form)} ± {error:.3f}"


def _numbers(weighted: Weighted) -> Iterator[AccountTable]:
    """What was filled and weighed down, with its effect; nothing where the survey wants neither."""
    rows = tuple(
        (
            item,
            f"{int(one.filled.filled.sum()):,}" if one.filled is not None else "",
            f"{one.effect.cut:,}" if one.effect is not None else "",
            signed(one.effect.relative, "+.2%") if one.effect is not None else "",
        )
        for item, one in weighted.numbers.items()
        if one.filled is not None or one.effect is not None
    )
    if rows:
        head = (_("Item"), _("Answers filled"), _("Values weighed down"), _("Effect on the total"))
        yield AccountTable(title=_("Numbers that were filled or weighed down"), head=head, rows=rows)
