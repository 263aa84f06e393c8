"""The check of a list of firms: which rows can go in, and what is wrong with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from survey.instrument.kinds.contact import EMAIL_FORM, PHONES_FORM
from survey.methods.sampling.size_class import classify_sizes
from survey.selectors.design.classifications import Classifications
from survey.selectors.register.editions import Edition
from survey.services.frame.cells import as_narrow_text, as_numbers, as_text, is_number
from survey.services.frame.columns import FrameColumn
from survey.services.frame.credit_code import credit_code_faults, normalise_credit_codes, without_persons
from survey.services.frame.lookup import district_codes, industry_codes
from survey.services.frame.lost_zeros import lost_zeros
from survey.services.frame.row_errors import RowErrors
from survey.services.frame.unit_keys import identities, normalise_unit_keys, unit_key_is_damaged
from survey.terms import AskedUnit, SizeClass

# Those of the columns in models/frame.py; PostgreSQL refuses longer texts, SQLite does not.
LENGTHS = {
    FrameColumn.UNIT_KEY: 40,
    FrameColumn.NAME: 200,
    FrameColumn.CONTACT: 100,
    FrameColumn.EMAIL: 254,
    FrameColumn.PHONE: 40,
}
# In people and 10,000 yuan: beyond any firm, so what exceeds them is a slip of units (yuan given as 10,000 yuan).
LARGEST = {FrameColumn.EMPLOYEES: 1e7, FrameColumn.REVENUE: 1e9, FrameColumn.ASSETS: 1e10}
FIGURE_UNITS = {FrameColumn.EMPLOYEES: "人|名|persons?", FrameColumn.REVENUE: "万元", FrameColumn.ASSETS: "万元"}
STATED_SIZES = {
    **dict.fromkeys(("大型", "大", "大型企业", "large", "1"), SizeClass.LARGE),
    **dict.fromkeys(("中型", "中", "中型企业", "medium", "2"), SizeClass.MEDIUM),
    **dict.fromkeys(("小型", "小", "小型企业", "small", "3"), SizeClass.SMALL),
    **dict.fromkeys(("微型", "微", "微型企业", "micro", "4"), SizeClass.MICRO),
}
Progress = Callable[[int, int], None]
Notes = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeList:
    """What a row cannot tell by itself. ``repeated``: row -> the first rows that have the same credit code, in a list
    of local units with the same number, as text, of each that stands more than once. ``finer``: whether any industry
    has a code longer than a division's."""

    repeated: pd.Series
    finer: bool


@dataclass(frozen=True, kw_only=True)
class CheckedRows:
    """``good``: one row per firm or unit that can go in, indexed by row of the list, with codes, division, section,
    size class, figures (money in 10,000 yuan) and contact. ``errors``: row, column, code, value and params of
    everything wrong.
    ``blanked``: the same of what was left out of contacts, which costs no firm its place. ``notes``: in how many rows
    what the officer should know although it stops nothing, by code of the note. ``codes``: what tells each of all rows,
    its credit code, with the number of a local unit."""

    total: int
    good: pd.DataFrame
    errors: pd.DataFrame
    blanked: pd.DataFrame
    notes: Notes
    codes: pd.Series


def check_rows(
    cells: pd.DataFrame,
    *,
    whole: WholeList,
    classifications: Classifications,
    factors: Mapping[FrameColumn, float],
    edition: Edition | None = None,
    districts: Edition | None = None,
    lists: AskedUnit = AskedUnit.FIRM,
) -> CheckedRows:
    """Check some rows of a list: `FrameColumn` names, indexed by row of the list, with cells as they were read.

    ``factors``: what one unit of a money column is in 10,000 yuan; ``edition``: the earlier one of the industry codes;
    ``districts``: that of the districts.
    """
    errors, blanked, firms = RowErrors(), RowErrors(), pd.DataFrame(index=cells.index)
    _check_texts(cells, firms, errors)
    _check_contacts(cells, firms, blanked)
    by_unit = lists is AskedUnit.LOCAL_UNIT
    _check_credit_codes(cells, firms, errors, None if by_unit else whole.repeated)
    firms[FrameColumn.UNIT_KEY] = ""
    if by_unit:
        _check_unit_keys(cells, firms, errors, whole.repeated)
    _check_districts(cells, firms, errors, classifications, districts)
    if edition is None:
        notes = _check_industries(cells, firms, errors, classifications, finer=whole.finer)
    else:
        notes = _check_old_industries(cells, firms, errors, classifications, edition)
    _check_figures(cells, firms, errors, factors)
    # Sizes last: they need the industry and the figures as numbers.
    notes |= _check_sizes(cells, firms, errors, classifications)
    wrong = errors.table()
    good = firms[~firms.index.isin(wrong["row"])]
    return CheckedRows(
        total=len(cells),
        good=good,
        errors=wrong,
        blanked=blanked.table(),
        notes=notes,
        codes=identities(firms),
    )


