"""Files that long work keeps for a while: on the disk below ``VAR_DIR``, since ``/tmp`` may be memory, and found again.

Most of them have no name and go with their process. Those that a library names, such as the sheet of a workbook that is
being written, hold firms and contacts, and would stay where the process is killed.
"""

import atexit
import os
import shutil
import socket
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

AT_WORK = timedelta(days=1)
"""No work keeps such a file for longer."""


def use_scratch(now: datetime) -> Path:
    """Let temporary files of this process, and of those that it starts, lie in a folder of its own, which it returns;
    what killed processes left is deleted."""
    mine = _root() / f"{_machine()}-{os.getpid()}"
    # In a container every process has the same number as the one that was killed before it.
    shutil.rmtree(mine, ignore_errors=True)
    remove_left(now)
    mine.mkdir(mode=0o700, parents=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(mine)
    atexit.register(shutil.rmtree, mine, ignore_errors=True)
    return mine


def remove_left(now: datetime) -> int:
    """Delete the folders of processes of this machine that are gone, and old files of all others. How many there were.

    The folder of a process that lives stays: it may be idle for days, and needs it again.
    """
    removed = 0
    for folder in _root().glob("*-*"):
        machine, _, process = folder.name.rpartition("-")
        if machine == _machine() and process.isdigit() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
            continue
        for file in folder.rglob("*"):
            if file.is_file() and file.stat().st_mtime < (now - AT_WORK).timestamp():
                file.unlink(missing_ok=True)
                removed += 1
    return removed


def _root() -> Path:
    return Path(settings.VAR_DIR) / "scratch"


def _machine() -> str:
    return socket.gethostname()


def _lives(process: int) -> bool:
    try:
        # Signal 0 is sent to nobody; it says whether somebody would be there.
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
