"""A page as a crispy form: what it shows, what it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.template.loader import get_template
from django.utils import translation

from survey.forms.page.builders import CodedDropdown, single_choice
from survey.forms.page.form import PageForm
from survey.forms.page.kinds import WEB
from survey.forms.page.questions import Remarks
from survey.forms.page.wording import Wording
from survey.instrument.edits.rules import check_page
from survey.instrument.routing.route import RouteItem, route_of
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.every_type import EVERY_TYPE


@pytest.fixture(autouse=True)
def in_english() -> Iterator[Any]:
    with translation.override("en"):
        yield


LOOK_UPS = {
    ItemType.DISTRICT: (Option(code="440305", text=Text("南山区", "Nanshan")),),
    ItemType.INDUSTRY: (Option(code="39", text=Text("电子", "Electronics")),),
}


def form_of(
    page: Any, data: Any = None, answers: Any = None, language: str = "en", facts: Any = None, **options: Any
) -> PageForm:
    stored = {"has_cloud": "yes", **(answers or {})}
    asked = route_of(EVERY_TYPE, stored, facts or {}, date(2026, 5, 1)).page(page)
    assert asked is not None
    return PageForm(asked, Wording(language), data=data, answers=stored, look_ups=LOOK_UPS, **options)


def html_of(*arguments: Any, **options: Any) -> Any:
    form = form_of(*arguments, **options)
    return render_crispy_form(form)


def test_severity_offers_five_steps_and_does_not_apply() -> None:
    html = html_of("choices")
    values = [f'name="cost" value="{code}"' in html for code in ("1", "2", "3", "4", "5", "not_applicable")]
    assert values == [True] * 6


def test_group_has_a_legend_and_single_field_a_label() -> None:
    assert "<legend>Question cost</legend>" in html_of("choices")
    assert '<label class="wording" for="id_employees">Question employees</label>' in html_of("firm")


def test_optional_item_is_marked() -> None:
    assert 'for="id_email">Question email <span class="optional">(optional)</span>' in html_of("firm")


def test_number_has_keypad_and_unit_behind_the_field() -> None:
    html = html_of("firm")
    assert 'inputmode="numeric"' in html
    assert '<span class="unit" id="id_employees_unit">people</span>' in html
    assert "id_employees_unit" in html.split('id="id_employees"')[1].split(">")[0]


def test_money_offers_estimate_and_non_answer_beside_the_field() -> None:
    html = html_of("amounts")
    assert 'name="bill__estimated"' in html
    assert '<input type="checkbox" name="bill__missing" value="refused"' in html


def test_ranking_is_one_list_per_place() -> None:
    html = html_of("choices")
    assert [f'<select class="form-select" id="id_demands__{place}"' in html for place in (1, 2, 3, 4)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_drop_down_marks_the_answer_that_has_to_be_specified() -> None:
    item = replace(EVERY_TYPE.items["place"], appearance="minimal")
    question = single_choice(RouteItem(item=item, options=item.options, required=False), Wording("en"))
    html = get_template(question.template).render({**question.common({}, Remarks()), **question.control({})})
    assert '<option value="home">' in html
    assert '<option value="other" class="specifies">' in html
    assert 'name="place__other"' in html


@pytest.mark.parametrize("name", [Text("电子", "Electronics"), Text("39 电子", "39 Electronics")])
def test_industries_are_listed_with_their_codes(name: Text) -> None:
    item = replace(EVERY_TYPE.items["industry"], options=(Option(code="39", text=name),))
    question = CodedDropdown(RouteItem(item=item, options=item.options, required=False), Wording("en"))
    assert [choice.label for choice in question.control({})["choices"]] == ["39 Electronics"]
    assert WEB[ItemType.INDUSTRY].ask is CodedDropdown


def test_table_cells_are_named_by_row_and_column() -> None:
    html = html_of("amounts")
    assert 'name="racks__wanted__y1"' in html
    assert 'aria-label="Option wanted, Option y1"' in html


def test_email_and_phone_say_what_the_browser_may_fill_in() -> None:
    assert 'autocomplete="email"' in html_of("firm")
    assert 'autocomplete="tel"' in html_of("words")


def test_item_off_the_route_is_there_but_hidden() -> None:
    stored = {"has_cloud": "no"}
    assert '<div class="question" id="question-cloud_share" hidden>' in html_of("firm", answers=stored)


def test_stored_answers_are_shown_again() -> None:
    html = html_of(
        "choices",
        answers={"cost": "4", "protocols": ["opc"], "demands": ["c"], "place": "other", "place__other": "Mars"},
    )
    assert 'value="4" id="id_cost_4" checked' in html
    assert 'value="Mars"' in html
    assert '<option value="c" selected>' in html


def test_prefill_stands_in_the_field() -> None:
    assert 'value="47"' in html_of("firm", prefills={"employees": 47})


def test_typed_text_is_escaped() -> None:
    html = html_of("words", data={"remark": ['"><script>alert(1)</script>']})
    assert "<script>" not in html


def test_bound_form_keeps_what_cannot_be_stored() -> None:
    form = form_of("firm", data={"employees": ["twelve"]})
    assert not form.is_valid()
    html = render_crispy_form(form)
    assert 'value="twelve"' in html
    assert 'aria-invalid="true"' in html


def test_problem_names_the_question_and_links_to_its_field() -> None:
    form = form_of("firm", data={"employees": ["twelve"]})
    form.is_valid()
    (problem,) = form.problems()
    assert problem.field == "id_employees"
    assert problem.message == "Question employees: enter a number in digits, such as 1250."
    assert problem.inline == "Enter a number in digits, such as 1250."


def test_problem_of_a_cell_links_to_the_cell() -> None:
    form = form_of("amounts", data={"racks__got__y2": ["many"]})
    form.is_valid()
    assert [problem.field for problem in form.problems()] == ["id_racks__got__y2"]


def test_only_the_wrong_cell_is_marked() -> None:
    form = form_of("amounts", data={"racks__got__y2": ["many"], "racks__got__y1": ["3"]})
    form.is_valid()
    html = render_crispy_form(form)
    marked = [part.split(">")[0] for part in html.split("<input")[1:] if "aria-invalid" in part.split(">")[0]]
    assert len(marked) == 1
    assert 'name="racks__got__y2"' in marked[0]


def test_unexplained_other_links_to_the_text_that_lacks() -> None:
    answers = {"cost": "4", "place": "other"}
    form = report_on(form_of("choices", answers=answers), answers)
    assert [problem.field for problem in form.problems()] == ["id_place__other"]


def test_hint_and_limits_stand_above_the_error() -> None:
    form = form_of("amounts", data={"since": ["soon"]})
    form.is_valid()
    html = render_crispy_form(form)
    assert html.index("id_since_example") < html.index('id="id_since_error"') < html.index('name="since"')


def test_message_without_a_label_is_headed_in_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        assert form_of("firm", language="zh-hans").headed("email", "请重填。") == "问题 email：请重填。"


def test_problem_of_a_choice_links_to_its_first_button() -> None:
    form = form_of("choices", data={"cost": ["9"]})
    form.is_valid()
    assert [problem.field for problem in form.problems()] == ["id_cost"]
    assert 'value="1" id="id_cost"' in render_crispy_form(form)


def test_error_is_announced_with_the_field() -> None:
    form = form_of("firm", data={"employees": ["x"]})
    form.is_valid()
    field = render_crispy_form(form).split('id="id_employees"')[1].split(">")[0]
    assert "id_employees_error" in field


def report_on(form: Any, answers: Any, reasons: Any = None) -> Any:
    report = check_page(EVERY_TYPE, form.page.page.code, answers, {}, reasons or {}, date(2026, 5, 1))
    form.report(report, reasons or {})
    return form


def test_verify_failure_asks_for_a_reason() -> None:
    answers = {"employees": 5000, "has_cloud": "no"}
    form = report_on(form_of("firm", answers=answers), answers)
    html = render_crispy_form(form)
    assert 'name="reason__v_staff"' in html
    assert [problem.field for problem in form.problems()] == ["id_reason__v_staff"]


def test_empty_phrase_is_no_reason() -> None:
    answers, reasons = {"employees": 5000, "has_cloud": "no"}, {"v_staff": "核实无误"}
    form = report_on(form_of("firm", answers=answers), answers, reasons)
    assert [verification.error != "" for verification in form.remarks.verifications["employees"]] == [True]
    assert "核实无误" in render_crispy_form(form)


def test_reason_left_empty_is_asked_for_in_its_box() -> None:
    answers = {"employees": 5000, "has_cloud": "no"}
    form = form_of("firm", data={"employees": ["5000"], "has_cloud": ["no"], "reason__v_staff": [""]}, answers=answers)
    report_on(form, answers)
    assert "id_reason__v_staff_error" in render_crispy_form(form)


def test_good_reason_settles_and_stays_visible() -> None:
    answers, reasons = {"employees": 5000, "has_cloud": "no"}, {"v_staff": "We merged with two subsidiaries."}
    form = report_on(form_of("firm", answers=answers), answers, reasons)
    assert form.problems() == []
    assert "We merged with two subsidiaries." in render_crispy_form(form)


def test_hard_failure_is_a_problem_and_note_is_not() -> None:
    answers = {"has_cloud": "yes", "ratio": 500.0, "cost": "5"}
    assert len(report_on(form_of("amounts", answers=answers), answers).problems()) == 1
    assert report_on(form_of("choices", answers=answers), answers).remarks.notes == {"cost": ["That is a lot."]}


def test_skipped_item_is_not_judged() -> None:
    form = form_of("firm")
    report = check_page(EVERY_TYPE, "firm", {"has_cloud": "yes"}, {}, {}, date(2026, 5, 1))
    form.report(report, {}, skip=["cloud_share"])
    assert [problem.field for problem in form.problems()] == ["id_employees"]


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "问题 employees"), ("en", "Question employees")])
def test_wording_follows_the_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert expected in html_of("firm", language=language)


def test_base_holds_the_answers_of_this_page_only() -> None:
    assert form_of("firm", answers={"cost": "3", "employees": 4}).base == '{"has_cloud": "yes", "employees": 4}'


def test_time_of_day_is_typed_with_an_example_beside_it() -> None:
    html = html_of("amounts", answers={"opens": "09:30"})
    assert 'id="id_opens" name="opens" value="09:30"' in html
    assert '<p class="hint" id="id_opens_example">For example 09:30</p>' in html
