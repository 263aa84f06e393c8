"""Which of a form's languages are Chinese and English, and which stands in for a missing one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.instrument.schema import Text

ZH, EN = "中文 (zh)", "English (en)"
"""What the columns are called that the export writes."""

_CHINESE = re.compile(
    r"\(\s*(zh|cmn|zho|chi)\b|^(zh|cmn|zho|chi)\b|chinese|中文|汉语|漢語|普通话|简体|繁體|mandarin", re.I
)
_ENGLISH = re.compile(r"\(\s*(en|eng)\b|^(en|eng)\b|english|英文|英语|英語", re.I)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Languages:
    """The names of the columns' languages that give Chinese and English; "" is a column without a language."""

    zh: str | None
    en: str | None
    unnamed_is_zh: bool = False
    verbatim: bool = False

    def text(self, found: Mapping[str, str]) -> Text:
        """The wording of one cell in both languages."""
        zh, en = (found.get(name, "") if name is not None else "" for name in (self.zh, self.en))
        unnamed = found.get("", "")
        if self.unnamed_is_zh:
            zh = zh or unnamed
        else:
            en = en or unnamed
        return Text(zh, en) if self.verbatim else Text(zh.strip(), en.strip())

    @property
    def read(self) -> frozenset[str]:
        """The languages that are loaded."""
        return frozenset(name for name in (self.zh, self.en, "") if name is not None)


def is_chinese(name: str) -> bool:
    return bool(_CHINESE.search(name))


def is_english(name: str) -> bool:
    return bool(_ENGLISH.search(name))


def languages_of(names: Iterable[str], default: str, unnamed_texts: Iterable[str], verbatim: bool) -> Languages:
    """Chinese and English among ``names``; the default or first language stands for English where both are absent."""
    listed = [name for name in dict.fromkeys(names) if name]
    zh = next((name for name in listed if is_chinese(name)), None)
    en = next((name for name in listed if is_english(name)), None)
    others = [name for name in listed if name not in (zh, en)]
    has_han = any(_HAN.search(text) for text in unnamed_texts)
    unnamed_is_zh = is_chinese(default) if default else has_han
    if default and zh and not en:
        unnamed_is_zh = is_chinese(default) or has_han
    if zh is None and en is None and others:
        en = default if default in others else others[0]
    return Languages(zh, en, unnamed_is_zh, verbatim)
