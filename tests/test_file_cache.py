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


def test_array_that_was_read_is_not_written_again(files: FileCache, tmp_path: Path) -> None:
    """A value that is made from another takes the room of what is new in it, and of views nothing either."""
    files.set("first", {"large": np.arange(100_000), "other": np.zeros(50_000)})
    read = files.get("first")
    files.set("second", {"same": read["large"], "part": read["large"][500:90_000], "new": np.arange(1000.0)})
    found = files.get("second")
    assert np.array_equal(found["same"], np.arange(100_000))
    assert np.array_equal(found["part"], np.arange(500, 90_000))
    assert np.array_equal(found["new"], np.arange(1000.0))
    own = [path.stat().st_size for path in tmp_path.glob("*.djcache")]
    assert min(own) < 10_000 < 800_000 < max(own)


def test_array_outlives_the_value_that_it_came_from(files: FileCache) -> None:
    """Through one value made from another made from another."""
    files.set("first", np.arange(LEAST))
    files.set("second", [files.get("first")])
    files.set("first", np.zeros(LEAST))
    files.set("third", [files.get("second")[0]])
    files.delete("second")
    assert np.array_equal(files.get("third")[0], np.arange(LEAST))
    assert np.array_equal(files.get("first"), np.zeros(LEAST))


def test_value_that_replaces_another_takes_its_arrays(files: FileCache, tmp_path: Path) -> None:
    """Under the same name: what it was made from is still read, and nothing is left of what nobody reads."""
    files.set("key", [np.arange(LEAST), np.zeros(LEAST)])
    for number in range(5):
        kept, _changed = files.get("key")
        files.set("key", [kept, np.full(LEAST, number)])
    assert [each[-1] for each in files.get("key")] == [LEAST - 1, 4]
    assert len(list(tmp_path.iterdir())) == 2


def test_array_that_is_equal_to_the_one_in_its_place_is_not_written_again(files: FileCache, tmp_path: Path) -> None:
    """The second of three changes by its last byte alone, twice; then one of them goes, and all are of another kind."""
    first: list[np.ndarray] = [np.zeros(150_001, np.int8), np.zeros(500_000), np.full(500_000, np.nan)]
    files.set("key", first)
    for number in (1, 2):
        changed = [first[0].copy(), first[1], first[2].copy()]
        changed[0][-1] = number
        files.set("key", changed)
        found = files.get("key")
        assert all(np.array_equal(one, other, equal_nan=True) for one, other in zip(found, changed, strict=True))
        assert max(path.stat().st_size for path in tmp_path.glob("*.djcache")) < 200_000
    files.set("key", [first[1], first[2].view(np.int64)])
    found = files.get("key")
    assert np.array_equal(found[0], first[1])
    assert np.array_equal(found[1], first[2].view(np.int64))


@pytest.mark.parametrize("end", ["delete", "clear", "replace", "expire"])
def test_nothing_stays_of_a_value_that_goes(files: FileCache, tmp_path: Path, end: str) -> None:
    files.set("first", np.arange(LEAST))
    files.set("second", [files.get("first")], timeout=-1 if end == "expire" else 10)
    if end == "replace":
        files.set("second", 1)
    elif end == "clear":
        files.clear()
    elif end == "delete":
        files.delete("second")
    else:
        assert files.get("second") is None
    assert not list(tmp_path.glob("*.linked"))


def test_value_whose_arrays_were_taken_away_is_not_there(files: FileCache, tmp_path: Path) -> None:
    files.set("first", np.arange(LEAST))
    files.set("second", [files.get("first")])
    for path in tmp_path.glob("*.linked"):
        path.unlink()
    assert files.get("second", "nothing") == "nothing"


@pytest.mark.parametrize("gone", ["removed", "replaced"])
def test_array_of_a_file_that_has_gone_is_written(files: FileCache, gone: str) -> None:
    """Another process replaced or removed it while this one was reading."""
    files.set("first", np.arange(LEAST))
    read = files.get("first")
    if gone == "removed":
        files.delete("first")
    else:
        files.set("first", np.zeros(LEAST))
    files.set("second", [read])
    assert np.array_equal(files.get("second")[0], np.arange(LEAST))


def test_array_from_another_disk_is_written(files: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    files.set("first", np.arange(LEAST))
    read = files.get("first")

    def refuse(*_paths: object) -> None:
        raise OSError("Invalid cross-device link")

    monkeypatch.setattr("config.file_cache.os.link", refuse)
    files.set("second", [read])
    assert np.array_equal(files.get("second")[0], np.arange(LEAST))


def test_writing_that_fails_leaves_nothing(files: FileCache, tmp_path: Path) -> None:
    files.set("first", np.arange(LEAST))
    with pytest.raises(AttributeError, match="pickle"):
        files.set("second", [files.get("first"), lambda: 1])
    assert len(list(tmp_path.iterdir())) == 1


def test_emptying_removes_what_a_killed_process_left(files: FileCache, tmp_path: Path) -> None:
    (tmp_path / "half written").touch()
    files.clear()
    assert not list(tmp_path.iterdir())
