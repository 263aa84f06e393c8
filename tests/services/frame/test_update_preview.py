from typing import Any

import pandas as pd
import pytest

from survey.selectors.design.classifications import read_classifications
from survey.services.frame.importing import import_frame
from survey.services.frame.update_preview import newest_frame, preview_update
from tests.frame_lists import CODES, checked_table, firms

pytestmark = pytest.mark.usefixtures("classified")


def previewed(table: pd.DataFrame) -> dict[str, Any]:
    import_frame(rows=firms(), title="去年", actor=None)
    newest = newest_frame()
    assert newest is not None
    return preview_update(newest, checked_table(table, read_classifications()).parts)


def test_firms_are_new_changed_gone_or_the_same() -> None:
    table = firms((2, "单位名称", "甲新名有限公司"), (4, "统一社会信用代码", CODES[3]), (4, "单位名称", "丁"))
    found = previewed(table)
    assert [found[kind] for kind in ("new", "changed", "same", "gone")] == [1, 1, 1, 1]
    assert found["examples"] == {"new": ["丁"], "changed": ["甲新名有限公司"], "gone": ["丙商贸有限公司"]}


def test_firm_whose_row_has_errors_is_not_gone() -> None:
    found = previewed(firms((3, "从业人员", "?")))
    assert [found[kind] for kind in ("new", "changed", "same", "gone")] == [0, 0, 2, 0]


def test_first_list_has_nothing_to_be_compared_with() -> None:
    assert newest_frame() is None
