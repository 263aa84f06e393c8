"""The check of a list of firms: which rows can go in, and what is wrong with the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from survey.instrument.kinds.contact import EMAIL_FORM, PHONES_FORM
from survey.methods.sampling.size_class import classify_sizes
from survey.selectors.design.classifications import Classifications
from survey.services.frame.cells import as_narrow_text, as_numbers, as_text, is_number
from survey.services.frame.columns import Column
from survey.services.frame.credit_code import credit_code_faults, normalise_credit_codes, without_persons
from survey.services.frame.lookup import district_codes, industry_codes
from survey.services.frame.lost_zeros import lost_zeros
from survey.terms import SizeClass

# Those of the columns in models/frame.py; PostgreSQL refuses longer texts, SQLite does not.
LENGTHS = {Column.NAME: 200, Column.CONTACT: 100, Column.EMAIL: 254, Column.PHONE: 40}
# In people and 10,000 yuan: beyond any firm, so what exceeds them is a slip of units (yuan given as 10,000 yuan).
LARGEST = {Column.EMPLOYEES: 1e7, Column.REVENUE: 1e9, Column.ASSETS: 1e10}
FIGURE_UNITS = {Column.EMPLOYEES: "人|名|persons?", Column.REVENUE: "万元", Column.ASSETS: "万元"}
STATED_SIZES = {
    **dict.fromkeys(("大型", "大", "大型企业", "large", "1"), SizeClass.LARGE),
    **dict.fromkeys(("中型", "中", "中型企业", "medium", "2"), SizeClass.MEDIUM),
    **dict.fromkeys(("小型", "小", "小型企业", "small", "3"), SizeClass.SMALL),
    **dict.fromkeys(("微型", "微", "微型企业", "micro", "4"), SizeClass.MICRO),
}
ERROR_COLUMNS = ["row", "column", "code", "value", "params"]
Progress = Callable[[int, int], None]
Notes = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeList:
    """What a row cannot tell by itself. ``repeated``: row -> the first rows that have the same credit code, as text, of
    each code that stands more than once. ``finer``: whether any industry has a code longer than a division's."""

    repeated: pd.Series
    finer: bool


@dataclass(frozen=True, kw_only=True)
class CheckedRows:
    """``good``: one row per firm that can go in, indexed by row of the list, with codes, division, section, size class,
    figures (money in 10,000 yuan) and contact. ``errors``: row, column, code, value and params of everything wrong.
    ``blanked``: the same of what was left out of contacts, which costs no firm its place. ``notes``: in how many rows
    what the officer should know although it stops nothing, by code of the note. ``codes``: of all rows."""

    total: int
    good: pd.DataFrame
    errors: pd.DataFrame
    blanked: pd.DataFrame
    notes: Notes
    codes: pd.Series


