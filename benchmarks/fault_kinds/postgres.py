"""A server of PostgreSQL of one's own, in a folder, so that it can be stopped, killed and starved."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.site import free_port


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, which Debian keeps off the path; None where they are not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return folders[-1] if folders else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A server on loopback; ``address`` is that of an empty database."""

    folder: Path
    programs: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """``immediate`` is a crash: nothing is tidied up, and the start recovers from the log."""
        self.run("pg_ctl", "-w", "-m", mode, "stop")

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_server())


def as_server() -> dict[str, Any]:
    """Root may not run PostgreSQL: its user does, in a folder that it may enter."""
    if os.getuid() != 0:
        return {}
    server = pwd.getpwnam("postgres")
    return {"user": server.pw_uid, "group": server.pw_gid, "extra_groups": [], "cwd": "/"}


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A new server in a new folder, which its user has to reach. Raises FileNotFoundError without its programs."""
    found = programs()
    if found is None:
        raise FileNotFoundError("initdb is not installed; on Debian it is in the package postgresql.")
    folder.mkdir(exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Postgres(folder=folder, programs=found, port=free_port())
    server.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    server.start()
    try:
        yield server
    finally:
        server.run("pg_ctl", "-w", "-m", "immediate", "stop", check=False)
