"""A filled offline form is handed in."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.exchange.forms_filled_in import content

OFFLINE, WORKBOOK = "/form/offline/", "/form/offline/workbook/"


def upload(client: Client, address: Any, book: Any, **attached: Any) -> Any:
    files = {f"attach__{item}": SimpleUploadedFile(name, b"%PDF-1.7 content") for item, name in attached.items()}
    return client.post(address, {"file": SimpleUploadedFile("form.xlsx", content(book)), **files})
