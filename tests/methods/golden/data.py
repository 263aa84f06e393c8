"""The files of a reference set: every column is text, an empty field is the only missing value."""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SETS = Path(__file__).resolve().parents[2] / "reference"
STATED = os.environ.get("REFERENCE_DIR")
FOLDERS = [Path(STATED).expanduser()] if STATED else [SETS / name for name in ("golden", "synthetic", "production")]
FOLDER = FOLDERS[0]
"""The set that is read now."""


@dataclass(frozen=True, eq=False)
class Data:
    """One data file (or the rows of it that a design keeps)."""

    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    def has(self, column: str) -> bool:
        return column in self.table.columns

    def text(self, column: str) -> np.ndarray:
        return np.asarray(self.table[column].to_numpy(dtype=str))

    def answered(self, column: str) -> np.ndarray:
        return np.asarray(self.text(column) != "")

    def numbers(self, column: str) -> np.ndarray:
        text = self.text(column)
        return np.where(text == "", "nan", text).astype(float)

    def equal(self, column: str, value: object) -> np.ndarray:
        """Rows with a value, compared as text; true and false in any spelling, null = empty, 2.0 as 2."""
        text = self.text(column)
        return np.asarray((np.char.lower(text) if isinstance(value, bool) else text) == text_of(value))

    def where(self, conditions: dict[str, Any] | None) -> np.ndarray:
        """Rows in which every column has its value (or one of its values)."""
        kept = np.ones(len(self), bool)
        for column, value in (conditions or {}).items():
            values = value if isinstance(value, list) else [value]
            kept &= np.logical_or.reduce([self.equal(column, one) for one in values])
        return kept

    def rows(self, kept: np.ndarray) -> "Data":
        return Data(self.table[kept].reset_index(drop=True))


def text_of(value: object) -> str:
    """A value of the JSON as it stands in a data file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def load(name: str) -> Data:
    return _load(FOLDER / name)


@cache
def _load(path: Path) -> Data:
    return Data(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"))


def reference() -> dict[str, Any]:
    return reference_in(FOLDER)


@cache
def reference_in(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8-sig"))
    return content


def exists(name: str) -> bool:
    return (FOLDER / name).is_file()
