"""What several machines keep together: a cache in Redis, named by CACHE_URL."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import environ
import numpy as np
import pytest
from django.core.cache import cache
from pytest_django import Settings

from benchmarks.site import free_port


@pytest.fixture
def redis(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A server of its own, which keeps nothing on the disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed: on Debian, apt install redis-server.")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert any("Ready to accept" in line for line in process.stdout)
            settings.CACHES = {"default": environ.Env.cache_url_config(f"redis://127.0.0.1:{port}/0")}
            yield
            # Django closes nothing here, and an open connection is a warning wherever it is collected.
            for pool in cache._cache._pools.values():  # type: ignore[attr-defined]
                pool.disconnect()
        finally:
            process.terminate()


@pytest.mark.usefixtures("redis")
def test_arrays_and_marks_are_kept_in_redis() -> None:
    cache.set("codes", {"q1": np.arange(5, dtype=np.int8)}, None)
    assert cache.get("codes")["q1"].tolist() == [0, 1, 2, 3, 4]
    assert (cache.add("mark", 1), cache.add("mark", 2), cache.get("mark")) == (True, False, 1)
