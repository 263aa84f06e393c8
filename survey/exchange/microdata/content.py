"""What the edited microdata of a wave are made from: one row for each firm that answered, under no name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.instrument.codebook import Variable
from survey.instrument.microdata import MicrodataColumn, heads, left_out, microdata_columns, row_of, with_item_codes
from survey.instrument.schema import Questionnaire
from survey.methods.collected import Weighted
from survey.models import Case, Wave
from survey.selectors.results.extract import (
    collected_of,
    questionnaires_of,
    renaming_of,
    stated_documents,
    versions_of,
)
from survey.selectors.results.sample import DISTRICT, INDUSTRY, SIZE
from survey.selectors.results.wave_results import prepared_of
from survey.services.fieldwork.access_codes import keyed
from survey.terms import AskedUnit
from survey.terms import gettext_noop as _

FRAME_COLUMNS = {
    "firm#row": _("Number of the row; it says nothing about the firm"),
    "firm#weight": _("Final weight: how many firms this one stands for"),
    "firm#stratum": _("Stratum of the variance, after small strata were merged"),
    "firm#population": _("Eligible firms in the stratum, for the finite population correction"),
    f"firm#{INDUSTRY}": _("Industry section in the frame"),
    f"firm#{SIZE}": _("Size class in the frame"),
    f"firm#{DISTRICT}": _("District in the frame"),
}
"""The columns that do not come from answers, with their meaning."""
OF_UNITS = {"firm#firm": _("Number of the firm, the same for all of its local units; it says nothing else")}
"""Beside them where the survey asks local units: whose they are, under no name."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Microdata:
    """The columns and the rows; ``left_out`` are variables that would tell who answered."""

    wave: Wave
    columns: tuple[MicrodataColumn, ...]
    left_out: tuple[Variable, ...]
    rows: tuple[list[Any], ...]

    @property
    def frame_columns(self) -> dict[str, str]:
        """The columns that do not come from answers, with their meaning."""
        return FRAME_COLUMNS | (OF_UNITS if self.wave.survey.asks == AskedUnit.LOCAL_UNIT.value else {})

    @property
    def heads(self) -> list[str]:
        """The names of all columns."""
        return [*self.frame_columns, *heads(self.columns)]


def microdata_of(wave: Wave, *, with_words: bool = False) -> Microdata:
    """The edited microdata of the responses that count. Raises `EmptyDomain` below two of them."""
    versions = _in_newest_codes(wave)
    columns = microdata_columns(versions, with_words=with_words)
    facts = _facts_of_cases(wave)
    if wave.survey.asks == AskedUnit.LOCAL_UNIT.value:
        firm = _firm_numbers(wave)
        facts = {case: [*each, firm[case]] for case, each in facts.items()}
    documents = {case: row_of(columns, document) for case, document in stated_documents(wave)}
    return Microdata(
        wave=wave,
        columns=tuple(columns),
        left_out=tuple(left_out(versions, with_words=with_words)),
        rows=tuple(
            [number, *facts[case], *documents[case]]
            for number, case in enumerate(_shuffled(wave, documents), 1)
            if case in facts
        ),
    )


def _in_newest_codes(wave: Wave) -> list[Questionnaire]:
    """Every version that was answered, oldest first, its items under the codes that the documents come with."""
    renaming = renaming_of(wave)
    pairs = zip(versions_of(wave).values_list("pk", flat=True), questionnaires_of(wave), strict=True)
    return [with_item_codes(each, renaming.get(version, {})) for version, each in pairs]


def microdata_rows(wave: Wave) -> list[int]:
    """The number of its row in the microdata of each firm that answered, in the order of the collected answers."""
    cases = list(Case.objects.filter(wave=wave).order_by("id").values_list("id", flat=True))
    answered = [cases[row] for row in collected_of(wave).respondents.tolist()]
    # Counted over the shuffled rows, so that the number says no more than the order.
    number = {case: place for place, case in enumerate(_shuffled(wave, dict.fromkeys(answered)), 1)}
    return [number[case] for case in answered]


def _shuffled(wave: Wave, cases: Mapping[int, object]) -> list[int]:
    """The cases in an order that only the office's key knows: that of the sample would tell which firm a row is."""
    return sorted(cases, key=lambda case: keyed("order microdata", f"{wave.pk}:{case}"))


def _facts_of_cases(wave: Wave) -> dict[int, list[Any]]:
    """By case that responded its weight, stratum and groups of the frame."""
    prepared = prepared_of(wave)
    cases = list(Case.objects.filter(wave=wave).order_by("id").values_list("id", flat=True))
    # The rows of respondents come first; those behind them keep the design whole and have no answers.
    rows = list(_facts(prepared.weighted))[: prepared.collected.answered]
    return {cases[row]: facts for row, facts in zip(prepared.collected.respondents.tolist(), rows, strict=True)}


def _firm_numbers(wave: Wave) -> dict[int, int]:
    """By case a number of its firm, counted in an order that only the office's key knows."""
    codes = dict(Case.objects.filter(wave=wave).values_list("id", "sample_unit__unit__credit_code"))
    firms = sorted(set(codes.values()), key=lambda code: keyed("order firms of microdata", f"{wave.pk}:{code}"))
    number = {code: place for place, code in enumerate(firms, 1)}
    return {case: number[code] for case, code in codes.items()}


def _facts(weighted: Weighted) -> Iterator[list[Any]]:
    """Of each row of the design: first the firms that answered, then those out of scope, which no microdata have."""
    extract = weighted.extract
    sizes = [] if extract.population is None else extract.population.tolist()
    for row, (stratum, weight) in enumerate(zip(extract.stratum.tolist(), extract.weight.tolist(), strict=True)):
        groups = [extract.domains[name] for name in (INDUSTRY, SIZE, DISTRICT)]
        labels = [group.labels[group.codes[row]] for group in groups]
        yield [weight, extract.strata[stratum], sizes[stratum] if sizes else None, *labels]
