"""Backups under load, with the right key, the wrong key and damage."""

import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from pyrage import x25519

from survey.algorithms import sealing
from survey.instrument.answers import Parsed
from survey.jobs.due import back_up
from survey.models import Case, Job, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.services.fieldwork.sampling import draw_sample
from survey.services.operation.backup import (
    make_backup,
    opened,
    remove_old_backups,
    restore_backup,
    secret_key,
    settings_without_keys,
    verify_backup,
)
from survey.services.operation.backup_refusals import BackupRefusedError
from tests.backup_keys import public_of
from tests.tiny_survey import TINY
from tests.working import work_off


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text(f"{x25519.Identity.generate()}\n")
    return file


def backup_now(folder: Path, identity: Path) -> Path:
    return make_backup(folder=folder, recipients=[public_of(identity)], now=timezone.localtime())


@pytest.fixture
def drawn(
    parallel_database: None, wave: Wave, version: QuestionnaireVersion, frame: Callable[..., SamplingFrame]
) -> list[Case]:
    draw_sample(wave=wave, frame=frame(units=260), size=240, method="proportional", seed=5, actor=None)
    return list(Case.objects.filter(wave=wave).order_by("pk"))


def submit(case: Case) -> str:
    page = TINY.pages["p"]
    given = PageInput(page=page, parsed=Parsed({"q_severity": "4", "q_share": 12.0}))
    save_answers(case=case, given=given)
    return submit_response(case=case, submission_key=f"key{case.pk}").receipt_number or ""


def receipts_in(backup: Path, identity: Path) -> set[str]:
    with tempfile.TemporaryDirectory() as work:
        manifest = opened(backup, secret_key(identity), Path(work))
        copy = Path(work) / "content" / "database"
        if manifest.vendor == "sqlite":
            with closing(sqlite3.connect(copy)) as database:
                rows = database.execute("SELECT receipt_number FROM survey_response WHERE status = 'submitted'")
                return {receipt for (receipt,) in rows.fetchall()}
        restored = ["pg_restore", "--data-only", "--table=survey_response", "--file=-", str(copy)]
        text = subprocess.run(restored, capture_output=True, text=True, check=True).stdout
        return {part for line in text.splitlines() for part in line.split("\t")}


