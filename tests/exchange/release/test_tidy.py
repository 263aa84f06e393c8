"""All figures of a release as rows for machines."""

from dataclasses import replace
from typing import Any

from survey.exchange.release.tidy import tidy_heads, tidy_rows
from survey.methods.released.publication import publication_of
from survey.methods.tables.beside import Whole
from tests.small_content import ROUGH, SHOWN, small_content


def figures(content: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    both = [publication_of(content or small_content(), language) for language in ("zh-hans", "en")]
    return [dict(zip(tidy_heads(both), row, strict=True)) for row in tidy_rows(both, 3)]


def test_every_figure_of_every_group_is_a_row_with_labels_in_both_languages() -> None:
    found = figures()
    assert [(one["group"], one["table"], one["row"], one["column"]) for one in found] == [
        ("all", "ranking", "cost", "all"),
        ("all", "ranking", "data", "all"),
        ("all", "distribution", "cost", "all"),
        ("all", "distribution", "cost", "step"),
        ("all", "distribution", "data", "all"),
        ("all", "distribution", "data", "step"),
        ("industry=C", "ranking", "cost", "all"),
        ("industry=C", "ranking", "data", "all"),
    ]
    first = found[0]
    assert (first["row_label_zh"], first["row_label_en"], first["group_label_en"]) == ("成本", "=Cost", "All firms")
    assert (first["wave"], first["release"], first["is_provisional"], first["unit"]) == ("w1", 3, True, "fraction")


def test_figure_has_its_error_and_a_withheld_one_its_sign_and_nothing_else() -> None:
    found = figures()
    assert [found[0][name] for name in ("n", "estimate", "se", "ci_low", "ci_high", "shorthand")] == [
        120, 0.46, 0.045, 0.37, 0.55, "",
    ]  # fmt: skip
    numbers = ("n", "estimate", "se", "cv", "ci_low", "ci_high", "rank", "of_all", "before", "after")
    assert {found[-1][name] for name in numbers} == {None}
    assert (found[-1]["status"], found[-1]["shorthand"]) == ("withheld", "[c]")


def test_change_of_a_mean_in_per_cent_is_in_points() -> None:
    content = small_content()
    content["specs"]["ranking"] |= {"statistic": "mean_change", "measured": "mean"}
    for words in content["languages"].values():
        words["specs"]["ranking"]["rows"]["cost"][2] = "%"
    assert figures(content)[0]["unit"] == "percentage points"


def test_band_stands_in_columns_of_its_own_and_its_middle_is_no_figure() -> None:
    whole = Whole(estimate=0.05, se=None, ci_low=None, ci_high=None, n=120, band=(0.0, 0.1))
    first, second, *_others = figures(small_content(cells=(replace(SHOWN, band=(0.0, 0.15), of_all=whole), ROUGH)))
    names = ("estimate", "of_all", "band_low", "band_high", "of_all_band_low", "of_all_band_high", "shorthand")
    assert [first[name] for name in names] == [None, None, 0.0, 0.15, 0.0, 0.1, ""]
    assert [second[name] for name in names] == [0.3, None, None, None, None, None, ""]
