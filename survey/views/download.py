"""The one way in which the product sends a file."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
CSV = "text/csv; charset=utf-8"
ANY_TYPE = "application/octet-stream"
NO_SYSTEM_TAKES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def download(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """A file to save under this name, in any script; never kept by a browser or a proxy, because it may hold answers.

    A name that is not ASCII goes as RFC 6266 says (``filename*``); what no system takes in a name is a space there.
    """
    # Windows takes none of these in a name; browsers would replace each in its own way.
    safe = NO_SYSTEM_TAKES.sub(" ", name).strip()
    headers = {"Content-Disposition": content_disposition_header(True, safe) or "", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
