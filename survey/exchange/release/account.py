"""What a release says of response and weights: rates and diagnostics that are rounded, since weights are nobody's."""

from collections.abc import Iterator, Mapping, Sequence

from survey.exchange.figures.reliability import reliability_tables
from survey.exchange.figures.weighting import AccountTable
from survey.instrument.codebook import codebook_of
from survey.instrument.schema import Questionnaire
from survey.methods.clearing.steps import LADDER, to_step
from survey.methods.released.publication import PrintedTable
from survey.methods.tables.account import Account
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.weighting import WeightDiagnostics
from survey.selectors.said import said as _

# The base of the rounded numbers of firms in all tables, so that a rate and a table cannot be set against each other.
FIRMS_BASE = 5
"""Numbers of firms are multiples of it."""


def rounded_firms(count: float) -> str:
    """A number of firms as it leaves."""
    # The nearest one: numbers of firms are told here, not limits that firms have to reach.
    return f"{FIRMS_BASE * round(count / FIRMS_BASE):,}"


def released_account(account: Account | None, spread: WeightDiagnostics | None) -> tuple[PrintedTable, ...]:
    """The tables of response and weights of a release, then what marks mean and how often intervals hold.

    Without an account the response is told by the table of response alone, without weights nothing of them.
    """
    rows = (*(_response(account) if account else ()), *(_weights(spread) if spread else ()))
    measures = PrintedTable(title=_("Response and weights"), head=(_("Measure"), _("Value")), rows=rows)
    return measures, *map(_printed, reliability_tables())


def rate_step(sampled: float) -> float:
    """The step of response rates of so many firms: whole per cent where one is as many firms as numbers are told to,
    since with the number of firms sampled a finer rate would give the count back to the unit."""
    return next((step for step in LADDER if step * sampled >= FIRMS_BASE), LADDER[-1])


def _response(account: Account) -> Iterator[tuple[str, str]]:
    plain, by_weight = account.plain, account.weighted
    step = rate_step(sum(plain.cases.values()))
    yield _("Response rate (AAPOR RR1)"), f"{to_step(plain.rr1, step):.0%}"
    yield _("Response rate weighted by the design weight (RR1)"), f"{to_step(by_weight.rr1, step):.0%}"
    yield _("Response rate (AAPOR RR3)"), f"{to_step(plain.rr3, step):.0%}"
    yield _("Response rate weighted by the design weight (RR3)"), f"{to_step(by_weight.rr3, step):.0%}"
    # Lacking while everybody or nobody has answered, and where the model has no solution.
    if account.likeness is not None:
        yield _("How like the sample the answers are (R-indicator, 1 is alike)"), f"{account.likeness.r:.2f}"


def _weights(spread: WeightDiagnostics) -> Iterator[tuple[str, str]]:
    # The smallest and the largest weight stay inside: with the list of firms they would name strata.
    yield _("Loss of precision by unequal weights (Kish)"), f"{spread.kish_deff:.1f}"
    yield _("Effective number of answers"), rounded_firms(spread.n_eff)


def open_answers_table(answers: Mapping[str, Sequence[str]], words: Vocabulary) -> PrintedTable:
    """What firms wrote in their own words and a person let out, in alphabetical order, without anything of the firm."""
    rows = tuple((words.label(item), text) for item, texts in answers.items() for text in texts)
    return PrintedTable(title=_("Open answers"), head=(_("Question"), _("Answer")), rows=rows)


def _printed(table: AccountTable) -> PrintedTable:
    return PrintedTable(title=table.title, sentences=table.sentences, head=table.head, rows=table.rows)


def released_codebook(questionnaire: Questionnaire, language: str) -> PrintedTable:
    """Every variable of the questionnaire with its codes."""
    head = (_("Variable"), _("Wording"), _("Codes"), _("Non-answers"), _("Unit"), _("Asked if"))
    rows = []
    for variable in codebook_of(questionnaire):
        codes, missing = (
            "; ".join(f"{code} = {label.of(language)}" for code, label in pairs)
            for pairs in (variable.codes, variable.missing)
        )
        wording, unit = variable.label.of(language), variable.unit.of(language)
        rows.append((variable.name, wording, codes, missing, unit, variable.base))
    return PrintedTable(title=_("Codebook"), head=head, rows=tuple(rows))
