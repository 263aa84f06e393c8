"""The files of a reference set: every column is text, an empty field is the only missing value."""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

GOLDEN = Path(__file__).resolve().parents[2] / "reference" / "golden"
FOLDER = Path(os.environ.get("REFERENCE_DIR", GOLDEN)).expanduser()


@dataclass(frozen=True, eq=False)
class Data:
    """One data file (or the rows of it that a design keeps)."""

    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    def has(self, column: str) -> bool:
        return column in self.table.columns

    def text(self, column: str) -> np.ndarray:
        return self.table[column].to_numpy(dtype=str)

    def answered(self, column: str) -> np.ndarray:
        return self.text(column) != ""

    def numbers(self, column: str) -> np.ndarray:
        text = self.text(column)
        return np.where(text == "", "nan", text).astype(float)

    def where(self, conditions: dict) -> np.ndarray:
        """Rows in which every column has its value (or one of its values)."""
        kept = np.ones(len(self), bool)
        for column, value in (conditions or {}).items():
            kept &= np.isin(self.text(column), [str(one) for one in (value if isinstance(value, list) else [value])])
        return kept

    def rows(self, kept: np.ndarray) -> "Data":
        return Data(self.table[kept].reset_index(drop=True))


@cache
def load(name: str) -> Data:
    return Data(pd.read_csv(FOLDER / name, dtype=str, keep_default_na=False, encoding="utf-8-sig"))


@cache
def reference() -> dict:
    return json.loads((FOLDER / "expected.json").read_text("utf-8"))


def exists(name: str) -> bool:
    return (FOLDER / name).is_file()