def column_text(cells: pd.DataFrame, column: FrameColumn) -> pd.Series:
    """A column as narrow text, "" throughout where the list does not have it."""
    if column not in cells:
        return pd.Series("", index=cells.index, dtype=object)
    return as_narrow_text(cells[column])


def _check_texts(cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors) -> None:
    # Names keep their width and brackets: they are printed on letters as the licence has them.
    name = firms[FrameColumn.NAME] = as_text(cells[FrameColumn.NAME])
    errors.add(name == "", FrameColumn.NAME, "missing", name)
    _check_length(FrameColumn.NAME, name, errors)


def _check_length(column: FrameColumn, text: pd.Series, errors: RowErrors) -> pd.Series:
    """Which cells are longer than is kept."""
    length = text.str.len()
    is_long = length > LENGTHS[column]
    errors.add(is_long, column, "too_long", text, length=length, limit=LENGTHS[column])
    return is_long


def _check_contacts(cells: pd.DataFrame, firms: pd.DataFrame, blanked: RowErrors) -> None:
    """What cannot be written to or called is left out: the firm belongs to the population all the same."""
    person = (
        as_text(cells[FrameColumn.CONTACT])
        if FrameColumn.CONTACT in cells
        else pd.Series("", cells.index, dtype=object)
    )
    # Kept empty and not cut: half a name or number reaches nobody and looks as if it did.
    firms[FrameColumn.CONTACT] = person.mask(_check_length(FrameColumn.CONTACT, person, blanked), "")
    for column, pattern, code in (
        (FrameColumn.EMAIL, EMAIL_FORM, "email_form"),
        (FrameColumn.PHONE, PHONES_FORM, "phone_form"),
    ):
        text = column_text(cells, column)
        is_long = _check_length(column, text, blanked)
        unfit = (text != "") & ~text.str.fullmatch(pattern).astype(bool) & ~is_long
        blanked.add(unfit, column, code, text)
        firms[column] = text.mask(is_long | unfit, "")


def _check_credit_codes(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, repeated: pd.Series | None
) -> None:
    """``repeated`` as `WholeList` has it, None where a code may stand in several rows."""
    column = FrameColumn.CREDIT_CODE
    codes = normalise_credit_codes(cells[column])
    firms[column] = codes
    faults = credit_code_faults(cells[column], codes)
    errors.add(codes == "", column, "missing", codes)
    # A personal identity number in the column of codes must not lie in reports and workbooks of errors.
    shown = without_persons(codes)
    for code in sorted(set(faults) - {""}):
        errors.add(faults == code, column, code, shown, length=codes.str.len())
    if repeated is not None:
        twice = pd.Series(codes.index.isin(repeated.index), index=codes.index)
        errors.add(twice, column, "duplicate", shown, rows=repeated.reindex(codes.index))


def _check_unit_keys(cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, repeated: pd.Series) -> None:
    column = FrameColumn.UNIT_KEY
    keys = normalise_unit_keys(cells[column])
    firms[column] = keys
    damaged = unit_key_is_damaged(cells[column])
    errors.add(keys == "", column, "missing", keys)
    errors.add(damaged, column, "unit_damaged", keys)
    _check_length(column, keys, errors)
    twice = pd.Series(keys.index.isin(repeated.index), index=keys.index) & ~damaged
    errors.add(twice, column, "unit_duplicate", keys, rows=repeated.reindex(keys.index))


def _check_districts(
    cells: pd.DataFrame,
    firms: pd.DataFrame,
    errors: RowErrors,
    classifications: Classifications,
    edition: Edition | None,
) -> None:
    """Codes and names of the current edition; those that the table of an earlier one has are read by it."""
    written = places = column_text(cells, FrameColumn.DISTRICT)
    split = pd.Series(data=False, index=cells.index)
    # Names and codes that the table does not know may be of the current edition already and are left as written.
    if edition is not None:
        became = edition.translated(places)
        places = places.mask(became["fault"] == "", became["code"])
        split = became["fault"] == "edition_split"
        errors.add(split, FrameColumn.DISTRICT, "district_split", written, known=became["known"], edition=edition.code)
    firms["district"] = district_codes(places, classifications).mask(split, "")
    errors.add(places == "", FrameColumn.DISTRICT, "missing", places)
    known = "、".join(name.of("zh") for name in classifications.districts.values())
    unknown = (places != "") & (firms["district"] == "") & ~split
    errors.add(unknown, FrameColumn.DISTRICT, "district_unknown", places, known=known)


