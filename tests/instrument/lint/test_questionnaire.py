from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.complaints import Place
from survey.instrument.lint.catalogue import ENTRIES, finding
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Item, Option, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType, Missing
from tests.instrument.strategies import documents, questionnaires
from tests.instrument.tiny import TODAY, item, one_page, options, page, questionnaire, rule, text

YES_NO = item("uses", ItemType.YES_NO)
CHOICE = item("c", ItemType.SINGLE, options=options("a", "b"))
SEVERAL = item("m", ItemType.MULTIPLE, options=options("a", "b", "z"), max_choices=2)


def found(*items: Any, rules: Any = ()) -> Any:
    return [(found.code, found.place.code, found.value) for found in lint(one_page(*items, rules=rules))]


def codes(*items: Any, rules: Any = ()) -> Any:
    return [code for code, _, _ in found(*items, rules=rules)]


@pytest.mark.parametrize(
    "sound",
    [
        replace(item("c"), text=Text("是否已和供应商签订合同？", "Is there a contract?")),
        replace(item("c"), text=Text("字" * 60, "word " * 35)),
        replace(item("c"), text=Text("${frame_name}的员工数，上轮${previous_c}", "Staff of ${frame_name}")),
        replace(item("c", constraint=". > 1"), constraint_message=Text("${c}太小", "${c} is too small")),
        item("c", ItemType.SINGLE, options=(Option(code="a", text=Text("字" * 40, "x" * 120)), *options("b"))),
        item("c", ItemType.FILE, file_types=("pdf", "ofd")),
    ],
)
def test_what_comes_near_a_finding_is_none(sound: Item) -> None:
    assert codes(sound) == []


def test_sound_questionnaire_has_no_findings() -> None:
    assert codes(YES_NO, item("n", relevant="${uses} = 'yes'", constraint=". > 0", minimum=0, required="true()")) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (item("a b"), "code_form"),
        (item("a__b"), "code_form"),
        (item("x" * 33), "code_form"),
        (item("frame_x"), "code_reserved"),
        (item("c", ItemType.SINGLE, options=options("a", "a")), "duplicate_code"),
        (item("c", ItemType.SINGLE, options=options("a", "refused")), "code_reserved"),
        (item("c", ItemType.SHARES, rows=options("a", "other")), "code_reserved"),
        (item("c", ItemType.SINGLE, options=options("a")), "one_option"),
        (item("c", ItemType.SINGLE), "no_options"),
        (item("c", ItemType.SHARES), "no_rows"),
        (item("c", ItemType.NUMBER_TABLE, rows=options("a")), "no_columns"),
        (item("c", ItemType.CALCULATION), "no_calculation"),
        (item("c", ItemType.MONEY), "money_without_unit"),
        (item("c", minimum=5, maximum=4), "empty_range"),
        (item("c", ItemType.MULTIPLE, options=options("a", "b"), max_choices=3), "choices_limit"),
        (item("c", ItemType.SEVERITY), "no_not_applicable"),
        (item("c", ItemType.LONG_TEXT, max_length=10_000), "spss_text"),
        (item("c", ItemType.SINGLE, options=(Option(code="a", text=text("x" * 121)), *options("b"))), "spss_value_label"),
        (replace(item("c"), text=Text("字" * 86, "x")), "spss_label"),
        (replace(item("c"), text=Text("字" * 61, "x")), "wording_long"),
        (replace(item("c"), text=Text("字", "word " * 36)), "wording_long"),
        (replace(item("c"), text=Text("只有中文", "")), "missing_translation"),
        (replace(item("c"), text=Text()), "no_text"),
        (replace(item("c"), text=Text("是否使用云平台以及如何付费？", "x")), "double_barrelled"),
        (replace(item("c"), text=Text("字", "Do you use and pay for a platform?")), "double_barrelled"),
        (replace(item("c"), text=Text("对价格和质量是否满意？", "x")), "double_barrelled"),
        (replace(item("c"), text=Text("员工有多少人，营业收入是多少？", "x")), "double_barrelled"),
        (item("c", ItemType.FILE, file_types=("pdf", "exe")), "file_type_unknown"),
        (replace(item("c"), text=Text("关于${ghost}", "About it")), "unknown_name"),
        (replace(item("c"), hint=Text("关于${c}", "About it")), "later_item"),
        (replace(item("c"), required_message=Text("请答${ghost}", "Say it")), "unknown_name"),
        (replace(item("c"), required_message=Text("请答${c}", "Say it")), "later_item"),
        (item("c", ItemType.SHARES, rows=(Option(code="r", text=text("${d}")), *options("s"))), "unknown_name"),
        (replace(item("c"), text=Text("x", "About ${frame_name")), "name_unclosed"),
        (item("c", relevant="${frame_employes} > 1"), "unknown_name"),
        (item("c", relevant="1 +"), "expression_incomplete"),
        (item("c", relevant="${nothing} = 1"), "unknown_name"),
        (item("c", relevant="${c} = 1"), "later_item"),
        (item("c", relevant=". = 1"), "own_value"),
        (item("c", relevant="1 = 2"), "unreachable"),
        (item("c", relevant="false()"), "unreachable"),
        (item("c", prefill="nothing"), "unknown_name"),
    ],
)  # fmt: skip
def test_fault_of_an_item_is_found(bad: Item, code: str) -> None:
    assert code in codes(bad)


