"""The script of the charts is a file of our own, written once for each version of the library."""

from pathlib import Path

import pytest
from pytest_django import Settings

from survey.views.results.vega import BUNDLE, VegaFinder, bundle_folder, ensure_bundle


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_bundle_is_written_once_and_stands_alone() -> None:
    # Collected first, as on a site that is put up.
    [(name, storage)] = VegaFinder().list(None)
    first = Path(storage.path(name))
    written = first.stat().st_mtime_ns
    assert "vegaEmbed" in first.read_text("utf-8")
    assert (ensure_bundle(), first.stat().st_mtime_ns) == (first, written)
    assert [path.name for path in first.parent.iterdir()] == ["vega-bundle.js"]


def test_finder_finds_the_one_file_and_no_other() -> None:
    path = bundle_folder() / BUNDLE
    path.parent.mkdir(parents=True)
    path.write_text("vegaEmbed", "utf-8")
    finder = VegaFinder()
    assert (finder.find(BUNDLE), finder.find(BUNDLE, find_all=True)) == (str(path), [str(path)])
    assert (finder.find("other.js"), finder.find("other.js", find_all=True)) == (None, [])
    assert [(name, storage.path(name)) for name, storage in finder.list(None)] == [(BUNDLE, str(path))]
