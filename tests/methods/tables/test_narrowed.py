"""Where a filter question narrows the base, the share of all firms stands beside that of those asked."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import AnalysisPlan, PlannedBlock
from survey.instrument.schema import Item, Option, Text
from survey.methods.collected import Collected
from survey.methods.extract import Coded, Extract
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.narrowed import led_to
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Cell, ProtectedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.merging import Places
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.words import WORDS, asking

FILTER = "${has} = 'yes'"
HAS = Item(code="has", type=ItemType.YES_NO, text=Text("有设备", "Has devices"))
KIND = Item(
    code="kind", type=ItemType.SINGLE, text=Text("种类", "Kind"), relevant=FILTER,
    options=(Option(code="a", text=Text("甲", "A")), Option(code="b", text=Text("乙", "B"))),
)  # fmt: skip
BLOCK = PlannedBlock(
    code="kinds", presentation=Presentation.CHOICES, statistic=IndicatorKind.SHARE, item="kind", text=Text("", "Kinds")
)
NAMED = replace(
    WORDS,
    questionnaire=asking(HAS, KIND),
    plan=AnalysisPlan(blocks=(BLOCK,), filters={FILTER: Text("有设备", "with devices")}),
)


def answered(asked: int, past: int) -> Collected:
    """Of those asked two thirds say A and the others B; the others have no devices. All of one stratum of 10 times."""
    firms = asked + past
    has = np.array([0] * asked + [1] * past, np.int16)
    kind = np.array([0] * (2 * asked // 3) + [1] * (asked - 2 * asked // 3) + [-1] * past, np.int16)
    return Collected(
        strata=("C-small",),
        places=Places(np.array([0]), np.array([0])),
        stratum=np.zeros(firms, int),
        design_weight=np.full(firms, 10.0),
        disposition=np.array(["complete"] * firms, dtype="U20"),
        domains={
            "industry": Coded(np.zeros(firms, np.int16), ("C",)),
            "size": Coded(np.zeros(firms, np.int16), ("small", "micro")),
        },
        respondents=np.arange(firms),
        items={"has": Coded(has, ("yes", "no")), "kind": Coded(kind, ("a", "b"))},
    )


def kinds(collected: Collected, words: Vocabulary = NAMED) -> ProtectedTable:
    parameters = Parameters(DisclosureRule(threshold=10, show_unreliable=True))
    return produce(prepare(collected, words, parameters), words, planned_tables(words))["kinds"]


def first(collected: Collected) -> Cell:
    return kinds(collected).cell("a", "all")


def test_share_of_all_firms_counts_those_led_past_as_not() -> None:
    """40 of 60 asked, and of 100 in all; the error that of a share: p (1 - p) (1 - f) / (n - 1)."""
    cell = first(answered(60, 40))
    assert cell.estimate == pytest.approx(2 / 3)
    assert cell.of_all is not None
    assert cell.of_all.estimate == pytest.approx(0.4)
    assert (cell.n, cell.of_all.n) == (60, 100)
    assert cell.of_all.se == pytest.approx(np.sqrt(0.4 * 0.6 * 0.9 / 99))


def test_share_of_all_firms_that_would_tell_of_few_is_left_out() -> None:
    assert first(answered(90, 9)).of_all is None
    assert first(answered(90, 10)).of_all is not None


def test_base_is_said_in_the_words_of_the_plan_or_by_the_answers() -> None:
    unplanned = replace(NAMED, plan=replace(NAMED.plan, filters={}))
    assert NAMED.base("kind") == "firms with devices"
    assert unplanned.base("kind") == "firms where “Has devices” is “Yes”"
    assert (replace(NAMED, language="zh").base("kind"), NAMED.base("has")) == ("有设备的企业", "")
    assert {row.base for row in kinds(answered(60, 40)).rows.headings} == {"firms with devices"}


@pytest.mark.parametrize(
    ("condition", "firms"),
    [
        ("${staff} > 10", [2]), ("${staff} >= 10", [1, 2]), ("${staff} < 10", [0]), ("${staff} <= 10", [0, 1]),
        ("${staff} = 10", [1]), ("${staff} != 10", [0, 2]), ("${has} = 'yes'", [0, 3]), ("${has} != 'yes'", [1]),
        ("${has} = 'yes' and ${staff} < 10", [0]), ("${has} = 'yes' or ${staff} > 5", [0, 1, 2, 3]),
        ("selected(${has}, 'yes')", [0, 3]),
    ],
)  # fmt: skip
def test_firms_are_led_by_what_they_answered(condition: str, firms: list[int]) -> None:
    """Of five firms the third did not say whether it has devices, the fourth how many staff; the last is out of scope."""
    extract = Extract(
        stratum=np.zeros(5, int), strata=("all",), weight=np.ones(5), respondents=4,
        items={"has": Coded(np.array([0, 1, -1, 0, 0]), ("yes", "no"))},
        values={"staff": np.array([5.0, 10, 20, np.nan, 10])},
    )  # fmt: skip
    led = led_to(extract, [condition])
    assert led is not None
    assert np.flatnonzero(led).tolist() == firms
    assert led_to(extract, [condition, "${staff} > 'x'"]) is None
    assert led_to(extract, [condition, "${unknown} > 1"]) is None
