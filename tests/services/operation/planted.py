"""A text that is planted, and how often its bytes stand in the database."""

import subprocess
from pathlib import Path

from django.db import connection

PLANTED = "王小植planted13800138000"


def planted() -> int:
    """How often the planted text stands in the files of the database, or in a dump of it; JSON may spell Chinese by
    numbers, so the part in ASCII is looked for."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        name = Path(settings["NAME"])
        files = [name, name.with_name(name.name + "-wal"), name.with_name(name.name + "-journal")]
        return sum(path.read_bytes().count(b"planted1380013") for path in files if path.exists())
    host = ["--host", settings["HOST"]] if settings["HOST"] else []
    port = ["--port", str(settings["PORT"])] if settings["PORT"] else []
    user = ["--username", settings["USER"]] if settings["USER"] else []
    dump = subprocess.run(
        ["pg_dump", *host, *port, *user, settings["NAME"]],
        capture_output=True,
        check=True,
        env={"PGPASSWORD": settings["PASSWORD"] or "", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    return dump.stdout.count(b"planted1380013")
