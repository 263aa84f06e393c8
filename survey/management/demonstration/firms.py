"""A list of fictitious firms with valid but fictitious credit codes, equal for equal seeds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.random import Generator
from stdnum.cn import uscc

# GB/T 4754-2017 code (division or finer) -> (share of the list, what the firms do).
TRADES = {
    "39": (0.22, "电子"),
    "38": (0.08, "电气"),
    "35": (0.07, "专用设备"),
    "34": (0.05, "通用设备"),
    "33": (0.05, "金属制品"),
    "29": (0.05, "塑胶制品"),
    "40": (0.03, "仪器仪表"),
    "36": (0.02, "汽车零部件"),
    "27": (0.02, "医药"),
    "21": (0.02, "家具"),
    "18": (0.02, "服饰"),
    "14": (0.01, "食品"),
    "65": (0.10, "软件"),
    "64": (0.03, "网络科技"),
    "63": (0.01, "通信"),
    "51": (0.06, "商贸"),
    "52": (0.02, "百货"),
    "54": (0.03, "物流运输"),
    "594": (0.02, "仓储"),
    "73": (0.02, "技术研究"),
    "74": (0.03, "检测技术"),
    "72": (0.02, "商务服务"),
    "44": (0.01, "电力"),
    "50": (0.01, "装饰工程"),
}
DISTRICTS = {
    "宝安区": ("440306", 0.26),
    "龙岗区": ("440307", 0.20),
    "南山区": ("440305", 0.17),
    "龙华区": ("440309", 0.12),
    "福田区": ("440304", 0.09),
    "光明区": ("440311", 0.06),
    "坪山区": ("440310", 0.04),
    "罗湖区": ("440303", 0.04),
    "盐田区": ("440308", 0.01),
    "大鹏新区": ("440307", 0.01),
}
FIRST = "星禾云澜拓衡启睿岚泽恒嘉汇卓明瀚景曜越锦"
SECOND = "川桥舟序原图野辰帆岭砚渡石林序朗溪阳途川"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
FIRST_SERIAL = 1000
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def fictitious_credit_code(district_code: str, serial: int) -> str:
    """A valid credit code of an enterprise whose organisation code begins with Y, which no registry has given out."""
    body = f"Y{serial:07d}"
    total = sum(
        ORGANISATION_VALUES.index(char) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    # The check character of an organisation code, GB 11714-1997.
    check = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    number = f"91{district_code}{body}{check}"
    return number + str(uscc.calc_check_digit(number))


def demonstration_firms(
    generator: Generator,
    count: int = 3000,
    trades: Mapping[str, tuple[float, str]] = TRADES,
    first_serial: int = FIRST_SERIAL,
) -> pd.DataFrame:
    """``count`` firms as an officer would receive them: one row a firm, columns headed in Chinese, all values text.

    Two lists whose serials do not overlap have no firm in common.
    """
    industries = generator.choice(list(trades), size=count, p=_shares([share for share, _ in trades.values()]))
    districts = generator.choice(list(DISTRICTS), size=count, p=_shares([share for _, share in DISTRICTS.values()]))
    # Lognormal with this spread: most firms are small and a few carry much of the employment, as in a real register.
    employees = np.clip(np.round(np.exp(generator.normal(4.2, 1.35, count))), 2, 30_000).astype(int)
    revenue = np.round(employees * np.exp(generator.normal(4.4, 0.55, count)), 1)
    # Drawn from three times as many, so that neighbours in the list have no neighbouring codes.
    serials = generator.permutation(np.arange(first_serial, first_serial + 3 * count))[:count]
    brands = generator.integers(0, len(FIRST), size=(count, 2))
    contacts = generator.integers(0, len(SURNAMES), size=count)
    return pd.DataFrame(
        {
            "统一社会信用代码": [
                fictitious_credit_code(DISTRICTS[district][0], int(serial))
                for district, serial in zip(districts, serials, strict=True)
            ],
            "单位名称": [
                f"演示{FIRST[a]}{SECOND[b]}{trades[industry][1]}{serial}有限公司"
                for (a, b), industry, serial in zip(brands, industries, serials, strict=True)
            ],
            "地区": districts,
            "行业代码": industries,
            "从业人员": employees.astype(str),
            "营业收入(万元)": [f"{value:.1f}" for value in revenue],
            "联系人": [f"{SURNAMES[index]}女士" if index % 2 else f"{SURNAMES[index]}先生" for index in contacts],
            # A domain that is kept free for examples (RFC 2606): a mail to it reaches nobody.
            "电子邮箱": [f"firm{serial}@example.com" for serial in serials],
            "联系电话": [f"0755-0000{serial:05d}" for serial in serials],
        }
    )


def _shares(parts: list[float]) -> np.ndarray:
    return np.array(parts) / sum(parts)
