"""Groups put every firm of the list into exactly one class, and pairs of them tell firms apart."""

from dataclasses import replace

from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.known import Known
from survey.instrument.plan.lint_groups import group_findings
from survey.instrument.plan.plan import Group, GroupClass
from survey.instrument.schema import Text
from survey.terms import GroupSource
from tests.instrument.plan.small import EXPORTS, FRAME, PLAN, QUESTIONNAIRE, SECTOR

NAME = Text("名", "Name")


def found(*groups: Group, crossings: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str]]:
    """Code and value of each finding."""
    plan = replace(PLAN, groups=groups, crossings=crossings)
    known = Known(questionnaire=QUESTIONNAIRE, plan=plan, frame=FRAME)
    return [(one.code, one.value) for one in group_findings(known)]


def test_classes_that_share_out_all_values_are_sound() -> None:
    assert found(SECTOR, EXPORTS) == []


def test_variable_that_is_not_known_is_one_finding_whatever_its_classes_hold() -> None:
    assert found(replace(SECTOR, variable="colour")) == [("group_unknown_variable", "colour")]


def test_each_value_is_told_that_is_left_out_or_stands_twice() -> None:
    twice = GroupClass(code="again", text=NAME, values=("B",))
    assert found(replace(SECTOR, classes=(SECTOR.classes[0], twice))) == [
        ("group_value_twice", "B"),
        ("group_value_left_out", "C"),
    ]


def test_answers_of_several_choices_make_no_group() -> None:
    assert found(replace(SECTOR, source=GroupSource.ITEM, variable="causes")) == [("group_item_open", "causes")]


def test_pair_is_told_once_as_missing_answered_or_repeated() -> None:
    pairs = (("size", "age"), ("size", "by_exports"), ("size", "sector"), ("sector", "size"))
    assert found(SECTOR, EXPORTS, *FRAME_GROUPS[:2], crossings=pairs) == [
        ("plan_unknown_group", "age"),
        ("crossing_of_answers", "by_exports"),
        ("crossing_twice", "sector × size"),
    ]
