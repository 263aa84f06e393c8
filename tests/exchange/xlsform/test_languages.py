"""A form keeps every language that it has: which is which, what comes back, and what stands in for what is missing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from survey.exchange.xlsform import Reading, read_xlsform, xlsform_workbook
from survey.exchange.xlsform.languages import column_language, language_code, languages_of_form
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text
from survey.terms import EditLevel, ItemType, Missing
from tests.exchange.markdown_forms import items

SIMPLIFIED, TRADITIONAL = "简体中文 (zh-Hans)", "繁體中文 (zh-Hant)"


def three(zh: str, en: str, fr: str) -> Text:
    return Text(zh, en, (("fr", fr),))


MANY = Questionnaire(
    code="many",
    title=Text("问卷", "Form", (("fr", "Formulaire"), ("tok-pisin", "Pepa"))),
    sections=(
        Section(
            code="s",
            title=three("甲", "Part", "Partie"),
            pages=(
                Page(
                    code="p",
                    title=three("页", "Page", "Page une"),
                    intro=three("说明", "Intro", "Avis"),
                    items=(
                        Item(
                            code="colour",
                            type=ItemType.SINGLE,
                            text=three("颜色?", "Colour?", "Couleur ?"),
                            hint=Text(others=(("vi", "Màu"),)),
                            options=(
                                Option(code="r", text=three("红", "Red", "Rouge")),
                                Option(code="b", text=three("蓝", "Blue", "Bleu")),
                            ),
                            missing=(Missing.DONT_KNOW,),
                        ),
                        Item(
                            code="cost",
                            type=ItemType.MONEY,
                            text=Text("费用", "Cost", (("fr", "Coût ${colour}"), ("zh-hant", "費用"))),
                            unit=three("万元", "10,000 yuan", "10 000 yuans"),
                            constraint=". > 0",
                            constraint_message=three("大于零", "Above zero", "Plus de zéro"),
                            required="true()",
                            required_message=three("请填", "Fill in", "Remplissez"),
                        ),
                        Item(
                            code="table",
                            type=ItemType.NUMBER_TABLE,
                            text=three("表", "Table", "Tableau"),
                            rows=(Option(code="r1", text=three("行", "Row", "Ligne")),),
                            options=(Option(code="c1", text=three("列", "Column", "Colonne")),),
                            required="true()",
                            required_message=three("请填表", "Fill in all", "Tout remplir"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    edit_rules=(
        EditRule(
            code="e",
            level=EditLevel.VERIFY,
            items=("cost",),
            condition="${cost} < 9",
            message=three("核对", "Check", "Vérifiez"),
        ),
    ),
)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "many.xlsx"
    path.write_bytes(xlsform_workbook(MANY))
    return path


def test_form_in_three_languages_keeps_them_all(read: Callable[[str], Reading]) -> None:
    assert items(read("three_languages"))["town"].text == Text("城市", "Town", (("es", "Ciudad"),))


def test_simplified_chinese_is_not_displaced_by_traditional(read: Callable[[str], Reading]) -> None:
    assert items(read("two_chinese_languages"))["n"].text == Text("从业人员", "Employees", (("zh-hant", "從業人員"),))


def test_every_language_of_an_export_comes_back(exported: Path) -> None:
    assert read_xlsform(exported).questionnaire == MANY


def test_export_in_many_languages_is_whole(exported: Path) -> None:
    assert read_xlsform(exported).is_whole


def test_other_tools_take_every_language(exported: Path) -> None:
    assert '<translation lang="français (fr)">' in convert(exported).xform


def test_questionnaire_in_two_languages_has_the_columns_of_two(tmp_path: Path) -> None:
    plain = Item(code="q", type=ItemType.TEXT, text=Text("问", "Ask"))
    pages = (Page(code="p", title=Text("页", "Page"), items=(plain,)),)
    content = replace(
        MANY, title=Text("甲", "A"), edit_rules=(), sections=(Section(code="s", title=Text("节", "Part"), pages=pages),)
    )
    path = tmp_path / "plain.xlsx"
    path.write_bytes(xlsform_workbook(content))
    assert read_xlsform(path).questionnaire == content


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("French (fr)", "fr"),
        ("Français", "fr"),
        ("español", "es"),
        ("pt_BR", "pt-br"),
        ("vi", "vi"),
        ("Portuguese (pt-BR)", "pt-br"),
        ("Tok Pisin", "tok-pisin"),
        ("Chinese (zh-TW)", "zh-hant"),
        ("繁體中文", "zh-hant"),
        ("Chinese, traditional", "zh-hant"),
        ("English (UK)", "en"),
        ("English (en-GB)", "en-gb"),
    ],
)
def test_language_goes_by_its_code(name: str, code: str) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize(
    "traditional", ["繁體中文 (zh-Hant)", "Chinese (zh-TW)", "zh-HK", "繁体", "Traditional Chinese"]
)
@pytest.mark.parametrize("simplified", ["简体中文 (zh-Hans)", "Chinese (zh-CN)", "中文 (zh)", "简体"])
@pytest.mark.parametrize("is_first", [True, False])
def test_simplified_characters_are_chinese_in_any_order(simplified: str, traditional: str, is_first: bool) -> None:
    names = [traditional, simplified] if is_first else [simplified, traditional]
    found = {traditional: "繁", simplified: "简"}
    assert languages_of_form(names, "", []).text(found) == Text("简", others=(("zh-hant", "繁"),))


def test_traditional_characters_alone_are_the_chinese_of_a_form() -> None:
    assert languages_of_form([TRADITIONAL], "", []).text({TRADITIONAL: "繁"}) == Text("繁")


def test_traditional_beside_unnamed_chinese_keeps_its_own_code() -> None:
    assert languages_of_form([TRADITIONAL], "", ["简"]).text({TRADITIONAL: "繁", "": "简"}) == Text(
        "简", others=(("zh-hant", "繁"),)
    )


def test_unnamed_column_is_in_the_language_of_the_form_by_default() -> None:
    languages = languages_of_form(["English (en)"], "Français (fr)", ["Nom"])
    assert languages.text({"English (en)": "Name", "": "Nom"}) == Text(en="Name", others=(("fr", "Nom"),))


def test_unnamed_traditional_column_leaves_simplified_its_place() -> None:
    languages = languages_of_form([SIMPLIFIED], TRADITIONAL, ["繁"])
    assert languages.text({"": "繁"}) == Text(others=(("zh-hant", "繁"),))


def test_first_language_stands_for_english_where_none_of_ours_is_there() -> None:
    languages = languages_of_form(["Français (fr)", "Español (es)"], "", [])
    assert languages.text({"Français (fr)": "Nom", "Español (es)": "Nombre"}) == Text(
        en="Nom", others=(("es", "Nombre"), ("fr", "Nom"))
    )


def test_unnamed_columns_in_a_third_language_keep_it() -> None:
    assert languages_of_form([], "Français (fr)", ["Nom"]).text({"": "Nom"}) == Text(en="Nom", others=(("fr", "Nom"),))


def test_two_columns_of_one_language_keep_both() -> None:
    languages = languages_of_form(["English (en)", "French (fr)", "Français (fr)"], "", [])
    assert languages.text({"French (fr)": "un", "Français (fr)": "deux"}).others == (("fr", "un"), ("fr-2", "deux"))


@pytest.mark.parametrize("code", ["fr", "fr-2", "zh-hant", "tok-pisin", "zh-2", "en-gb"])
def test_column_of_the_export_names_the_code(code: str) -> None:
    assert column_language(code) in (code, f"{column_language(code).rpartition(' (')[0]} ({code})")


def test_language_in_the_place_of_english_hides_nothing_that_names_no_language() -> None:
    for default in ("", "english"):
        languages = languages_of_form(["Français"], default, ["Age"])
        assert languages.text({"": "Age", "Français": "Âge"}) == Text("", "Age", others=(("fr", "Âge"),))
        assert languages.text({"Français": "Âge"}) == Text("", "Âge", others=(("fr", "Âge"),))
