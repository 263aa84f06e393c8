"""Another cipher takes the place of age for backups, by one setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from survey.algorithms import choose_sealing
from survey.services.operation.backup import make_backup, remove_old_backups, restore_backup, verify_backup
from survey.services.operation.backup_refusals import BackupRefusedError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sm4(tmp_path: Path) -> Iterator[None]:
    choose_sealing("tests.sm4_sealing.Sm4Sealing")
    yield
    choose_sealing(settings.BACKUP_SEALING)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    call_command("make_backup_key", str(tmp_path / "key"))
    return tmp_path / "key"


@pytest.fixture
def backup(capsys: pytest.CaptureFixture[str], key: Path, tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    User.objects.create(username="before")
    public = capsys.readouterr().out.split("BACKUP_RECIPIENTS=")[1].split()[0]
    return make_backup(folder=tmp_path / "backups", recipients=[public], now=timezone.localtime())


def test_backup_by_sm4_is_verified_and_put_back(backup: Path, key: Path) -> None:
    assert backup.name.endswith(".backup.sm4")
    assert verify_backup(backup=backup, identity=key).rows["auth_user"] == User.objects.count()
    User.objects.update(username="after")
    restore_backup(backup=backup, identity=key, overwrite=True)
    assert list(User.objects.values_list("username", flat=True)) == ["before"]


def test_another_key_and_damage_fail_loudly_whatever_the_cipher(backup: Path, key: Path, tmp_path: Path) -> None:
    call_command("make_backup_key", str(tmp_path / "other"))
    with pytest.raises(BackupRefusedError, match="key is another one, or the file is damaged"):
        verify_backup(backup=backup, identity=tmp_path / "other")
    backup.write_bytes(backup.read_bytes()[:-1] + b"\0")
    with pytest.raises(BackupRefusedError, match="key is another one, or the file is damaged"):
        verify_backup(backup=backup, identity=key)


def test_key_of_another_cipher_is_refused(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "age").write_text("AGE-SECRET-KEY-1")
    with pytest.raises(BackupRefusedError, match="holds no secret key"):
        verify_backup(backup=backup, identity=tmp_path / "age")
    with pytest.raises(BackupRefusedError, match="is no public key"):
        make_backup(folder=tmp_path / "backups", recipients=["age1"], now=timezone.localtime())


def test_old_backups_of_every_cipher_go(backup: Path) -> None:
    for name in ("tongdian-20250101T000000.backup.age", "tongdian-20250102T000000.backup.sm4"):
        (backup.parent / name).write_bytes(b"")
    gone = remove_old_backups(folder=backup.parent, now=timezone.localtime(), days=30)
    assert gone == ["tongdian-20250101T000000.backup.age", "tongdian-20250102T000000.backup.sm4"]
