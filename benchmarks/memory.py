"""Memory of a process and of those that it has started, added up at each moment."""

import os
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType

PAUSE = 0.05
ROOT = Path(__file__).resolve().parent.parent


class Watched:
    """The most memory of this process with its children, looked at twenty times a second.

    What several of them have loaded each bears its share of (proportional set size). Looked at from outside: a process
    cannot look at itself while its work holds the lock of the interpreter.
    """

    def __enter__(self) -> "Watched":
        command = [sys.executable, "-m", "benchmarks.memory", str(os.getpid())]
        self._watcher = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True, bufsize=1
        )
        self.most_since()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._watcher.communicate()

    def most_since(self) -> float:
        """Megabytes at most since the last call."""
        assert self._watcher.stdin is not None
        assert self._watcher.stdout is not None
        self._watcher.stdin.write("\n")
        return float(self._watcher.stdout.readline())


def megabytes(pid: int) -> float:
    """Proportional set size; 0 where the process is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024 / 1e6


def started_by(pid: int) -> list[int]:
    """The children of a process."""
    try:
        tasks = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return []


def watch(pid: int) -> None:
    """Answer each line with the most megabytes since the last one, until there are no more lines."""
    most = 0.0
    while True:
        others = [child for child in started_by(pid) if child != os.getpid()]
        most = max(most, sum(map(megabytes, [pid, *others])))
        if select.select([sys.stdin], [], [], PAUSE)[0]:
            if not sys.stdin.readline():
                return
            sys.stdout.write(f"{most:.1f}\n")
            sys.stdout.flush()
            most = 0.0


if __name__ == "__main__":
    watch(int(sys.argv[1]))
