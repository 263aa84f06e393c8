"""An .env with fresh keys."""

import re
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def keys_in(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^(\w+_KEY)=(.*)$", file.read_text("utf-8"), re.MULTILINE))


def test_keys_are_long_different_and_fresh(tmp_path: Path) -> None:
    for name in ("a", "b"):
        call_command("make_keys", file=tmp_path / name, verbosity=0)
    found = [*keys_in(tmp_path / "a").values(), *keys_in(tmp_path / "b").values()]
    assert len(set(found)) == 4
    assert min(map(len, found)) >= 60


def test_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    call_command("make_keys", file=tmp_path / "env")
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


def test_existing_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("SECRET_KEY=mine\n")
    with pytest.raises(CommandError, match="move the file away"):
        call_command("make_keys", file=tmp_path / "env")
    assert (tmp_path / "env").read_text() == "SECRET_KEY=mine\n"


def test_host_is_filled_in(tmp_path: Path) -> None:
    call_command("make_keys", file=tmp_path / "env", host="survey.example.cn")
    assert "ALLOWED_HOSTS=survey.example.cn\n" in (tmp_path / "env").read_text("utf-8")
