"""Tables of change, worked by hand for seven firms in two waves (see test_production)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.instrument.plan.plan import PlannedBlock
from survey.instrument.schema import Item, Option, Text
from survey.methods.change.figures import changes as figure_changes
from survey.methods.change.tables import Pairing, Results, adjusted_p, change_tables
from survey.methods.change.wave import Overlap
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.remembered import Remembered
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import Statistic
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.tables.test_derived import sized_firms, weighed
from tests.methods.test_production import EVERYTHING_SHOWN, coded, seven_firms
from tests.methods.words import PLAN, WORDS, asking, tables

PLANNED = tables(WORDS, "core", "ranking")
SAME = Pairing(overlap=Overlap(np.arange(5), np.arange(5)), items={"B1": "B1", "B2": "B2"})
BEFORE = ["1", "1", "1", "4", "2"]


def results(first: Any = None, domain: Any = (), parameters: Any = EVERYTHING_SHOWN) -> Results:
    collected = seven_firms()
    if first:
        collected = replace(collected, items={**collected.items, "B1": coded(first)})
    prepared = prepare(collected, WORDS, parameters)
    return Results(prepared=prepared, words=WORDS, tables=produce(prepared, WORDS, PLANNED, domain))


def changes(pairing: Any = SAME, domain: Any = (), parameters: Any = EVERYTHING_SHOWN) -> Any:
    later, earlier = results(domain=domain, parameters=parameters), results(BEFORE, domain, parameters)
    return change_tables(later, earlier, pairing, domain)


def test_change_is_the_difference_of_both_figures_in_points() -> None:
    """8/14 now, 2/14 before; the firms whose answer changed have the weights 4 and 2."""
    cell = changes()["change_ranking"].cell("B1", "change")
    assert cell.estimate == pytest.approx(100 * 6 / 14)
    assert cell.n == 5
    assert cell.levels is not None
    assert (cell.levels.n_before, cell.levels.n_after) == (5, 5)
    assert (cell.levels.before, cell.levels.after) == (pytest.approx(2 / 14), pytest.approx(8 / 14))


def test_error_is_that_of_the_differences_within_firms() -> None:
    """d = 1, 0 in one stratum and 1, 0, 0 in the other: V = (4^2 x 1/2 x 2 x 3/4 + 2^2 x 2/3 x 3/2 x 1/2) / 14^2."""
    assert changes()["change_ranking"].cell("B1", "change").se == pytest.approx(100 * np.sqrt(12 + 2) / 14)


def test_firms_in_common_narrow_the_interval() -> None:
    nobody = Pairing(overlap=Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp)), items=SAME.items)
    paired, independent = (changes(pairing)["change_ranking"].cell("B1", "change").se for pairing in (SAME, nobody))
    assert paired < independent


def test_fewer_firms_in_common_than_the_threshold_are_neither_used_nor_counted() -> None:
    """Four of the five firms of each wave are the same, fewer than the five that a figure needs."""
    rule = Parameters(DisclosureRule(threshold=5, show_unreliable=True))
    four, nobody = (
        Pairing(overlap=Overlap(rows, rows), items=SAME.items) for rows in (np.array([0, 1, 3, 4]), np.arange(0))
    )
    few, none = (changes(pairing, parameters=rule)["change_ranking"].cell("B1", "change") for pairing in (four, nobody))
    assert (few.n, few.se) == (None, none.se)
    assert few.estimate == pytest.approx(100 * 6 / 14)


def test_rows_stand_by_the_size_of_their_change() -> None:
    table = changes()["change_ranking"]
    sizes = [abs(cell.estimate or 0.0) for _row, _column, cell in table.walk()]
    assert table.rows.codes == ("B1", "B2")
    assert sizes == sorted(sizes, reverse=True)


def test_item_that_does_not_compare_has_no_row_and_its_theme_neither() -> None:
    found = changes(Pairing(overlap=SAME.overlap, items={"B2": "B2"}, broken=["B1"]))
    assert (found["change_ranking"].rows.codes, found["change_core"].rows.codes) == (("B2",), ())


def test_theme_of_the_same_measures_changes_as_a_whole() -> None:
    assert changes()["change_core"].cell("core_theme", "change").estimate == pytest.approx(100 * (12 - 10) / 14)


def test_change_that_no_firm_made_has_the_error_of_two_samples() -> None:
    cell = changes()["change_ranking"].cell("B2", "change")
    alone = results().tables["ranking"].cell("B2", "4+5").se
    assert (cell.estimate, cell.se) == (0, pytest.approx(100 * np.sqrt(2) * alone))


def test_change_of_figures_without_error_has_no_interval() -> None:
    later = earlier = results(["1"] * 5)
    cell = change_tables(later, earlier, SAME, ())["change_ranking"].cell("B1", "change")
    assert (cell.estimate, cell.se, cell.ci_low) == (0, None, None)


def test_filter_compares_the_firms_of_the_group() -> None:
    assert changes(domain=domain_of(size="small"))["change_ranking"].cell("B1", "change").estimate == pytest.approx(50)


def test_change_of_a_withheld_figure_is_withheld() -> None:
    later, earlier = results(), results(BEFORE, parameters=None)
    cell = change_tables(later, earlier, SAME, ())["change_ranking"].cell("B1", "change")
    assert (cell.status.value, cell.estimate, cell.n) == ("primary", None, None)


def test_unreliable_figures_leave_the_change_blank_in_publication() -> None:
    cell = changes(parameters=EVERYTHING_SHOWN.for_publication())["change_ranking"].cell("B1", "change")
    assert (cell.status.value, cell.estimate) == ("unreliable", None)


def test_p_values_are_adjusted_for_the_whole_table() -> None:
    """t = 42.857 / 26.726 on 3 degrees of freedom, doubled by Holm's rule for two rows; no change has p = 1."""
    assert adjusted_p(changes()["change_ranking"]) == {"B2": 1.0, "B1": pytest.approx(2 * 0.2070, abs=1e-3)}


