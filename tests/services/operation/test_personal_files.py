"""Files are looked through in whatever encoding and package they are, and deleted with what names them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from survey.models import Case, FormReading, Response
from survey.services.answers.uploads import path_of
from survey.services.operation.personal_files import (
    ENCODINGS,
    PORTION,
    erase_file,
    find_files,
    holds_stored,
    holds_within,
)
from survey.services.operation.personal_places import matcher
from tests.services.operation.planted import PLANTED
from tests.waves import version_of

HOLDS = matcher(PLANTED)


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_name_is_found_in_the_encodings_that_offices_use(encoding: str) -> None:
    assert holds_within(io.BytesIO(f"1,{PLANTED}\n".encode(encoding)), HOLDS)
    assert not holds_within(io.BytesIO("1,王大植\n".encode(encoding)), HOLDS)


def test_name_is_found_in_a_workbook_within_a_package_however_its_letters_are_spelt() -> None:
    spelt = "".join(f"&#{ord(letter)};" for letter in PLANTED).encode()
    within = packed({"notes.txt": b"-", "lists/firms.xlsx": packed({"xl/sharedStrings.xml": b"<t>" + spelt})})
    assert holds_within(io.BytesIO(within), HOLDS)
    assert not holds_within(io.BytesIO(packed({"firms.xlsx": packed({"sheet.xml": b"<t>nobody"})})), HOLDS)


def test_part_that_cannot_be_unpacked_does_not_hide_the_others() -> None:
    locked = bytearray(packed({"locked.txt": b"-", "list.txt": PLANTED.encode()}))
    # The first bit of the flags says that a password is needed (APPNOTE.TXT, 4.4.4).
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(head) + flags] |= 1
    assert holds_within(io.BytesIO(locked), HOLDS)
    broken = packed({"list.xlsx": packed({"sheet.xml": b"<t>"})[:-30]})
    assert not holds_within(io.BytesIO(broken), HOLDS)


def test_text_that_ends_like_a_package_is_read() -> None:
    end = b"PK\x05\x06" + bytes(8) + b"\xff\xff\x00\x00" + bytes(6)
    assert holds_within(io.BytesIO(PLANTED.encode() + end), HOLDS)


def test_name_on_the_border_of_two_portions_is_found(tmp_path: Path) -> None:
    (tmp_path / "large.csv").write_bytes(b"x" * (PORTION - 5) + PLANTED.encode() + b"x" * PORTION)
    with (tmp_path / "large.csv").open("rb") as file:
        assert holds_within(file, HOLDS)


def test_file_that_is_gone_holds_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert not holds_stored("gone.csv", HOLDS)


def test_attached_file_is_found_by_its_content_and_goes_with_its_answer(
    case: Case, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = default_storage.save(path_of(case, "a1.txt"), ContentFile(PLANTED.encode()))
    Response.objects.create(case=case, version=version_of(case.wave), answers={"employees": 20, "proof": "a1.txt"})
    (place,) = find_files(HOLDS)
    assert (place.kind, place.about, place.item) == ("attached", case.sample_unit.unit.name, "proof")
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(place)
    assert (Response.objects.get().answers, default_storage.exists(stored)) == ({"employees": 20}, False)


def test_file_that_is_named_after_a_person_is_found_without_being_read(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    form = FormReading(source_name="form.xlsx", created_by=User.objects.create(username="designer"))
    form.file.name = f"forms/{PLANTED}.xlsx"
    form.save()
    (place,) = find_files(HOLDS)
    assert (place.kind, place.about, place.item) == ("file_of_form", "form.xlsx", "file")
    erase_file(place)
    assert (list(find_files(HOLDS)), FormReading.objects.get().source_name) == ([], "form.xlsx")
