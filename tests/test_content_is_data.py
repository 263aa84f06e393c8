"""Nothing in the product knows the shipped survey: its items, themes, groups and tables are content."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shipped import FIXTURES, shipped_plan

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("survey", "templates", "config", "deploy", "locale")
SUFFIXES = {".py", ".html", ".js", ".txt", ".css", ".svg", ".po", ".sh", ".yml", ".yaml", ".toml", ".conf"}
CONTENT = ("survey/migrations/",)
"""A migration carries over what was stored when it was code."""
FRAME = {"industry", "size", "district"}
"""Variables that every frame has are words of the product."""
PLAIN = {"core", "ranking", "distribution", "not_applicable", "means", "medians", "severity", "totals", "ratios"}
"""Codes that are plain words of the field."""
WORDS_OF_THE_FIELD = {
    "10,000 yuan", ". > 0", "Name of the firm", "No problem", "None of these", "Numeric indicators: means",
    "Numeric indicators: medians", "Size of the firm", "Telephone number", "Unified social credit code", "Very serious",
    "a pain point", "find it serious or very serious", "严重程度", "企业名称", "企业规模", "数值指标：中位数", "数值指标：均值",
    "没有问题", "统一社会信用代码", "联系电话", "认为严重或非常严重", "非常严重", "填表人", "小微型", "都没有",
}  # fmt: skip
"""Wordings that the product has of itself, for scales, lists of firms and tables that no plan names."""


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


def texts_in(content: Any) -> Iterator[str]:
    """Every text in a value of JSON but the names of its fields."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from texts_in(part)


def shipped_wordings() -> set[str]:
    """What the shipped questionnaire, its pain points and its plan say in more than one word."""
    of_survey = [path for path in FIXTURES if re.search(r"survey_|pain_points", Path(path).name)]
    said = {text for path in of_survey for text in texts_in(json.loads(Path(path).read_text("utf-8")))}
    more_than_a_word = {text for text in said if " " in text.strip() or re.fullmatch(r"[^\x00-\xff].{2,}", text)}
    return more_than_a_word - WORDS_OF_THE_FIELD


def product_files() -> list[Path]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    texts = [path for path in files if path.suffix in SUFFIXES]
    return [path for path in texts if not str(path.relative_to(ROOT)).startswith(CONTENT)]


def test_product_names_nothing_of_the_shipped_survey() -> None:
    words = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(shipped_names()))) + r")(?![\w-])")
    found = {
        (str(path.relative_to(ROOT)), match[0])
        for path in product_files()
        for match in words.finditer(path.read_text("utf-8"))
    }
    assert found == set()


def test_product_says_nothing_that_the_shipped_survey_says() -> None:
    # Chinese has no spaces between its words: the longer one is found in whatever stands around it.
    words = re.compile("|".join(map(re.escape, sorted(shipped_wordings(), key=len, reverse=True))))
    found = {
        (str(path.relative_to(ROOT)), match[0])
        for path in product_files()
        for match in words.finditer(path.read_text("utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize("words", ["Data security", "the article's 9", "辅机设备接口协议不统一", "跨地域远程控制难"])
def test_wordings_that_are_looked_for_are_those_of_the_content(words: str) -> None:
    assert words in shipped_wordings()


@pytest.mark.parametrize(
    "name", ["E2_energy_ratio", "data_security", "severity_by_district", "5G energy cost", "industry_group"]
)
def test_names_that_are_looked_for_are_those_of_the_content(name: str) -> None:
    assert name in shipped_names()
