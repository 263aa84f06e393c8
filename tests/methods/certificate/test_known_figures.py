from dataclasses import replace

from survey.methods.certificate.known_figures import KnownFigure, View, group_name
from survey.methods.estimates.statistics import CodedStatistic
from tests.methods.certificate.wave_and_question import cleared_view
from tests.methods.clearing.surveyed import prepared

VIEW = cleared_view(prepared([[15, 15]] * 4))
SHARE = next(one for one in VIEW.figures if isinstance(one.asked, CodedStatistic) and one.asked.item == "B1")


def test_figure_that_is_told_without_a_word_of_its_width_is_known_exactly() -> None:
    known = KnownFigure(asked=SHARE.asked, domain=())
    assert (known.shown, known.keeps, known.step, known.edge) == (True, 0.0, 0.0, 0.0)


def test_groups_are_named_by_their_values() -> None:
    assert [group_name(domain) for domain in ((), (("size", "large"), ("sector", "goods")))] == [
        "all",
        "size=large,sector=goods",
    ]


def test_what_is_told_of_a_statistic_stands_together() -> None:
    found = VIEW.by_statistic()
    assert sum(map(len, found)) == len(VIEW.figures)
    assert [len({one.asked.key for one in ones}) for ones in found] == [1] * len(found)
    assert len({ones[0].asked.key for ones in found}) == len(found)
    assert len(next(ones for ones in found if ones[0].statistic == "B1:share:4+5")) > 5


def test_withheld_figures_are_those_that_are_not_shown() -> None:
    withheld = replace(SHARE, shown=False)
    assert list(View(extract=VIEW.extract, figures=(replace(SHARE, shown=True), withheld)).withheld()) == [withheld]
