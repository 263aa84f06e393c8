"""The site as gunicorn loads it before its workers fork, with everything met once: a fresh worker is up at once.

Workers that are killed each second would otherwise spend their lives on what every process does once.
"""

import os

from benchmarks.fault_kinds.clerk import ADDRESS
from config.wsgi import application


def warm(code: str) -> None:
    """Show the pages of one firm in this process, and leave no connection that a fork would share."""
    from django.db import connections
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.post("/", {"access_code": code})
    for path in ("/", "/form/", ADDRESS, "/form/check/"):
        client.get(path)
    connections.close_all()


warm(os.environ["WARM_CODE"])
__all__ = ["application"]
