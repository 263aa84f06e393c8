from survey.instrument.plan.marked_first import marked_pain_points, ranks_pain_points, with_marked_first
from survey.instrument.plan.plan import AnalysisPlan, Scale
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import NO_TEXT
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options

RANKED = item("r", ItemType.RANKING, options=options("A", "B", "C"))
FORM = one_page(
    item("a", ItemType.SEVERITY, pain_point="A"),
    item("b", ItemType.SEVERITY, pain_point="B"),
    item("c", ItemType.SEVERITY, pain_point="C"),
    RANKED,
)
ASKED = RouteItem(item=RANKED, options=RANKED.options, required=True)


def plan(*, is_adverse: bool = True) -> AnalysisPlan:
    scale = Scale(
        code="s", text=NO_TEXT, items=("a", "b", "c", "gone"), steps=(), marked=("4", "5"), is_adverse=is_adverse
    )
    return AnalysisPlan(scales=(scale,))


def test_pain_points_rated_serious_or_worse_are_marked() -> None:
    answers = {"a": "3", "b": "4", "c": "5"}
    assert marked_pain_points(FORM, plan(), answers) == {"B", "C"}
    assert marked_pain_points(FORM, plan(is_adverse=False), answers) == frozenset()
    assert marked_pain_points(FORM, AnalysisPlan(), answers) == frozenset()


def test_marked_options_come_first_and_keep_their_order() -> None:
    assert [option.code for option in with_marked_first(ASKED, frozenset({"B", "C"})).options] == ["B", "C", "A"]
    assert with_marked_first(ASKED, frozenset()) == ASKED


def test_only_a_ranking_of_pain_points_is_put_in_another_order() -> None:
    other = item("o", ItemType.RANKING, options=options("x", "y"))
    assert ranks_pain_points(FORM, ASKED)
    assert not ranks_pain_points(FORM, RouteItem(item=other, options=other.options, required=True))
    assert not ranks_pain_points(FORM, RouteItem(item=FORM.items["a"], options=options("A"), required=True))