def test_own_answer_may_be_named_by_what_is_said_of_it() -> None:
    assert codes(replace(item("c", constraint=". > 1"), constraint_message=Text("${c}太小", "${c} is too small"))) == []


def test_own_answer_may_be_judged_by_a_constraint() -> None:
    assert codes(item("a"), item("b", constraint=". > ${a} and . < ${b} + 1")) == []


def test_parts_facts_and_previous_answers_are_known_names() -> None:
    shares = item("s", ItemType.SHARES, rows=options("x", "y"))
    assert codes(shares, item("a", relevant="${s__x} > ${frame_employees} or ${previous_a} > ${previous_s__x}")) == []


def test_duplicate_codes_are_found_at_every_level() -> None:
    form = questionnaire(page("p", item("a")), page("p", item("a")), rules=[rule("r", "${a} > 1", "a")] * 2)
    form = Questionnaire(code="q", title=text("q"), sections=form.sections * 2, edit_rules=form.edit_rules)
    assert [finding.place.kind for finding in lint(form) if finding.code == "duplicate_code"] == [
        "section",
        "page",
        "item",
        "rule",
    ]


def test_rule_on_a_later_item_is_found() -> None:
    assert found(item("a", relevant="${b} > 1"), item("b")) == [
        ("later_item", "a", "b"),
        ("unreachable", "a", "${b} > 1"),
    ]


@pytest.mark.parametrize(
    "relevant",
    [
        "${c} = 'z'", "${c} = 'a' and ${c} = 'b'", "${n} > 10", "${n} > 4 and ${n} < 5", "${m} = 'q'", "selected(${m}, 'q')",
        "selected(${m}, 'a') and selected(${m}, 'b') and selected(${m}, 'z')", "${c} > 5", "false()", "${c} = 'refused'",
        "${frame_employees} > 5 and ${frame_employees} < 3", "not(${n} = 1 or ${n} != 1) and ${n} > 0",
    ],
)  # fmt: skip
def test_condition_that_cannot_hold_makes_an_item_unreachable(relevant: str) -> None:
    number = item("n", minimum=0, maximum=10)
    assert codes(CHOICE, SEVERAL, number, item("x", relevant=relevant)) == ["unreachable"]


@pytest.mark.parametrize(
    "relevant",
    [
        "${c} = 'b'", "${n} > 4 and ${n} < 6", "${n} = ''", "${m} = 'a b'", "selected(${m}, 'a') and selected(${m}, 'b')",
        "not(selected(${m}, 'a'))", "${n} + ${n} > 100", "${t} = 'abc'", "${t} != 'abc'", "${d} > '2020-01-01'",
        "${frame_size_class} = 'large'", "${c} = 'a' or ${c} = 'z'", "${n} mod 7 = 6", "string-length(${t}) > 3",
        "${frame_employees} > 3 and ${frame_employees} < 4",
    ],
)  # fmt: skip
def test_condition_that_can_hold_is_let_pass(relevant: str) -> None:
    number, words, day = item("n", minimum=0, maximum=10), item("t", ItemType.TEXT), item("d", ItemType.DATE)
    assert codes(CHOICE, SEVERAL, number, words, day, item("x", relevant=relevant)) == []


def test_what_hangs_on_an_unreachable_item_is_unreachable() -> None:
    assert codes(CHOICE, item("x", relevant="${c} = 'z'"), item("y", relevant="${x} > 1")) == ["unreachable"] * 2


def test_unreachable_page_is_one_finding() -> None:
    form = questionnaire(page("p", CHOICE), page("q", item("x"), item("y"), relevant="${c} = 'z'"))
    assert [(found.code, found.place.kind, found.place.code) for found in lint(form)] == [("unreachable", "page", "q")]


