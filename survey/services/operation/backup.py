"""A backup is one encrypted file: a copy of the database at one moment, the attached files, and the settings.

Inside the encryption (`algorithms.sealing`, age by default) is a tar whose first member, the manifest, names every
other with its SHA-256. The public key stands on the server; the secret key does not, so a stolen server reads no
backup.
"""

import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from survey.algorithms import KeyRefusedError, NotOpenedError, sealing
from survey.services.operation.backup_refusals import BackupRefusedError
from survey.services.operation.database_copy import DATABASE_COPIES
from survey.services.operation.file_copy import file_copy

FORMAT = 1
MANIFEST, DATABASE, FILES, SETTINGS = "manifest.json", "database", "files", "settings.env"
# By words, not by names: a key that is added later stays out of backups without anybody thinking of it.
SECRET_SETTING = re.compile(r"KEY|SECRET|PASSWORD|TOKEN|DATABASE_URL|CACHE_URL")
CHUNK = 1 << 20
AT_WORK = timedelta(hours=6)
"""No backup takes as long; what is older was left by one that was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: ``digests`` by member name, ``rows`` by table, ``migration`` the newest one applied."""

    format: int
    made_at: str
    vendor: str
    migration: str
    rows: Mapping[str, int]
    digests: Mapping[str, str]


def make_backup(*, folder: Path, recipients: Sequence[str], now: datetime) -> Path:
    """Write a backup into ``folder`` and return its path; the file appears under its name only when it is whole.

    Raises BackupRefusedError for a recipient that is no public key, and where the database cannot be copied.
    """
    # Before anything is copied: a slip in the key would otherwise show after the whole database was read.
    keys = [public_key(text) for text in recipients]
    if not keys:
        raise BackupRefusedError("no_recipient")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"tongdian-{now:%Y%m%dT%H%M%S}.backup.{sealing().suffix}"
    if target.exists():
        raise BackupRefusedError("exists", target)
    remove_unfinished(folder, now)
    # In the same folder as the target: a rename is atomic only within one file system.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
        plain, sealed = Path(work) / "plain.tar", Path(work) / "sealed"
        write_archive(plain, Path(work), now)
        with plain.open("rb") as reader, sealed.open("wb") as writer:
            sealing().seal(reader, writer, keys)
            writer.flush()
            # rename() may reach the disk before the content does; after a power cut the name would stand for an empty
            # file.
            os.fsync(writer.fileno())
        sealed.rename(target)
    return target


def remove_unfinished(folder: Path, now: datetime) -> None:
    """Delete what backups left that were killed: a copy of the database lies there that is not encrypted yet."""
    for left in folder.glob(".*-*"):
        is_ours = left.name.startswith((".backup-", ".verify-", ".restore-")) and left.is_dir()
        if is_ours and left.stat().st_mtime < (now - AT_WORK).timestamp():
            shutil.rmtree(left, ignore_errors=True)


def write_archive(plain: Path, work: Path, now: datetime) -> None:
    """The tar with the manifest first.

    Attached files are listed before and after the database is copied: one that was replaced in between is named by
    the copy and must be in the backup, and so must one that came in between.
    """
    database = work / DATABASE
    # Listed before the database and again after it, for the reason above.
    files = dict(kept_files(work, known=()))
    rows = DATABASE_COPIES[connection.vendor].copy(database)
    files |= kept_files(work, known=files)
    members: dict[str, Path] = {DATABASE: database, **{f"{FILES}/{name}": path for name, path in files.items()}}
    members[SETTINGS] = work / SETTINGS
    members[SETTINGS].write_text(settings_without_keys(), "utf-8")
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        vendor=connection.vendor,
        migration=newest_migration(),
        # Counted in the copy and not in the database, which goes on changing.
        rows=rows,
        digests={name: digest_of(path) for name, path in members.items()},
    )
    (work / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True), "utf-8")
    with tarfile.open(plain, "w") as archive:
        for name, path in {MANIFEST: work / MANIFEST, **members}.items():
            # The manifest is the first member, so that a reader knows what has to follow.
            archive.add(path, name, recursive=False)


def kept_files(work: Path, known: Collection[str]) -> Iterator[tuple[str, Path]]:
    """The attached files but the known ones, each with where it is kept for the backup; not those that just went."""
    files = file_copy()
    for name in files.names():
        kept = work / "kept" / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Hard links take no room, so that the files need not be locked while the database is copied.
        if name not in known and files.read_in(name, kept):
            yield name, kept


def settings_without_keys() -> str:
    """The lines of ``.env`` but for keys and passwords, which are kept elsewhere (docs/operating.md)."""
    file = Path(settings.BASE_DIR) / ".env"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return "".join(f"{line}\n" for line in lines if not SECRET_SETTING.search(line.partition("=")[0]))


