"""Whether a text is a reason: it must say what happened in the firm, not that the number has been looked at again."""

import re
import unicodedata
from collections.abc import Iterable

CONFIRMING = (
    "经核实", "核实", "核对", "核查", "复核", "查证", "确认", "无误", "正确", "属实", "准确", "真实",
    "没有问题", "没问题", "没有错", "没错", "无问题", "无异常", "正常", "如实", "是的", "对的", "没有",
    "不知道", "已经", "再次", "填报", "填写", "录入", "原因", "说明", "备注", "就是", "这样", "如此", "已",
    "同上", "测试", "暂无", "没错误", "错误", "可以", "没啥", "不清楚", "不详", "保密", "其他", "其它",
    "经", "均", "皆", "都", "无", "是", "对", "的", "了", "好", "请", "我", "们", "也", "很", "有", "没", "不",
)  # fmt: skip
"""Phrases that only confirm or stand for an empty answer."""

NAMING = (
    "数据", "数字", "数值", "情况", "实际", "企业", "公司", "本单位", "单位", "我司", "财务", "人员", "以上",
    "上述", "全部", "与", "和",
)  # fmt: skip
"""Words that name who or what was confirmed; beside them something else must be said."""

STOCK_WORDS = frozenset({
    "a", "above", "accurate", "again", "all", "and", "are", "as", "been", "checked", "confirm", "confirmed",
    "correct", "correctly", "data", "done", "double", "entered", "exact", "fine", "figure", "figures", "good",
    "has", "have", "is", "it", "na", "nil", "no", "none", "not", "nothing", "number", "numbers", "of", "ok",
    "okay", "our", "problem", "reason", "right", "see", "test", "that", "the", "this", "to", "true", "value",
    "values", "verified", "verify", "was", "we", "were", "with", "yes",
    "answer", "answers", "asdf", "know", "don", "dont", "idea", "idk", "other", "reasons", "same", "sure", "unknown",
})  # fmt: skip
FEWEST_LETTERS = 4
"""A Han character counts as two."""
FEWEST_DIFFERENT = 2
LONGEST_REASON = 1000
# Ideographs of the basic plane with extension A, and those of planes 2 and 3.
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def is_reason(text: str) -> bool:
    """Whether something is said once stock phrases, names of who confirmed, signs and digits are taken away.

    What is left must be as long as two Han characters or four letters, not all alike: "停产" and "merger" are reasons.
    """
    # One form of each letter first: full-width or capital stock words are stock words.
    folded = unicodedata.normalize("NFKC", text[: LONGEST_REASON + 1]).casefold()
    said = _without(_without("".join(_HAN.findall(folded)), CONFIRMING), NAMING)
    words = [word for word in re.findall(r"[^\W\d_]+", _HAN.sub(" ", folded)) if word not in STOCK_WORDS]
    letters = "".join(words)
    return (
        len(text) <= LONGEST_REASON
        and 2 * len(said) + len(letters) >= FEWEST_LETTERS
        and len(set(said + letters)) >= FEWEST_DIFFERENT
    )


def _without(text: str, phrases: Iterable[str]) -> str:
    # The longest first, or "核实" would break "经核实" and leave 经 behind.
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(phrase, "")
    return text