def _check_industries(
    cells: pd.DataFrame,
    firms: pd.DataFrame,
    errors: RowErrors,
    classifications: Classifications,
    *,
    finer: bool,
) -> Notes:
    trades = column_text(cells, FrameColumn.INDUSTRY)
    surely, maybe = lost_zeros(trades, is_number(cells[FrameColumn.INDUSTRY]), finer=finer)
    found = industry_codes(trades.mask(surely, "0" + trades), classifications)
    found["fault"] = found["fault"].mask(maybe, "industry_lost_zero")
    _take_industries(trades, found, firms, errors)
    return {"zero_restored": int(surely.sum())}


def _check_old_industries(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, classifications: Classifications, edition: Edition
) -> Notes:
    """Codes of an earlier edition, read as what they became; with one that became several nobody can tell which."""
    trades = column_text(cells, FrameColumn.INDUSTRY)
    # The table has numbers alone; lists write the letter of the section before them.
    old = trades.str.replace(r"^[A-Ta-t](?=\d)", "", regex=True)
    became = edition.translated(old)
    found = industry_codes(became["code"], classifications)
    found["fault"] = found["fault"].mask(became["fault"] != "", became["fault"])
    _take_industries(trades, found, firms, errors, known=became["known"], edition=edition.code)
    return {"recoded": int((became["fault"] == "").sum())}


def _take_industries(
    trades: pd.Series, found: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, **params: Any
) -> None:
    errors.add(trades == "", FrameColumn.INDUSTRY, "missing", trades)
    for fault in sorted(set(found["fault"]) - {""}):
        errors.add((found["fault"] == fault) & (trades != ""), FrameColumn.INDUSTRY, fault, trades, **params)
    firms[["industry", "division", "section"]] = found[["code", "division", "section"]]


def _check_figures(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, factors: Mapping[FrameColumn, float]
) -> None:
    for column, largest in LARGEST.items():
        text = column_text(cells, column)
        typed = cells.get(column, text)
        values, fits = as_numbers(typed, text, FIGURE_UNITS[column])
        # Total assets decide the size of few industries; where they are not given, the other figures do.
        if column is not FrameColumn.ASSETS:
            errors.add(text == "", column, "missing", text)
        errors.add((text != "") & ~fits, column, "not_a_number", text)
        errors.add(values < 0, column, "negative", text)
        if column is FrameColumn.EMPLOYEES:
            errors.add((values >= 0) & (values % 1 != 0), column, "not_whole", text)
        values = values * factors.get(column, 1.0)
        # What fits the form of a number and is NaN has overflowed, as a row of 400 digits does.
        errors.add((values > largest) | (fits & values.isna()), column, "too_large", text)
        firms[column] = values


def _check_sizes(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, classifications: Classifications
) -> Notes:
    """Derive the size class; the class that the list states counts only where the rule decides nothing."""
    text = column_text(cells, FrameColumn.SIZE)
    stated = text.str.lower().map(STATED_SIZES).fillna("").astype(object)
    errors.add((text != "") & (stated == ""), FrameColumn.SIZE, "size_unknown", text)
    # The others have an error already; a second one that follows from it would say nothing.
    checkable = (firms["division"] != "") & (firms["employees"].notna() & firms["revenue"].notna())
    part = firms[checkable]
    figures = {"X": part["employees"], "Y": part["revenue"], "Z": part["assets"]}
    sizes = classify_sizes(
        part["industry"].to_numpy(object),
        part["section"].to_numpy(object),
        {name: values.to_numpy(float) for name, values in figures.items()},
        classifications.size_groups,
    )
    derived = pd.Series(sizes.classes, index=part.index).map(str)
    filled = derived.where(derived != "", stated[checkable])
    firms["size_class"] = filled.reindex(firms.index).fillna("")
    # Where neither rule nor list gives a class: guessing would put the firm into the wrong stratum (0013).
    for reason, code in ((sizes.outside, "size_outside"), (sizes.ambiguous, "size_ambiguous")):
        where = pd.Series(reason, index=part.index) & (filled == "")
        errors.add(where.reindex(firms.index, fill_value=False), FrameColumn.INDUSTRY, code, firms["industry"])
    return {"assets_missing": int(sizes.partial.sum()), "size_stated": int(((derived == "") & (filled != "")).sum())}


def size_class_counts(good: pd.DataFrame) -> dict[str, int]:
    """How many of the good rows fall into each size class, in the order of the classes."""
    counts = np.array([(good["size_class"] == size.value).sum() for size in SizeClass])
    return {size.value: int(count) for size, count in zip(SizeClass, counts, strict=True)}
