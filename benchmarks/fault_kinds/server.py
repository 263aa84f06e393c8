"""The site as it is served, which can be killed in every way and comes up again, as systemd would see to."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from benchmarks.site import AS_INSTALLED, PORT, ROOT, manage, printed, statuses, wait_for_server

COMMAND = [
    sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{PORT}",
    "--worker-class", "config.worker.Worker", "--threads", "8", "--log-level", "critical", "--timeout", "120",
]  # fmt: skip
MAKE = "from benchmarks.fault_kinds.survey import make; make({firms}, {drafts})"


@dataclass(slots=True, kw_only=True)
class Server:
    """gunicorn in a group of its own; ``codes`` are those of the wave."""

    environment: Mapping[str, str]
    codes: list[str]
    folder: Path
    workers: int = 2
    is_warmed: bool = False
    killed: dict[str, int] = field(default_factory=lambda: {"workers": 0, "masters": 0})
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        loaded = ["--preload", "benchmarks.fault_kinds.warm"] if self.is_warmed else ["config.wsgi"]
        command = [*COMMAND, "--workers", str(self.workers), *loaded]
        # The last firm is the one whose pages are met before the workers fork.
        environment = {**self.environment, "WARM_CODE": self.codes[-1]}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stderr=log)
        wait_for_server(self.process, path="/healthz/live")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def worker_processes(self) -> list[int]:
        """The process numbers of the workers that live now."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        try:
            return [int(pid) for pid in children.read_text().split()]
        except OSError:
            return []

    def kill_a_worker(self, chance: random.Random) -> None:
        """kill -9 of any one of them."""
        alive = self.worker_processes()
        if alive:
            os.kill(chance.choice(alive), signal.SIGKILL)
            self.killed["workers"] += 1

    def kill_the_master(self) -> None:
        """kill -9 of the master; then of what it left, as systemd does, and start again."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.killed["masters"] += 1
        self.start()

    def memory(self) -> int:
        """Bytes of the workers, what they share counted once (proportional set size)."""
        total = 0
        for pid in self.worker_processes():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total * 1024


@contextmanager
def serving(
    folder: Path,
    *,
    firms: int,
    drafts: int = 0,
    database: str = "",
    workers: int = 2,
    is_warmed: bool = False,
    var: Path | None = None,
) -> Iterator[Server]:
    """The site with a wave of so many firms, in ``database`` (an empty one) or a new file of SQLite in ``var``."""
    # What another site of this process has answered is not this one's.
    statuses.clear()
    place = var or folder / "var"
    place.mkdir(exist_ok=True)
    address = database or f"sqlite:///{place}/faults.sqlite3"
    environment = {
        **os.environ,
        **AS_INSTALLED,
        "VAR_DIR": str(place),
        "DATABASE_URL": address,
        "ACCESS_CODE_FAILURES": "1000000",
    }
    manage("migrate", "--verbosity", "0", environment=environment)
    manage("collectstatic", "--no-input", environment=environment)
    codes = printed(MAKE.format(firms=firms, drafts=drafts), environment)
    server = Server(environment=environment, codes=codes, folder=folder, workers=workers, is_warmed=is_warmed)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def beside(act: object, seconds: float) -> Iterator[None]:
    """Call ``act`` every so many seconds as long as the block runs."""
    ended = Event()

    def again() -> None:
        while not ended.wait(seconds):
            act()  # type: ignore[operator]

    thread = Thread(target=again, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