def test_every_backup_under_load_holds_what_was_acknowledged_before_it(
    drawn: list[Case], identity: Path, media: Path, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    one_more, stop = threading.Semaphore(0), threading.Event()

    def answer_all() -> None:
        try:
            for case in drawn:
                if stop.wait(0.03):
                    break
                acknowledged.append(submit(case))
                one_more.release()
        finally:
            connections.close_all()

    firms = threading.Thread(target=answer_all)
    firms.start()
    found = []
    try:
        for number in range(20):
            assert one_more.acquire(timeout=120)
            before = set(acknowledged)
            backup = backup_now(tmp_path / f"backups{number}", identity)
            found.append((backup, before))
    finally:
        stop.set()
        firms.join()
    assert {backup.name: before - receipts_in(backup, identity) for backup, before in found} == {
        backup.name: set() for backup, _ in found
    }
    assert len(found[-1][1]) >= len(found)
    assert verify_backup(backup=found[-1][0], identity=identity).vendor == connection.vendor


def restored(own: str) -> str:
    """The name of the database to restore into, beside the one of this process of the suite."""
    return f"{own}_restored"


@pytest.fixture
def elsewhere(drawn: list[Case]) -> Iterator[None]:
    """On PostgreSQL an empty database to restore into; on SQLite the test's own file serves."""
    if connection.vendor == "sqlite":
        yield
        return
    own = connection.settings_dict["NAME"]
    name = restored(own)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield
    connection.close()
    connection.settings_dict["NAME"] = own
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_restored_office_is_the_one_that_was_backed_up(
    drawn: list[Case], elsewhere: None, identity: Path, media: Path, tmp_path: Path
) -> None:
    receipts = {submit(case) for case in drawn[:5]}
    default_storage.save("uploads/1/scan.pdf", ContentFile(b"%PDF a scan"))
    backup = backup_now(tmp_path / "backups", identity)
    submit(drawn[5])
    (media / "uploads/1/scan.pdf").unlink()
    if connection.vendor == "postgresql":
        connection.close()
        connection.settings_dict["NAME"] = restored(connection.settings_dict["NAME"])
    restore_backup(backup=backup, identity=identity, overwrite=True)
    submitted = Response.objects.filter(status="submitted").values_list("receipt_number", flat=True)
    assert set(submitted) == receipts
    assert (media / "uploads/1/scan.pdf").read_bytes() == b"%PDF a scan"


@pytest.mark.django_db(transaction=True)
def test_wrong_key_fails_loudly(identity: Path, media: Path, tmp_path: Path) -> None:
    backup = backup_now(tmp_path / "backups", identity)
    other = tmp_path / "other"
    other.write_text(f"{x25519.Identity.generate()}\n")
    with pytest.raises(BackupRefusedError, match="key is another one, or the file is damaged"):
        verify_backup(backup=backup, identity=other)


@pytest.mark.django_db(transaction=True)
def test_damaged_backup_fails_loudly(identity: Path, media: Path, tmp_path: Path) -> None:
    backup = backup_now(tmp_path / "backups", identity)
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    with pytest.raises(BackupRefusedError, match="the file is damaged"):
        verify_backup(backup=backup, identity=identity)


@pytest.mark.django_db(transaction=True)
def test_backup_whose_database_lacks_a_row_fails_loudly(identity: Path, media: Path, tmp_path: Path) -> None:
    """Sealed again with the right key after its manifest was made to say one row more."""
    backup, key = backup_now(tmp_path / "backups", identity), secret_key(identity)
    opened(backup, key, tmp_path)
    manifest = tmp_path / "content" / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    content["rows"]["django_migrations"] += 1
    manifest.write_text(json.dumps(content), "utf-8")
    with tarfile.open(tmp_path / "again.tar", "w") as archive:
        for path in (tmp_path / "content").iterdir():
            archive.add(path, arcname=path.name)
    with (tmp_path / "again.tar").open("rb") as reader, backup.open("wb") as writer:
        sealing().seal(reader, writer, [public_of(identity)])
    with pytest.raises(BackupRefusedError, match="django_migrations"):
        verify_backup(backup=backup, identity=identity)


def test_backup_that_cannot_be_read_is_no_matter_of_its_key(identity: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError) as refused:
        verify_backup(backup=tmp_path / "gone.backup.age", identity=identity)
    assert refused.value.code == "file"


def test_restore_does_not_overwrite_unasked(drawn: list[Case], identity: Path, media: Path, tmp_path: Path) -> None:
    backup = backup_now(tmp_path / "backups", identity)
    with pytest.raises(BackupRefusedError, match="give --overwrite"):
        restore_backup(backup=backup, identity=identity, overwrite=False)


@pytest.mark.django_db(transaction=True)
def test_backup_that_is_due_is_made_and_old_ones_go(identity: Path, media: Path, tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_DIR, settings.BACKUP_EVERY_HOURS, settings.BACKUP_KEEP_DAYS = str(tmp_path / "backups"), 24, 30
    settings.BACKUP_RECIPIENTS = [public_of(identity)]
    for days in (31, 29):
        at = timezone.localtime() - timedelta(days=days)
        make_backup(folder=tmp_path / "backups", recipients=settings.BACKUP_RECIPIENTS, now=at)
    back_up(timezone.now())
    work_off()
    made = sorted((tmp_path / "backups").glob("*.age"))
    assert Job.objects.get(kind="backup").state == Job.State.DONE
    assert (len(made), verify_backup(backup=made[-1], identity=identity).vendor) == (2, connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_copy_that_a_killed_backup_left_is_deleted(identity: Path, media: Path, tmp_path: Path) -> None:
    for name, hours in ((".backup-killed", 7), (".backup-at-work", 5), ("kept", 99)):
        (tmp_path / "backups" / name).mkdir(parents=True)
        at = time.time() - 3600 * hours
        os.utime(tmp_path / "backups" / name, (at, at))
    backup_now(tmp_path / "backups", identity)
    left = {path.name for path in (tmp_path / "backups").iterdir() if path.is_dir()}
    assert left == {".backup-at-work", "kept"}


def test_newest_backup_stays_however_old_it_is(tmp_path: Path) -> None:
    for name in ("tongdian-20250101T000000.backup.age", "tongdian-20250102T000000.backup.age"):
        (tmp_path / name).touch()
    gone = remove_old_backups(folder=tmp_path, now=timezone.localtime(), days=1)
    assert gone == ["tongdian-20250101T000000.backup.age"]


@pytest.mark.django_db(transaction=True)
def test_backup_without_a_key_is_not_made(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="make_backup_key"):
        call_command("backup", folder=tmp_path / "backups")
    assert list(tmp_path.rglob("*.age")) == []


def test_settings_go_in_without_keys(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / ".env").write_text(
        "SECRET_KEY=s\nACCESS_CODE_KEY=a\nDATABASE_URL=postgres://u:p@h/n\nTIME_ZONE=Asia/Shanghai\n"
    )
    assert settings_without_keys() == "TIME_ZONE=Asia/Shanghai\n"


@pytest.mark.django_db(transaction=True)
def test_backup_is_unreadable_without_the_key(identity: Path, media: Path, tmp_path: Path) -> None:
    backup = backup_now(tmp_path / "backups", identity)
    assert not tarfile.is_tarfile(backup)
    assert b"survey_response" not in backup.read_bytes()


def test_key_pair_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_backup_key", tmp_path / "key")
    assert capsys.readouterr().out.startswith("BACKUP_RECIPIENTS=age1")
    with pytest.raises(CommandError, match="name another file"):
        call_command("make_backup_key", tmp_path / "key")
