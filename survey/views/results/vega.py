"""Vega-Lite as a static file of our own: the JavaScript comes out of the vl-convert package, never from the network."""

import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

BUNDLE = "vega/vega-bundle.js"


def bundle_folder() -> Path:
    """Folder of the bundle, named by version so that a new vl-convert writes a new one."""
    return Path(settings.VAR_DIR) / f"vega-{version('vl-convert-python')}"


def ensure_bundle() -> Path:
    """Path of the bundle, written (in one step, for parallel processes) when it is not there yet."""
    path = bundle_folder() / BUNDLE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of each process: what two forks of one process write at once lies at equal places in their memories.
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"), "utf-8")
        # Moved in one step: another process must not read half of the file.
        fresh.replace(path)
    return path


class VegaFinder(BaseFinder):
    """Finds the one file ``vega/vega-bundle.js`` for the development server and for collectstatic."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != BUNDLE:
            return [] if find_all else None
        return [str(ensure_bundle())] if find_all else str(ensure_bundle())

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        ensure_bundle()
        yield BUNDLE, FileSystemStorage(location=bundle_folder())
