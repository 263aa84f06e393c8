"""Nothing in the product knows the shipped survey: its items, themes, groups and tables are content."""

import json
import re
from pathlib import Path

import pytest

from tests.shipped import FIXTURES, shipped_plan

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ("survey/management/demonstration/", "survey/migrations/")
"""The demonstration answers the shipped questionnaire, and a migration carries over what was stored when it was code."""
FRAME = {"industry", "size", "district"}
"""Variables that every frame has are words of the product."""
PLAIN = {"core", "ranking", "distribution", "not_applicable", "means", "medians", "severity", "totals", "ratios"}
"""Codes that are plain words of the field."""


def shipped_names() -> set[str]:
    """Codes of items, themes, indicators, groups and tables, and the wording of the themes."""
    rows = json.loads(
        Path(next(path for path in FIXTURES if path.endswith("survey_questionnaire.json"))).read_text("utf-8")
    )
    items = {row["fields"]["code"] for row in rows if row["model"] == "survey.item"}
    plan = shipped_plan()
    themes = {
        name for theme in plan.themes for name in (theme.code.removeprefix("core_"), theme.text.en, theme.text.zh)
    }
    codes = {part.code for part in (*plan.themes, *plan.indicators, *plan.groups, *plan.blocks)}  # type: ignore[attr-defined]
    return (items | themes | codes) - FRAME - PLAIN


def product_files() -> list[Path]:
    files = [path for folder in ("survey", "templates", "config") for path in (ROOT / folder).rglob("*")]
    texts = [path for path in files if path.suffix in {".py", ".html", ".js", ".txt", ".css"}]
    return [path for path in texts if not str(path.relative_to(ROOT)).startswith(CONTENT)]


def test_product_names_nothing_of_the_shipped_survey() -> None:
    words = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(shipped_names()))) + r")(?![\w-])")
    found = {
        (str(path.relative_to(ROOT)), match[0])
        for path in product_files()
        for match in words.finditer(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "name", ["E2_energy_ratio", "data_security", "severity_by_district", "5G energy cost", "sector"]
)
def test_names_that_are_looked_for_are_those_of_the_content(name: str) -> None:
    assert name in shipped_names()
