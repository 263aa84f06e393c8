"""Tables of figures are written as templates would write them."""

from django.utils.html import json_script

from survey.exchange.figures.block import Row
from survey.exchange.figures.shown import Shown
from survey.templatetags.results import chart_script, figure, figure_rows


def test_sign_is_raised_behind_a_number_and_stands_alone_without_one() -> None:
    assert figure(Shown(text="5", sign="u")) == "5<sup>u</sup>"
    assert figure(Shown(text="", sign="c")) == "c"
    assert figure(Shown(text="5")) == "5"


def test_row_has_its_label_and_the_reason_of_a_sign() -> None:
    shown = Shown(text="", sign="c", reason="withheld", status="primary")
    assert figure_rows([Row(label="A", figures=(shown, Shown(text="1", n="52")), is_strong=True)], ("C", "D")) == (
        '<tr class="core">\n<th scope="row">A</th>\n'
        '<td class="primary" data-head="C" title="withheld"><span>c</span></td>'
        '<td class="shown" data-head="D"><span>1 <small>(52)</small></span></td>\n</tr>'
    )


def test_texts_are_escaped() -> None:
    row = Row(label="<b>", figures=(Shown(text="<1", sign="&", reason='"', status="shown"),))
    assert figure_rows([row], ["<i>"]) == (
        '<tr>\n<th scope="row">&lt;b&gt;</th>\n<td class="shown" data-head="&lt;i&gt;" title="&quot;">'
        "<span>&lt;1<sup>&amp;</sup></span></td>\n</tr>"
    )


def test_chart_is_written_as_django_would_write_it() -> None:
    chart = {"标题": '</script> & <b> "quoted"', "values": [0.1, None, -3], "nested": {"a>b": "\u2028"}}
    assert chart_script(chart, "chart-a&b") == json_script(chart, "chart-a&b")