def newest_migration() -> str:
    """The name of the newest migration of the survey that the database has."""
    applied = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in applied if app == "survey"), default="")


def public_key(text: str) -> str:
    """The public key that the text spells. Raises BackupRefusedError."""
    try:
        return sealing().public_key(text)
    except KeyRefusedError:
        # Of what was given only the beginning is repeated: it may be a secret key put in by mistake.
        raise BackupRefusedError("recipient", text[:20]) from None


def secret_key(file: Path) -> str:
    """The secret key in a file. Raises BackupRefusedError."""
    try:
        return sealing().secret_key(file.read_text("utf-8"))
    except OSError as error:
        raise BackupRefusedError("identity_unread", error) from error
    except KeyRefusedError:
        raise BackupRefusedError("identity", file) from None


def opened(backup: Path, secret: str, work: Path) -> Manifest:
    """Decrypt a backup into ``work`` and check every byte of it. Raises BackupRefusedError on anything else."""
    plain = work / "plain.tar"
    try:
        with backup.open("rb") as reader, plain.open("wb") as writer:
            sealing().unseal(reader, writer, secret)
    except OSError as error:
        raise BackupRefusedError("file", backup.name, error=error) from error
    except NotOpenedError as error:
        raise BackupRefusedError("key_or_damage", backup.name, error=error) from error
    with tarfile.open(plain) as archive:
        # PEP 706: no member may leave the folder, be a device, or link outside, although the archive is our own.
        archive.extractall(work / "content", filter="data")
    manifest = Manifest(**json.loads((work / "content" / MANIFEST).read_text("utf-8")))
    if manifest.format != FORMAT:
        raise BackupRefusedError("format", backup.name, found=manifest.format, known=FORMAT)
    for name, digest in manifest.digests.items():
        # Sealed content is authenticated; the digest also finds what was damaged before it was sealed.
        if digest_of(work / "content" / name) != digest:
            raise BackupRefusedError("digest", backup.name, member=name)
    return manifest


def remove_old_backups(*, folder: Path, now: datetime, days: int) -> list[str]:
    """Delete backups made more than so many days ago: their names. The newest one stays, however old it is."""
    backups = sorted(folder.glob("tongdian-*.backup.*"))
    oldest = f"tongdian-{now - timedelta(days=days):%Y%m%dT%H%M%S}"
    # The time stands in the name, so that copying a folder to another disk makes nothing younger.
    # The newest stays whatever its age: where backups fail for a month, the last good one is all there is.
    gone = [path for path in backups[:-1] if path.name < oldest]
    for path in gone:
        path.unlink()
    return [path.name for path in gone]


def verify_backup(*, backup: Path, identity: Path) -> Manifest:
    """Open a backup and check its database; the manifest of a good one. Raises BackupRefusedError."""
    with tempfile.TemporaryDirectory(dir=backup.parent, prefix=".verify-") as work:
        manifest = opened(backup, secret_key(identity), Path(work))
        problem = DATABASE_COPIES[manifest.vendor].check(Path(work) / "content" / DATABASE, manifest.rows)
        if problem:
            raise BackupRefusedError("database", backup.name, problem=problem)
        return manifest


def restore_backup(*, backup: Path, identity: Path, overwrite: bool) -> Manifest:
    """Put database and attached files of a backup back. Raises BackupRefusedError and then changes nothing.

    A database that holds firms or staff is overwritten only if asked for.
    """
    if not overwrite and holds_data():
        raise BackupRefusedError("not_empty")
    with tempfile.TemporaryDirectory(dir=backup.parent, prefix=".restore-") as work:
        manifest = opened(backup, secret_key(identity), Path(work))
        # Before anything is touched: a dump of the other product cannot be read by this one.
        if manifest.vendor != connection.vendor:
            raise BackupRefusedError("vendor", manifest.vendor, here=connection.vendor)
        content = Path(work) / "content"
        # The database first: it is put back whole or not at all, and in the latter case no file has been touched.
        DATABASE_COPIES[manifest.vendor].restore(content / DATABASE)
        for name in manifest.digests:
            if name.startswith(f"{FILES}/"):
                file_copy().put_back(content / name, name.removeprefix(f"{FILES}/"))
        return manifest


def holds_data() -> bool:
    """Whether anything that a survey office has made is in the database; false before the first migration."""
    # Asked of the tables: before the first migration a query would fail, and there is nothing to lose.
    tables = set(connection.introspection.table_names())
    models = (apps.get_model("survey", "FrameUnit"), apps.get_model("auth", "User"))
    return any(model._meta.db_table in tables and model._default_manager.exists() for model in models)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; empty where it is missing."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return digest_of_stream(file)


def digest_of_stream(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(CHUNK):
        digest.update(block)
    return digest.hexdigest()
