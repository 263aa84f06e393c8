"""The cache of files keeps values as they are, and arrays without a copy."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from config.file_cache import LEAST, FileCache


@pytest.fixture
def files(tmp_path: Path) -> FileCache:
    return FileCache(str(tmp_path), {})


@pytest.mark.parametrize("value", [None, {"a": (1, "中")}, "x" * 100_000])
def test_value_comes_back(files: FileCache, value: Any) -> None:
    files.set("key", value)
    assert files.get("key", "nothing") == value


def test_what_is_not_there_or_has_expired_is_the_default(files: FileCache) -> None:
    files.set("old", 1, timeout=-1)
    assert (files.get("old", "nothing"), files.get("never", "nothing")) == ("nothing", "nothing")


def test_arrays_come_back_mapped_and_shared(files: FileCache) -> None:
    """Small and large ones, of every kind, one that stands twice as one; nobody can write into the file."""
    large = np.arange(LEAST, dtype=np.int16)
    value = {
        "large": large,
        "again": large,
        "text": np.array(["a", "中文"] * LEAST),
        "none": np.zeros((0, 3)),
        "small": np.eye(2),
    }
    files.set("key", value)
    found = files.get("key")
    assert all(np.array_equal(found[name], value[name]) and found[name].dtype == value[name].dtype for name in value)
    assert found["large"] is found["again"]
    with pytest.raises(ValueError, match="read-only"):
        found["large"][0] = 1


def test_reader_keeps_what_another_replaces(files: FileCache) -> None:
    files.set("key", np.arange(LEAST))
    held = files.get("key")
    files.set("key", np.zeros(LEAST))
    assert (held[-1], files.get("key")[-1]) == (LEAST - 1, 0)


def test_touched_value_stays(files: FileCache) -> None:
    files.set("key", np.arange(LEAST), timeout=10)
    held = files.get("key")
    assert files.touch("key", 20)
    assert not files.touch("never", 20)
    assert np.array_equal(files.get("key"), held)


def test_many_arrays_come_back_each_at_its_place(files: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the system takes in one call."""
    monkeypatch.setattr("config.file_cache.AT_ONCE", 3)
    value = [np.arange(LEAST + k) for k in range(8)]
    files.set("key", value)
    assert [each.tolist() for each in files.get("key")] == [each.tolist() for each in value]


def test_what_the_system_takes_in_parts_is_written_whole(files: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.writev
    monkeypatch.setattr(
        "config.file_cache.os.writev",
        lambda file, few: whole(file, [bytes(few[0])[:700]] if len(few[0]) > 700 else few[:1]),
    )
    value = [np.arange(LEAST), np.arange(2 * LEAST)]
    files.set("key", value)
    assert [each.tolist() for each in files.get("key")] == [each.tolist() for each in value]
