"""Which product this is: what was kept by another one is not shown by this one."""

from pathlib import Path

import pytest

from config.product import fingerprint


@pytest.mark.parametrize(
    "part",
    [
        "survey/selectors/kept.py",
        "config/settings.py",
        "locale/en/LC_MESSAGES/django.mo",
        "requirements.txt",
        # Figures of a cut are kept as the page that they were drawn with.
        "templates/results/cleared_figures.html",
    ],
)
def test_a_change_of_any_part_makes_another_product(tmp_path: Path, part: str) -> None:
    path = tmp_path / part
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("before")
    before = fingerprint(tmp_path)
    path.write_text("after")

    assert fingerprint(tmp_path) != before


def test_the_same_files_make_the_same_product(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("Django")

    assert fingerprint(tmp_path) == fingerprint(tmp_path)


def test_what_the_product_writes_itself_does_not_make_another(tmp_path: Path) -> None:
    before = fingerprint(tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demonstration.log").write_text("Firms are answering.")

    assert fingerprint(tmp_path) == before
