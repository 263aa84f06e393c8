import pytest

from survey.instrument.edits.reasons import is_reason


@pytest.mark.parametrize(
    "phrase",
    [
        "", " ", "核实无误", "已核实", "无", "正确", "属实", "ok", "OK", "correct", "confirmed", "Checked and correct.", "N/A",
        "no problem", "The number is right.", "。。。。。。", "------", "啊啊啊啊啊啊", "aaaaaaaaaaaa", "1234567890",
        "数据核实无误，情况属实", "经公司财务人员核实无误", "公司财务已核实", "ｃｏｒｒｅｃｔ", "是的没错", "其他", "同上", "测试", "不知道", "other", "asdf", "don't know", "x" * 2000,
    ],
)  # fmt: skip
def test_empty_phrase_is_no_reason(phrase: str) -> None:
    assert not is_reason(phrase)


@pytest.mark.parametrize(
    "reason",
    [
        "停产",
        "merger",
        "新建厂房",
        "停产检修",
        "并购子公司",
        "春节期间停产两个月，产量下降",
        "Export orders doubled",
        "new plant opened",
        "收购B公司的plant",
    ],
)
def test_what_happened_is_a_reason(reason: str) -> None:
    assert is_reason(reason)
