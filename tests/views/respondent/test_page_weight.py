"""What a firm's phone has to load."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

NAMED = re.compile(r'(?:href|src)="/static/([^"]+)"')
MOST = 25_000


def test_what_the_first_page_of_a_firm_names_is_light(db: None, client: Client) -> None:
    names = set(NAMED.findall(client.get("/").content.decode()))
    assert "survey/css/controls.css" in names
    assert sum(len(gzip.compress(_content(name), 6)) for name in names) < MOST


def _content(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_bytes()