def test_option_that_is_never_offered_is_found() -> None:
    never = Option(code="n", text=text("n"), relevant="${c} = 'z'")
    assert found(CHOICE, item("d", ItemType.SINGLE, options=(*options("a", "b"), never))) == [
        ("option_unusable", "d", "n")
    ]


def test_rule_needs_a_place_a_condition_and_a_message() -> None:
    blank = replace(rule("r", "", "nowhere"), message=Text())
    assert codes(item("a"), rules=[blank]) == ["rule_empty", "unknown_item", "no_message"]
    assert codes(item("a"), rules=[rule("r", "${a} > 1")]) == ["rule_without_place"]


def test_contradictory_edits_are_found() -> None:
    rules = [rule("low", "${a} < 5", "a"), rule("high", "${a} > 6 and ${b} > 1", "a")]
    assert found(item("a"), item("b"), rules=rules) == [("contradictory_edits", "low", "high")]
    assert codes(item("a"), item("b"), rules=[rules[0], rule("high", "${a} > 4", "a")]) == ["contradictory_edits"]
    assert codes(item("a", ItemType.DECIMAL), item("b"), rules=[rules[0], rule("high", "${a} > 4", "a")]) == []


def test_only_hard_edits_contradict() -> None:
    rules = [rule("low", "${a} < 5", "a"), rule("high", "${a} > 6", "a", level=EditLevel.VERIFY)]
    assert codes(item("a"), rules=rules) == []


def test_constraint_outside_the_range_of_its_item_is_found() -> None:
    assert codes(item("a", minimum=0, maximum=10, constraint=". > 10")) == ["edit_impossible"]
    assert codes(item("a", constraint=". > 10"), rules=[rule("r", "${a} <= 10", "a")]) == ["contradictory_edits"]


def test_long_names_for_spss_are_found() -> None:
    table = item("a" * 32, ItemType.NUMBER_TABLE, rows=options("r" * 30), options=options("c" * 30))
    assert "spss_name" in codes(table)


def test_finding_says_what_to_do() -> None:
    (complaint,) = lint(one_page(item("a", relevant="1 +")))
    assert complaint.message() == "The expression ends where a value should stand."
    assert complaint.repair() == "Write the value."
    assert complaint.place == Place(kind="item", code="a", field="relevant", character=4)


def test_warnings_do_not_keep_from_publishing() -> None:
    findings = lint(one_page(item("pain", ItemType.SEVERITY)))
    assert (len(findings), errors_in(findings)) == (1, ())
    assert errors_in(lint(one_page(item("pain", ItemType.SEVERITY, missing=(Missing.NOT_APPLICABLE,))))) == ()


def test_every_entry_of_the_catalogue_ends_as_a_sentence() -> None:
    for code, entry in ENTRIES.items():
        assert entry.repair.endswith("."), code
        assert entry.message[0].isupper() or entry.message.startswith("“"), code


@settings(max_examples=60)
@given(st.data())
def test_unreachable_items_are_never_asked(data: Any) -> None:
    form = data.draw(questionnaires())
    findings = lint(form)
    unreachable = {each.place.code for each in findings if each.code == "unreachable"}
    for complaint in findings:
        assert complaint.message()
        assert complaint.repair()
    for _ in range(4):
        route = route_of(form, data.draw(documents(form)), {}, TODAY)
        assert not unreachable & set(route.items)


def test_section_without_pages_is_let_pass() -> None:
    assert lint(Questionnaire(code="q", title=text("q"), sections=(Section(code="s", title=text("s")),))) == ()


def test_words_in_a_message_are_those_of_the_reader() -> None:
    complaint = finding("missing_translation", ("item", "cost"), "text", "en", {"language": "English"})
    translated = {"wording": "题面", "English": "英文"}
    assert complaint.message(lambda text: translated.get(text, text)) == "The 题面 is missing in 英文."


@pytest.mark.parametrize(("field", "named"), [("options.gd", "选项“gd”"), ("rows.y1", "row “y1”")])
def test_one_of_several_parts_is_named_by_its_code(field: str, named: str) -> None:
    complaint = finding("missing_translation", ("item", "province"), field, "zh", {"language": "Chinese"})
    translated = {"option “%(code)s”": "选项“%(code)s”"}
    assert complaint.message(lambda text: translated.get(text, text)) == f"The {named} is missing in Chinese."
