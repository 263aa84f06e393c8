"""Districts and industries as officers write them, looked up once for each different text."""

import re
import unicodedata

import pandas as pd

from survey.instrument.schema import Text
from survey.selectors.design.classifications import Classifications

# C, C39, 39, 3911, "C39 计算机…", "39-计算机…"; the number may be followed by a name, not by more digits.
INDUSTRY_CODE = re.compile(r"([A-Ta-t])?(\d{1,4})(?:[\s\-—_.:、/(].*|[一-鿿].*)?", re.DOTALL)
SECTION_ALONE = re.compile(r"([A-Ta-t])(?:[\s\-—_.:、/(].*|[一-鿿].*)?", re.DOTALL)


def district_codes(text: pd.Series, classifications: Classifications) -> pd.Series:
    """Code of the district that each text names, else "".

    A text may be the code, the Chinese or the English name, with or without 深圳市 and 区.
    """
    names = {spelling: code for code, name in classifications.districts.items() for spelling in _spellings(code, name)}
    # Of 100,000 rows a few dozen texts differ.
    known = {raw: names.get(_folded(raw), "") for raw in text.unique()}
    return text.map(known).astype(object)


def _spellings(code: str, name: Text) -> set[str]:
    short = re.sub(r"(?:新区|特别合作区|区)$", "", name.zh)
    english = _folded(name.en)
    bare_english = re.sub(r"(?:new)?district$", "", english)
    chinese = {name.zh, short, f"{short}区", f"{short}新区"}
    placed = {prefix + name for prefix in ("", "深圳市", "深圳", "广东省深圳市") for name in chinese}
    # "district" alone would be left of a name that is nothing else, and would match every such cell.
    return {_folded(code), english, bare_english, f"{bare_english}district", *placed} - {"", "district"}


def _folded(text: str) -> str:
    return re.sub(r"[\s'’.\-]+", "", unicodedata.normalize("NFKC", text).lower())


def industry_codes(text: pd.Series, classifications: Classifications) -> pd.DataFrame:
    """For each text: ``code`` (two to four digits), ``division``, ``section`` and ``fault`` (a row error or "")."""
    names = _industry_names(classifications)
    found = {raw: _industry(raw, names, classifications) for raw in text.unique()}
    rows = [found[raw] for raw in text]
    return pd.DataFrame(rows, columns=["code", "division", "section", "fault"], index=text.index, dtype=object)


def _industry_names(classifications: Classifications) -> dict[str, str]:
    """Folded name in any language -> code; a division goes before a section of the same name."""
    sections = {name: code for code, text in classifications.sections.items() for name in _folded_names(text)}
    divisions = {name: code for code, (_, text) in classifications.divisions.items() for name in _folded_names(text)}
    return sections | divisions


def _folded_names(text: Text) -> set[str]:
    return {_folded(name) for name in text.to_dict().values() if name}


def _industry(raw: str, names: dict[str, str], classifications: Classifications) -> tuple[str, str, str, str]:
    text = raw.strip()
    # Names first: some begin with a digit or letter that would be read as a code.
    named = names.get(_folded(text))
    coded = INDUSTRY_CODE.fullmatch(text)
    if named in classifications.divisions:
        return (named, named, classifications.divisions[named][0], "")
    if named in classifications.sections or (not coded and SECTION_ALONE.fullmatch(text)):
        return ("", "", "", "industry_section")
    if not coded:
        return ("", "", "", "industry_unknown")
    # GB/T 4754-2017: a letter for the section, two digits for the division, up to four below; "1" is 01, which lost its
    # zero.
    letter, digits = (coded[1] or "").upper(), coded[2].zfill(2)
    if digits[:2] not in classifications.divisions:
        return ("", "", "", "industry_unknown")
    section = classifications.divisions[digits[:2]][0]
    if letter not in ("", section):
        return ("", "", "", "industry_contradiction")
    return (digits, digits[:2], section, "")