def with_choice(options: Any, answers: Any) -> Results:
    """A wave that asks one closed item more."""
    item = Item(
        code="D",
        type=ItemType.SINGLE,
        text=Text("", "Demand"),
        options=tuple(Option(code=code, text=Text()) for code in options),
    )
    choices = PlannedBlock(code="choices_D", presentation=Presentation.CHOICES, statistic=IndicatorKind.SHARE, item="D")
    words = replace(
        WORDS,
        questionnaire=asking(*WORDS.questionnaire.items.values(), item),
        plan=replace(PLAN, blocks=(*PLAN.blocks, choices)),
    )
    collected = seven_firms()
    collected = replace(collected, items={**collected.items, "D": coded(answers, options)})
    prepared = prepare(collected, words, EVERYTHING_SHOWN)
    return Results(
        prepared=prepared, words=words, tables=produce(prepared, words, tables(words, "core", "ranking", "choices_D"))
    )


def test_options_that_both_waves_offer_are_compared() -> None:
    """x: firms 1, 3 and 4 of the weights 4, 4, 2, 2, 2 now, firm 1 before."""
    later, earlier = with_choice(("x", "y"), "xyxxy"), with_choice(("x", "z"), "xzzzz")
    table = change_tables(later, earlier, Pairing(overlap=SAME.overlap, items={"D": "D"}))["change_choices_D"]
    assert table.rows.codes == ("x",)
    assert table.cell("x", "change").estimate == pytest.approx(100 * (8 - 4) / 14)


def sized(first: Any = None) -> Results:
    """A wave in which the marked items and the theme are counted by employees: 100, 10, 5, 5 and 20."""
    words, collected = weighed(IndicatorKind.EMPLOYEE_SHARE), sized_firms()
    if first:
        collected = replace(collected, items={**collected.items, "B1": coded(first)})
    prepared = prepare(collected, words, EVERYTHING_SHOWN)
    return Results(prepared=prepared, words=words, tables=produce(prepared, words, tables(words, "items", "sized")))


def test_shares_of_employees_are_compared_in_percentage_points() -> None:
    """B1 is marked by firms 1, 3 and 4 of the weights 4, 4, 2, 2, 2 now, by firm 4 before: 400 + 10 less, of 500."""
    found = change_tables(sized(), sized(BEFORE), SAME)
    table, cell = found["change_items"], found["change_items"].cell("B1", "change")
    assert (table.spec.statistic, table.spec.measured) == (Statistic.SHARE_CHANGE, Statistic.EMPLOYEE_SHARE)
    now, before = (one.tables["items"].cell("B1", "4+5").estimate for one in (sized(), sized(BEFORE)))
    assert now is not None
    assert before is not None
    assert cell.estimate == pytest.approx(100 * (now - before))
    assert now - before == pytest.approx(410 / 500)
    assert cell.n == 5
    assert cell.ci_low is not None


def test_share_of_employees_of_an_item_that_does_not_compare_has_no_change() -> None:
    found = change_tables(sized(), sized(BEFORE), Pairing(overlap=SAME.overlap, items={"B2": "B2"}, broken=["B1"]))
    assert (found["change_items"].rows.codes, found["change_sized"].rows.codes) == (("B2",), ())


def test_changes_of_unchanged_answers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once more nothing is computed; after another answer to B1 all of B1 and of the theme that it is in, not B2."""
    computed: list[list[str]] = []

    def counting(later: Any, earlier: Any, asked: Any, *firms: Any) -> Any:
        computed.append(sorted(one.item for one, _other in asked))
        return figure_changes(later, earlier, asked, *firms)

    monkeypatch.setattr("survey.methods.change.tables.changes", counting)
    known: dict[bytes, Any] = {}
    found = []
    for now in (None, None, ["4", "5", "1", "4", "4"]):
        remembered = Remembered(before=known)
        found.append(change_tables(results(now), results(BEFORE), SAME, remembered=remembered))
        known = remembered.asked
    assert computed == [["B1", "B2", "core_theme"], ["B1", "core_theme"]]
    assert found[0] == found[1]
    assert found[2] == change_tables(results(["4", "5", "1", "4", "4"]), results(BEFORE), SAME)
