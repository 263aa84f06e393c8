"""Some tables of a page are protected as together with all of them, of which firms are counted and no more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods import production
from survey.methods.change import earlier
from survey.methods.collected import Collected
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.extract import Coded
from survey.methods.production import Parameters, Prepared, prepare, produce
from survey.methods.protection.company import company_of, counted_tables, is_counted
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.domain import domain_of
from survey.methods.tables.making import make_tables
from survey.methods.tables.plan import planned_tables
from survey.methods.weights.merging import Places
from tests.methods.test_production import LABELS
from tests.methods.words import WORDS

PAGE = planned_tables(WORDS)
BY_CODE = {one.code: one for one in PAGE}
DOMAINS = [(), domain_of(industry="C"), domain_of(size="small")]


def firms(seed: int, *, is_census: bool) -> Collected:
    """Forty firms of two industries and sizes; of a census all are drawn and answer, few of them in some groups."""
    generator = np.random.default_rng(seed)
    industry, size = (generator.choice(2, 40, p=[0.8, 0.2]).astype(np.int16) for _ in range(2))
    answering = np.arange(40) if is_census else np.flatnonzero(generator.random(40) < 0.8)

    def answers() -> Coded:
        # Answers of few kinds, so that a whole group says the same.
        return Coded(generator.choice([1, 4, 4, 4, 5], len(answering)).astype(np.int16), LABELS)

    return Collected(
        strata=("all",),
        places=Places(np.array([0]), np.array([0])),
        stratum=np.zeros(40, int),
        design_weight=np.full(40, 1.0 if is_census else 2.0),
        disposition=np.where(np.isin(np.arange(40), answering), "complete", "refusal").astype("U20"),
        domains={"industry": Coded(industry, ("C", "D")), "size": Coded(size, ("small", "micro"))},
        respondents=answering,
        items={"B1": answers(), "B2": answers()},
    )


def prepared_firms(seed: int, *, is_census: bool) -> Prepared:
    rule = DisclosureRule(threshold=4, show_unreliable=True)
    return prepare(firms(seed, is_census=is_census), WORDS, Parameters(rule))


def statuses(table: Any) -> list[Any]:
    return [(row.code, column.code, cell.status, cell.n, cell.rank) for row, column, cell in table.walk()]


@pytest.mark.parametrize("is_census", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_each_table_alone_has_the_statuses_of_the_whole_page(seed: int, is_census: bool) -> None:
    prepared = prepared_firms(seed, is_census=is_census)
    for domain in DOMAINS:
        whole = produce(prepared, WORDS, PAGE, domain)
        for planned in PAGE:
            alone = produce(prepared, WORDS, [planned], domain, page=PAGE)
            assert alone.keys() == {planned.code, "response"}
            # Rows of a table that another orders stand otherwise without it.
            assert sorted(statuses(alone[planned.code]), key=repr) == sorted(statuses(whole[planned.code]), key=repr)


@pytest.mark.parametrize("is_census", [True, False])
def test_counted_firms_are_those_of_the_estimates(is_census: bool) -> None:
    prepared = prepared_firms(3, is_census=is_census)
    for domain in DOMAINS:
        filter_ = prepared.under(domain)
        counted = counted_tables(filter_, PAGE[1:], PAGE[1:])
        for table, estimated in zip(counted, make_tables(filter_, PAGE[1:]), strict=True):
            for (_r, _c, one), (_row, _column, other) in zip(table.walk(), estimated.walk(), strict=True):
                assert (one.n, one.estimate in (0, 1) and one.estimate) == (
                    other.n,
                    other.estimate in (0, 1) and other.estimate,
                )
                assert one.enumerated == (other.enumerated and other.estimate == 1)


def test_company_are_the_other_tables_about_the_same_items() -> None:
    codes = [one.code for one in company_of(PAGE, [BY_CODE["ranking"]])]
    assert codes == ["distribution", "not_applicable", "severity_by_size"]
    assert company_of(PAGE, PAGE) == []


def test_what_counting_does_not_tell_is_estimated() -> None:
    assert all(map(is_counted, PAGE))
    ranking = BY_CODE["ranking"]
    means = {
        place: CodedStatistic(item=one.item, name="mean", points={"1": 1.0, "5": 5.0})
        for place, one in ranking.asked.items()
    }
    assert not is_counted(replace(ranking, asked=means))


@pytest.mark.parametrize("module", [production, earlier])
def test_tables_of_a_chapter_are_protected_beside_their_company(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a figure that the whole page withholds as company of another could be shown."""
    protected: list[set[str]] = []
    protect = module.protect

    def noted(tables: Any, *rules: Any, **known: Any) -> Any:
        protected.append({table.spec.code for table in tables})
        return protect(tables, *rules, **known)

    monkeypatch.setattr(module, "protect", noted)
    prepared, ranking = prepared_firms(1, is_census=False), BY_CODE["ranking"]
    if module is production:
        found = produce(prepared, WORDS, [ranking], page=PAGE)
    else:
        found = earlier.earlier_tables(prepared, WORDS, PAGE, wanted=["ranking"])
    company = {one.code for one in company_of(PAGE, [ranking])}
    assert all({"ranking", *company} <= codes for codes in protected)
    assert (bool(protected), company.isdisjoint(found)) == (True, True)
