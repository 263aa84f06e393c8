"""What is wrong with the rows of a list, gathered check by check."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from survey.services.frame.columns import FrameColumn

ERROR_COLUMNS = ["row", "column", "code", "value", "params"]


@dataclass
class RowErrors:
    """What is wrong so far."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(self, where: pd.Series, column: FrameColumn, code: str, value: pd.Series, **params: Any) -> None:
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
