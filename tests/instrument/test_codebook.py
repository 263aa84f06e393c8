from survey.instrument.codebook import codebook_of, spss_names
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.schema import Option, Questionnaire, Section, Text
from survey.methods.coding import extract_columns, first_choice
from survey.terms import ItemType, Missing
from tests.instrument.tiny import item, one_page, options, page, text

FORM = one_page(
    item("hello", ItemType.NOTE),
    item("pain", ItemType.SEVERITY, missing=(Missing.NOT_APPLICABLE,), relevant="${frame_employees} > 5"),
    item("sites", ItemType.MULTIPLE, options=(*options("a"), Option(code="o", text=text("Other"), specify=True)), missing=(Missing.REFUSED,)),
    item("top", ItemType.RANKING, options=options("x", "y"), max_choices=1),
    item("cost", ItemType.MONEY, unit=Text("万元", "10,000 yuan"), can_estimate=True),
    item("split", ItemType.SHARES, rows=options("own", "rent")),
    item("table", ItemType.NUMBER_TABLE, rows=options("r"), options=options("c")),
    item("note", ItemType.LONG_TEXT),
    item("since", ItemType.DATE),
    item("opens", ItemType.TIME),
)  # fmt: skip
ROWS = {row.name: row for row in codebook_of(FORM)}


def test_every_variable_has_a_row() -> None:
    assert list(ROWS) == [
        "pain", "sites__a", "sites__o", "sites__other", "top__x", "top__y", "cost", "cost__estimated",
        "split__own", "split__rent", "table__r__c", "note", "since", "opens",
    ]  # fmt: skip


def test_closed_item_has_codes_and_non_answers_with_labels() -> None:
    row = ROWS["pain"]
    assert (row.kind, row.base) == (ValueKind.CODE, "${frame_employees} > 5")
    assert row.codes[0] == ("1", Text("没有问题", "No problem"))
    assert row.missing == (("not_applicable", Text("不适用", "Does not apply to us")),)


def test_part_of_an_item_is_labelled_with_both() -> None:
    assert ROWS["table__r__c"].label == Text("table（中） · r（中） · c（中）", "table · r · c")
    assert ROWS["cost"].unit.zh == "万元"


def test_base_joins_the_rules_of_section_page_and_item() -> None:
    inner = page("p", item("a", relevant="${x} = 1"), relevant="${y} = 2")
    form = Questionnaire(
        code="q", title=text("q"), sections=(Section(code="s", title=text("s"), relevant="${z} = 3", pages=(inner,)),)
    )
    assert codebook_of(form)[0].base == "(${z} = 3) and (${y} = 2) and (${x} = 1)"


def test_names_are_fit_for_spss() -> None:
    assert spss_names(["a", "A", "a", "and", "1x", "痛点", "x" * 70, "x" * 70, "a_"]) == [
        "a", "A_2", "a_3", "v_and", "v_1x", "v", "x" * 64, "x" * 62 + "_2", "a_4",
    ]  # fmt: skip


def test_columns_of_the_extract_are_in_the_codebook() -> None:
    analysed = {column.name for column in extract_columns([FORM])} - {first_choice("top")}
    assert analysed <= set(ROWS)


def test_variable_says_how_spss_holds_it() -> None:
    said = {name: (str(row.spss_type), str(row.measure)) for name, row in ROWS.items()}
    assert {
        name: said[name] for name in ("pain", "sites__a", "sites__other", "cost", "split__own", "since", "opens")
    } == {
        "pain": ("string", "ordinal"),
        "sites__a": ("numeric", "nominal"),
        "sites__other": ("string", "nominal"),
        "cost": ("numeric", "scale"),
        "split__own": ("numeric", "scale"),
        "since": ("date", "scale"),
        "opens": ("time", "scale"),
    }
