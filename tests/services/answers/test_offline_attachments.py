"""Files beside an offline form, by item."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.services.answers.offline_attachments import file_items, name_attachments, refused_attachments
from tests.every_type import EVERY_TYPE


def files(name: str, content: bytes = b"%PDF-1.7 content") -> dict[str, SimpleUploadedFile]:
    return {"proof": SimpleUploadedFile(name, content)}


def test_items_that_ask_for_a_file_are_found() -> None:
    assert [item.code for item in file_items(EVERY_TYPE)] == ["proof"]


@pytest.mark.parametrize(("name", "refused"), [("a.pdf", {}), ("a.exe", {"proof": "file_type"})])
def test_file_that_an_item_does_not_take_is_refused_by_item(name: str, refused: dict[str, str]) -> None:
    found = refused_attachments(EVERY_TYPE, files(name), {"proof"})
    assert {item: complaint.code for item, complaint in found.items()} == refused


def test_file_off_the_route_is_neither_refused_nor_named() -> None:
    assert refused_attachments(EVERY_TYPE, files("a.exe"), set()) == {}
    assert name_attachments(EVERY_TYPE, files("a.pdf"), set()) == {}


def test_file_on_the_route_is_named() -> None:
    assert list(name_attachments(EVERY_TYPE, files("a.pdf"), {"proof"})) == ["proof"]
