"""The columns of a list of firms, and how their headers are recognised in Chinese and English."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.services.frame.complaints import FrameFileRefused
from survey.terms import AskedUnit


class FrameColumn(StrEnum):
    """A column that the frame knows; the value is its name in the checked rows."""

    CREDIT_CODE = "credit_code"
    UNIT_KEY = "unit_key"
    NAME = "name"
    DISTRICT = "district"
    INDUSTRY = "industry"
    EMPLOYEES = "employees"
    REVENUE = "revenue"
    ASSETS = "assets"
    SIZE = "size"
    CONTACT = "contact"
    EMAIL = "email"
    PHONE = "phone"


REQUIRED = (
    FrameColumn.CREDIT_CODE,
    FrameColumn.NAME,
    FrameColumn.DISTRICT,
    FrameColumn.INDUSTRY,
    FrameColumn.EMPLOYEES,
    FrameColumn.REVENUE,
)
# A list of local units has a row for each, and a number by which the units of one firm are told.
OF_UNITS = (FrameColumn.CREDIT_CODE, FrameColumn.UNIT_KEY, *REQUIRED[1:])
MONEY_COLUMNS = (FrameColumn.REVENUE, FrameColumn.ASSETS)

# The first Chinese and the first English name of each column are those of the template and of messages.
SYNONYMS: dict[FrameColumn, tuple[str, ...]] = {
    FrameColumn.CREDIT_CODE: (
        "统一社会信用代码", "credit code", "社会信用代码", "信用代码", "统一信用代码", "unified social credit code",
        "uscc", "credit_code", "社会信用代码/注册号", "统一社会信用代码/注册号",
    ),
    FrameColumn.UNIT_KEY: (
        "产业活动单位代码", "local unit number", "单位编号", "产业活动单位编号", "产业活动单位组织机构代码",
        "分支机构代码", "分支机构编号", "门店编号", "网点编号", "number of the local unit", "local unit code",
        "local unit id", "unit number", "unit code", "unit key", "unit_key", "local unit no",
    ),
    FrameColumn.NAME: (
        "单位名称", "name", "单位详细名称", "企业名称", "公司名称", "企业全称", "单位全称", "名称", "name of the firm",
        "firm name", "firm", "company", "company name", "enterprise", "enterprise name",
    ),
    FrameColumn.DISTRICT: (
        "所在区", "district", "区", "行政区", "区县", "所属区", "所属区县", "所在区县", "所在地区", "地区", "辖区",
        "区划", "行政区划", "行政区划代码", "所属辖区", "所在区域", "区域", "district code", "area",
    ),
    FrameColumn.INDUSTRY: (
        "行业代码", "industry", "行业", "国民经济行业", "国民经济行业代码", "行业大类", "行业小类",
        "行业中类", "行业大类代码", "行业小类代码", "行业中类代码", "行业类别", "所属行业", "行业名称",
        "industry code", "gb/t 4754 industry", "gb/t 4754", "gb/t4754", "industry division", "division",
    ),
    FrameColumn.EMPLOYEES: (
        "从业人员", "employees", "从业人员数", "从业人数", "从业人员期末人数", "期末从业人员",
        "期末用工人数", "平均用工人数", "员工人数", "员工数", "职工人数", "人数",
        "number of employees", "staff", "headcount",
    ),
    FrameColumn.REVENUE: (
        "营业收入", "revenue", "营业总收入", "全年营业收入", "主营业务收入", "年营业收入", "营收", "收入",
        "turnover", "operating revenue", "sales",
    ),
    FrameColumn.ASSETS: ("资产总额", "total assets", "资产总计", "总资产", "资产", "assets"),
    FrameColumn.SIZE: (
        "企业规模", "size class", "单位规模", "规模", "规模类型", "企业规模类型", "划型", "size", "size_class",
    ),
    FrameColumn.CONTACT: (
        "联系人", "contact", "联系人姓名", "填表人", "统计联系人", "contact person", "contact name",
    ),
    FrameColumn.EMAIL: (
        "电子邮箱", "e-mail", "邮箱", "电子邮件", "邮箱地址", "email", "mail", "e-mail address", "email address",
    ),
    FrameColumn.PHONE: (
        "联系电话", "phone", "电话", "手机", "手机号", "手机号码", "电话号码", "固定电话", "联系方式",
        "telephone", "tel", "mobile", "phone number",
    ),
}  # fmt: skip

# What one unit of a money column is in 10,000 yuan.
MONEY_UNITS = {
    "亿元": 1e4, "百万元": 100.0, "万元": 1.0, "千元": 0.1, "元": 1e-4,
    "10,000 yuan": 1.0, "10000 yuan": 1.0, "10 000 yuan": 1.0, "1,000 yuan": 0.1, "1000 yuan": 0.1,
    "thousand yuan": 0.1, "million yuan": 100.0, "yuan": 1e-4,
}  # fmt: skip

# Of two columns of employees that at the end of the period counts: the size rule of 2017 takes the average of the year
# only where there is no other (National Bureau of Statistics, 国统字〔2017〕213号, note 2).
SECOND_CHOICE = frozenset({"平均用工人数"})
# Names of units, which only a list of them has; there they stand before the name of the firm.
UNIT_NAMES = (
    "产业活动单位名称", "产业活动单位详细名称", "分支机构名称", "门店名称", "网点名称", "local unit name",
    "name of the local unit", "unit name",
)  # fmt: skip
# What Excel shows in front of a text that looks like a number, and some programs export as a part of it.
APOSTROPHES = "'‘’`"

PARENTHESES = re.compile(r"\(([^()]*)\)")
DECORATION = re.compile(r"[\s*_:：.]+")
UNIT_AT_END = re.compile(r"(?:亿|百万|万|千)?元$")
UNIT_WORD = re.compile(r"^\s*(?:单位|计量单位|unit|in)\s*:?\s*")


def plain(header: object) -> str:
    """A header reduced to what tells it apart: one width, lower case, no unit, no stars, blanks or colons."""
    text = unicodedata.normalize("NFKC", str(header)).lower().strip().lstrip(APOSTROPHES)
    # NFKC first: it makes full-width parentheses, colons and stars half-width, which the patterns then find.
    # Only what stands before a comma: "Revenue, 10,000 yuan" names the column there.
    return UNIT_AT_END.sub("", DECORATION.sub("", PARENTHESES.sub("", text)).split(",")[0])


COLUMN_OF = {plain(word): column for column, words in SYNONYMS.items() for word in words}
NAMES_A_UNIT = frozenset(map(plain, UNIT_NAMES))


def required_columns(lists: AskedUnit) -> tuple[FrameColumn, ...]:
    """What a list of firms, or of local units, must have."""
    return OF_UNITS if lists is AskedUnit.LOCAL_UNIT else REQUIRED


def columns_of_list(lists: AskedUnit) -> tuple[FrameColumn, ...]:
    """Every column that such a list may have, in the order of the template."""
    return tuple(
        column for column in FrameColumn if lists is AskedUnit.LOCAL_UNIT or column is not FrameColumn.UNIT_KEY
    )


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """Where each known column stands in the table, and the unit in which each money column is given."""

    positions: dict[FrameColumn, int]
    factors: dict[FrameColumn, float]
    left_out: tuple[str, ...] = ()
    """Headers of columns that another one is taken before."""
    unit_header: str = ""
    """The header of the numbers of local units in a list that is read as one of firms."""

    def notes(self) -> list[tuple[str, dict[str, str]]]:
        """What the officer should know of the choice of columns."""
        units = [("units_unread", {"header": self.unit_header})] if self.unit_header else []
        return [*(("second_column", {"header": header}) for header in self.left_out), *units]


def count_recognised(headers: Sequence[object]) -> int:
    """How many different known columns a row of headers names."""
    return len({COLUMN_OF[word] for word in map(plain, headers) if word in COLUMN_OF})


def recognise_columns(headers: Sequence[object], lists: AskedUnit = AskedUnit.FIRM) -> Recognised:
    """Find the known columns of a list of firms or of local units; `FrameFileRefused` if one is missing or named
    twice."""
    found: dict[FrameColumn, list[int]] = {}
    for position, header in enumerate(headers):
        if (column := COLUMN_OF.get(plain(header))) is not None:
            found.setdefault(column, []).append(position)
    units = found.pop(FrameColumn.UNIT_KEY, []) if lists is AskedUnit.FIRM else []
    if lists is AskedUnit.LOCAL_UNIT:
        own = [position for position, header in enumerate(headers) if plain(header) in NAMES_A_UNIT]
        found |= {FrameColumn.NAME: own} if own else {}
    missing = [column for column in required_columns(lists) if column not in found]
    if missing:
        raise FrameFileRefused("columns_missing", columns=[column.value for column in missing])
    # Only where there is another one: a list that has the average alone is read by it.
    second = [place for places in found.values() if len(places) > 1 for place in places if _is_second(headers[place])]
    found = {column: [place for place in places if place not in second] or places for column, places in found.items()}
    twice = [column for column, positions in found.items() if len(positions) > 1]
    if twice:
        names = ", ".join(str(headers[position]) for position in found[twice[0]])
        # Choosing one by place would take a wrong column in silence, for every firm.
        raise FrameFileRefused("column_twice", columns=[twice[0].value], headers=names)
    positions = {column: places[0] for column, places in found.items()}
    return Recognised(
        positions=positions,
        factors={column: money_factor(headers[positions[column]]) for column in MONEY_COLUMNS if column in positions},
        left_out=tuple(str(headers[place]) for place in second),
        unit_header=str(headers[units[0]]) if units else "",
    )


def _is_second(header: object) -> bool:
    return plain(header) in SECOND_CHOICE


def money_factor(header: object) -> float:
    """What the unit named in a money column's header is in 10,000 yuan; 1 where it names none."""
    text = unicodedata.normalize("NFKC", str(header)).lower()
    # "营业收入(万元)", "Revenue, 10,000 yuan", "营业收入万元": the unit stands in parentheses, after a comma
    # or at the end.
    pieces = [*PARENTHESES.findall(text), *text.split(",", 1)[1:]]
    named = [piece for piece in pieces if "元" in piece or "yuan" in piece] or UNIT_AT_END.findall(text)
    if not named:
        # Figures of official lists are in 10,000 yuan; LARGEST in ``check.py`` catches whole lists in yuan.
        return 1.0
    unit = UNIT_WORD.sub("", named[0]).strip()
    if unit not in MONEY_UNITS:
        # Taking it for 10,000 yuan would be wrong by powers of ten, and by that in the stratum.
        raise FrameFileRefused("unit_unknown", header=str(header), unit=unit)
    return MONEY_UNITS[unit]