@dataclass
class RowErrors:
    """What is wrong so far."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(self, where: pd.Series, column: Column, code: str, value: pd.Series, **params: Any) -> None:
        """Note one error for each row where ``where`` is true; a Series among ``params`` gives each row its own."""
        rows = where.index[where]
        if not len(rows):
            return
        own = {key: value.loc[rows] for key, value in params.items() if isinstance(value, pd.Series)}
        fixed = {key: value for key, value in params.items() if key not in own}
        # One dictionary for all rows where none differs: a list may be wrong in every row.
        own_params = pd.DataFrame(own, index=rows).to_dict("records") if own else []
        every = [fixed | one for one in own_params] if own else [fixed] * len(rows)
        # 80 characters are enough to find the cell; one with a whole document in it would swell the report.
        parts = {"row": rows, "column": str(column), "code": code, "value": value.loc[rows].str[:80].to_numpy()}
        self.parts.append(pd.DataFrame({**parts, "params": every}))

    def table(self) -> pd.DataFrame:
        if not self.parts:
            return pd.DataFrame(columns=ERROR_COLUMNS)
        # Stable: the errors of one row stay in the order of the checks.
        return pd.concat(self.parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def check_rows(
    cells: pd.DataFrame,
    *,
    whole: WholeList,
    classifications: Classifications,
    factors: Mapping[Column, float],
) -> CheckedRows:
    """Check some rows of a list: `Column` names, indexed by row of the list, with cells as they were read.

    ``factors``: what one unit of a money column is in 10,000 yuan.
    """
    errors, blanked, firms = RowErrors(), RowErrors(), pd.DataFrame(index=cells.index)
    _check_texts(cells, firms, errors)
    _check_contacts(cells, firms, blanked)
    _check_credit_codes(cells, firms, errors, whole.repeated)
    notes = _check_places(cells, firms, errors, classifications, finer=whole.finer)
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
        codes=firms[Column.CREDIT_CODE],
    )


def column_text(cells: pd.DataFrame, column: Column) -> pd.Series:
    """A column as narrow text, "" throughout where the list does not have it."""
    if column not in cells:
        return pd.Series("", index=cells.index, dtype=object)
    return as_narrow_text(cells[column])


def _check_texts(cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors) -> None:
    name = firms[Column.NAME] = as_text(cells[Column.NAME])
    errors.add(name == "", Column.NAME, "missing", name)
    _check_length(Column.NAME, name, errors)


def _check_length(column: Column, text: pd.Series, errors: RowErrors) -> pd.Series:
    """Which cells are longer than is kept."""
    length = text.str.len()
    is_long = length > LENGTHS[column]
    errors.add(is_long, column, "too_long", text, length=length, limit=LENGTHS[column])
    return is_long


def _check_contacts(cells: pd.DataFrame, firms: pd.DataFrame, blanked: RowErrors) -> None:
    """What cannot be written to or called is left out: the firm belongs to the population all the same."""
    person = as_text(cells[Column.CONTACT]) if Column.CONTACT in cells else pd.Series("", cells.index, dtype=object)
    firms[Column.CONTACT] = person.mask(_check_length(Column.CONTACT, person, blanked), "")
    for column, pattern, code in ((Column.EMAIL, EMAIL_FORM, "email_form"), (Column.PHONE, PHONES_FORM, "phone_form")):
        text = column_text(cells, column)
        is_long = _check_length(column, text, blanked)
        unfit = (text != "") & ~text.str.fullmatch(pattern).astype(bool) & ~is_long
        blanked.add(unfit, column, code, text)
        firms[column] = text.mask(is_long | unfit, "")


def _check_credit_codes(cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, repeated: pd.Series) -> None:
    column = Column.CREDIT_CODE
    codes = normalise_credit_codes(cells[column])
    firms[column] = codes
    faults = credit_code_faults(cells[column], codes)
    errors.add(codes == "", column, "missing", codes)
    shown = without_persons(codes)
    for code in sorted(set(faults) - {""}):
        errors.add(faults == code, column, code, shown, length=codes.str.len())
    twice = pd.Series(codes.index.isin(repeated.index), index=codes.index)
    errors.add(twice, column, "duplicate", shown, rows=repeated.reindex(codes.index))


def _check_places(
    cells: pd.DataFrame,
    firms: pd.DataFrame,
    errors: RowErrors,
    classifications: Classifications,
    *,
    finer: bool,
) -> Notes:
    places = column_text(cells, Column.DISTRICT)
    firms["district"] = district_codes(places, classifications)
    errors.add(places == "", Column.DISTRICT, "missing", places)
    known = "、".join(name.of("zh") for name in classifications.districts.values())
    unknown = (places != "") & (firms["district"] == "")
    errors.add(unknown, Column.DISTRICT, "district_unknown", places, known=known)
    trades = column_text(cells, Column.INDUSTRY)
    surely, maybe = lost_zeros(trades, is_number(cells[Column.INDUSTRY]), finer=finer)
    found = industry_codes(trades.mask(surely, "0" + trades), classifications)
    found["fault"] = found["fault"].mask(maybe, "industry_lost_zero")
    errors.add(trades == "", Column.INDUSTRY, "missing", trades)
    for fault in sorted(set(found["fault"]) - {""}):
        errors.add((found["fault"] == fault) & (trades != ""), Column.INDUSTRY, fault, trades)
    firms[["industry", "division", "section"]] = found[["code", "division", "section"]]
    return {"zero_restored": int(surely.sum())}


def _check_figures(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, factors: Mapping[Column, float]
) -> None:
    for column, largest in LARGEST.items():
        text = column_text(cells, column)
        typed = cells.get(column, text)
        values, fits = as_numbers(typed, text, FIGURE_UNITS[column])
        # Total assets decide the size of few industries; where they are not given, the other figures do.
        if column is not Column.ASSETS:
            errors.add(text == "", column, "missing", text)
        errors.add((text != "") & ~fits, column, "not_a_number", text)
        errors.add(values < 0, column, "negative", text)
        if column is Column.EMPLOYEES:
            errors.add((values >= 0) & (values % 1 != 0), column, "not_whole", text)
        values = values * factors.get(column, 1.0)
        # What fits the form of a number and is NaN has overflowed, as a row of 400 digits does.
        errors.add((values > largest) | (fits & values.isna()), column, "too_large", text)
        firms[column] = values


def _check_sizes(
    cells: pd.DataFrame, firms: pd.DataFrame, errors: RowErrors, classifications: Classifications
) -> Notes:
    """Derive the size class; the class that the list states counts only where the rule decides nothing."""
    text = column_text(cells, Column.SIZE)
    stated = text.str.lower().map(STATED_SIZES).fillna("").astype(object)
    errors.add((text != "") & (stated == ""), Column.SIZE, "size_unknown", text)
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
    for reason, code in ((sizes.outside, "size_outside"), (sizes.ambiguous, "size_ambiguous")):
        where = pd.Series(reason, index=part.index) & (filled == "")
        errors.add(where.reindex(firms.index, fill_value=False), Column.INDUSTRY, code, firms["industry"])
    return {"assets_missing": int(sizes.partial.sum()), "size_stated": int(((derived == "") & (filled != "")).sum())}


def size_class_counts(good: pd.DataFrame) -> dict[str, int]:
    """How many of the good rows fall into each size class, in the order of the classes."""
    counts = np.array([(good["size_class"] == size.value).sum() for size in SizeClass])
    return {size.value: int(count) for size, count in zip(SizeClass, counts, strict=True)}
