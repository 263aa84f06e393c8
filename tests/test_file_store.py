"""Stored files in a store that speaks S3: moto's server, over HTTP, as a machine of an office reaches it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import boto3  # type: ignore[import-untyped]
import environ
import pytest
import requests
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from config.files import file_storage
from survey.algorithms import sealing
from survey.jobs.kinds import frame_import as kinds
from survey.models import FrameImport
from survey.services.frame.import_steps import put_in_file
from survey.services.operation.backup import make_backup, restore_backup
from survey.terms import Role
from survey.views.fieldwork.frame_import import let_work
from tests.backup_keys import public_of
from tests.frame_lists import firms, write_list
from tests.working import work_off


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """An empty bucket that the settings name, while no file may come to lie below MEDIA_ROOT."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    named = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"}
    named |= {
        "S3_BUCKET": f"answers-{uuid4().hex}",
        "S3_ENDPOINT": f"http://127.0.0.1:{port}",
        "S3_REGION": "cn-north-1",
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    service = boto3.resource("s3", endpoint_url=named["S3_ENDPOINT"], region_name=named["S3_REGION"])
    bucket = service.Bucket(named["S3_BUCKET"])
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
    settings.STORAGES = settings.STORAGES | {"default": file_storage(environ.Env())}
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
    # Connections that are kept for further requests would be a warning wherever they are collected.
    for client in (service.meta.client, default_storage.connection.meta.client):  # type: ignore[attr-defined]
        client.close()
    server.stop()
    assert not (tmp_path / "media").exists()


def content_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
        return content


def test_without_a_bucket_files_lie_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("S3_BUCKET", raising=False)
    assert file_storage(environ.Env()) == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.mark.usefixtures("store")
def test_file_comes_back_and_goes() -> None:
    name = default_storage.save("answers/case/plan.pdf", ContentFile(b"%PDF"))
    assert (name, content_of(name)) == ("answers/case/plan.pdf", b"%PDF")
    default_storage.delete(name)
    with pytest.raises(FileNotFoundError):
        default_storage.open(name)


@pytest.mark.usefixtures("store")
def test_second_file_of_a_name_does_not_replace_the_first() -> None:
    first, second = (default_storage.save("list", ContentFile(content)) for content in (b"1", b"2"))
    assert first != second
    assert (content_of(first), content_of(second)) == (b"1", b"2")


@pytest.mark.usefixtures("store")
@pytest.mark.django_db(transaction=True)
def test_files_in_a_store_are_in_the_backup_and_come_back(tmp_path: Path) -> None:
    identity = tmp_path / "key"
    identity.write_text(sealing().new_keys()[1])
    names = [default_storage.save(name, ContentFile(name.encode())) for name in ("answers/1/a.pdf", "list.xlsx")]
    recipients = [public_of(identity)]
    backup = make_backup(folder=tmp_path / "backups", recipients=recipients, now=timezone.localtime())
    default_storage.delete(names[0])
    default_storage.delete(names[1])
    default_storage.save(names[1], ContentFile(b"another"))
    restore_backup(backup=backup, identity=identity, overwrite=True)
    assert [content_of(name) for name in names] == [name.encode() for name in names]


@pytest.mark.usefixtures("store")
def test_nobody_reads_a_file_without_a_key() -> None:
    name = default_storage.save("answers/case/plan.pdf", ContentFile(b"%PDF"))
    address = default_storage.url(name)
    assert "Signature" in address
    assert requests.head(address.partition("?")[0], timeout=120).status_code in (400, 403)


@pytest.mark.usefixtures("store", "classified")
def test_list_of_firms_is_checked_from_the_store(office_user: Callable[[Role | str], User], tmp_path: Path) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    upload = ContentFile(write_list(tmp_path / "list.xlsx", firms((2, "所在区", "?"))).read_bytes(), "list.xlsx")
    frame_import = put_in_file(upload=upload, source_name="list.xlsx", title="2026", actor=officer)
    let_work(kinds.CHECK, frame_import, officer)
    work_off()
    done = FrameImport.objects.get(pk=frame_import.pk)
    assert (done.status, done.rows_good, done.rows_bad) == ("waiting", 2, 1)
    assert content_of(str(done.errors_file.name)).startswith(b"PK")
