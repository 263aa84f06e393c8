"""Which languages a form is in: Chinese, English, and further ones under their codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from survey.instrument.schema import Text

ZH, EN = "中文 (zh)", "English (en)"
"""What the columns are called that the export writes."""

# Codes of ISO 639-1, 639-2 (two of them) and 639-3, and what forms call the language in words.
_CHINESE = re.compile(
    r"\(\s*(zh|cmn|zho|chi)\b|^(zh|cmn|zho|chi)\b|chinese|中文|汉语|漢語|普通话|简体|繁體|繁体|mandarin", re.I
)
_TRADITIONAL = re.compile(r"hant\b|\bzh[-_](tw|hk|mo)\b|traditional|繁體|繁体|正體|漢語", re.I)
_ENGLISH = re.compile(r"\(\s*(en|eng)\b|^(en|eng)\b|english|英文|英语|英語", re.I)
# The block of common ideographs alone: enough to tell a Chinese wording, not a whole description of the script.
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CODE_BEHIND = re.compile(r"\(\s*([^()]+?)\s*\)\s*$")
_CODE_ALONE = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.I)
_TRADITIONAL_CODE = "zh-hant"
_NO_LANGUAGE = "default"
"""What pyxform calls the language of columns without one."""
# What a language calls itself, and what English calls it, as Django lists them: for columns that give no code.
_CODES = {
    info[name].lower(): code
    for code, info in LANG_INFO.items()
    for name in ("name", "name_local")
    if name in info and "-" not in code
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """``columns`` are (language of the text, language as the columns name it); a wording of an earlier one goes first.

    ``unnamed`` is the language of a column that names none. With ``verbatim`` a cell is taken to the letter.
    """

    columns: tuple[tuple[str, str], ...]
    unnamed: str = "en"
    verbatim: bool = False

    def text(self, found: Mapping[str, str]) -> Text:
        """The wording of one cell in every language."""
        wordings = {"zh": "", "en": ""}
        for language, name in (*self.columns, (self.unnamed, "")):
            cell = found.get(name, "")
            wordings[language] = wordings.get(language) or (cell if self.verbatim else cell.strip())
        return Text.from_dict({key: wording for key, wording in wordings.items() if wording or key in ("zh", "en")})

    def column_of(self, language: str) -> str | None:
        """What the columns call a language of the texts; None where they have none of it."""
        return next((name for known, name in self.columns if known == language and name), None)


def is_chinese(name: str) -> bool:
    return bool(_CHINESE.search(name))


def is_traditional(name: str) -> bool:
    """Whether the name says that the characters are traditional ones."""
    return is_chinese(name) and bool(_TRADITIONAL.search(name))


def is_english(name: str) -> bool:
    return bool(_ENGLISH.search(name))


def languages_of_form(names: Iterable[str], default: str, unnamed_texts: Iterable[str]) -> Languages:
    """The languages among ``names`` of a form by others.

    Simplified characters are Chinese; traditional ones take that place only where nothing else is Chinese. The default
    or first language stands for English where both are absent, because pages are read in one of the two, and is kept as
    what it is as well.
    """
    # In the order of the columns, each once: the first language counts where nothing else decides.
    listed = [name for name in dict.fromkeys(names) if name]
    default = "" if default == _NO_LANGUAGE else default
    texts_unnamed = list(unnamed_texts)
    has_han = any(_HAN.search(text) for text in texts_unnamed)
    en = next((name for name in listed if is_english(name)), None)
    unnamed = _unnamed(listed, default, has_han, en)
    simplified = next((name for name in listed if is_chinese(name) and not is_traditional(name)), None)
    traditional = next((name for name in listed if is_traditional(name)), None)
    # Columns without a language that are Chinese already hold the simplified wording.
    zh = simplified or (traditional if unnamed != "zh" or default == traditional else None)
    if zh is None and en is None and unnamed != "zh" and listed:
        en = default if default in listed else listed[0]
    own = {zh: "zh", en: "en"}
    taken = {"zh", "en"}
    # A language that stands in for English fills what the columns without one leave open, and hides none of it.
    is_plain_english = bool(en) and not is_english(en or "") and unnamed == "en" and bool(texts_unnamed)
    columns = [("en", "")] if is_plain_english else []
    for name in listed:
        language = own.get(name) or _free(language_code(name), taken)
        taken.add(language)
        columns.append((language, name))
        if language == "en" and not is_english(name):
            # Where another language stands in for the one of the page, it is kept as what it is beside.
            columns.append((_free(language_code(name), taken), name))
            taken.add(columns[-1][0])
    if unnamed == "en" and default and default not in listed and not (is_english(default) or is_chinese(default)):
        columns.append((_free(language_code(default), taken), ""))
    if unnamed not in ("zh", "en"):
        unnamed = next((language for language, name in columns if name == default), language_code(default))
    return Languages(columns=tuple(columns), unnamed=unnamed)


def _unnamed(listed: list[str], default: str, has_han: bool, en: str | None) -> str:
    """The language of columns without one: that of the form by default, else what their letters tell."""
    chinese = [name for name in listed if is_chinese(name)]
    if not default or (chinese and not en and has_han and not is_chinese(default)):
        return "zh" if has_han else "en"
    if is_chinese(default):
        return default if is_traditional(default) and not all(map(is_traditional, chinese)) else "zh"
    is_beside_others = bool(chinese) or en is not None or default in listed
    return default if is_beside_others and not is_english(default) else "en"


def _free(code: str, taken: set[str]) -> str:
    number, free = 2, code
    while free in taken:
        number, free = number + 1, f"{code}-{number}"
    return free


def exported_languages(names: Iterable[str]) -> Languages:
    """The languages of a form that the export wrote, whose columns are named by ``column_language``."""
    known = {ZH: "zh", EN: "en"}
    columns = [(known.get(name) or _code_written(name), name) for name in dict.fromkeys((ZH, EN, *names)) if name]
    return Languages(columns=tuple(columns), verbatim=True)


def language_code(name: str) -> str:
    """The code of a language that a form names: ``French (fr)``, ``fr`` and ``Français`` are ``fr``.

    A language without a code that is known goes by its name in small letters.
    """
    if is_traditional(name):
        return _TRADITIONAL_CODE
    written = _code_written(name)
    # As Django and browsers write codes: zh_CN of a form is zh-cn (BCP 47).
    code = written.lower().replace("_", "-")
    for ours, is_in in (("zh", is_chinese), ("en", is_english)):
        if is_in(name):
            return code if code.startswith(f"{ours}-") else ours
    # A name without brackets of two or three letters, such as "Lao", is a code only if it is a known one.
    if _CODE_ALONE.fullmatch(written) and (written != name or code in LANG_INFO):
        return code
    return _CODES.get(name.strip().lower()) or re.sub(r"[^\w-]+", "-", name.strip().lower()).strip("-") or "other"


def _code_written(name: str) -> str:
    behind = _CODE_BEHIND.search(name)
    return behind[1] if behind else name


def column_language(language: str) -> str:
    """What the export calls a language in its columns: its own name, where one is known, and its code."""
    known = {"zh": ZH, "en": EN}.get(language)
    if known:
        return known
    try:
        return f"{get_language_info(language)['name_local']} ({language})"
    except KeyError:
        return language


def cells(column: str, text: Text) -> dict[str, str]:
    """A wording in its columns, one for each language that it has."""
    wordings = text.to_dict().items()
    return {f"{column}::{column_language(language)}": wording for language, wording in wordings if wording}


def language_headers(column: str, further: Iterable[str] = ()) -> tuple[str, ...]:
    """The headers of a column in Chinese, English and further languages."""
    return tuple(f"{column}::{column_language(language)}" for language in ("zh", "en", *further))
