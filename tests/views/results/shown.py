"""What a page or a file of figures shows, as tests compare it."""

import csv
import re
from io import StringIO
from typing import Any


def lines(response: Any) -> list[dict[str, str]]:
    """The lines of a file of figures by their heads."""
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def without_tokens(page: bytes) -> str:
    """The page but for what differs in every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|\d{4}-\d\d-\d\d \d\d:\d\d', "", page.decode())
