"""``python -m tests.mutation``: put faults into the modules that changed, and name those that no test notices.

A copy of the project is made for it, so that the working tree stays as it is. Of each module a few faults are drawn;
its own tests run first, then those of the modules that import it, for what the first did not notice.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path
from shutil import copy2

from tests.kept_database import AS_IF, state_of_the_code
from tests.mutation.changes import Mutant, mutants_of
from tests.mutation.forks import DJANGO, PURE, Tried, tried_in_forks
from tests.mutation.running import passes, warm_up
from tests.mutation.selection import NEAREST, is_pure, tests_of

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("survey/methods/", "survey/services/", "survey/views/")
SECONDS = count(1)
PATIENCE = 5
"""How many times as long as without a fault the tests may take; a loop without an end counts as noticed."""


def main() -> int:
    """Print every module's faults that survive; 1 where there is one, or where tests fail without a fault."""
    asked = arguments()
    paths = [str(Path(path)) for path in asked.paths] or changed_since(asked.since)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy_project(Path(folder))
        os.environ[AS_IF] = state_of_the_code()
        warm_up()
        survived = all_survivors(Path(folder), paths, asked)
    print(f"{survived} faults in {len(paths)} modules went unnoticed.")
    return int(survived > 0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("paths", nargs="*", help="modules below survey/ (default: what changed in the three rooms)")
    parser.add_argument("--since", default="", help="the commit to compare with (default: the last tag, or HEAD~10)")
    parser.add_argument("--each", type=int, default=3, help="faults per module (default 3; 0 for every one)")
    parser.add_argument("--seed", type=int, default=1, help="another number draws other faults")
    told = f"files of tests for a module (default {NEAREST}; 1 for its mirror alone)"
    parser.add_argument("--nearest", type=int, default=NEAREST, help=told)
    return parser.parse_args()


def output(*command: str) -> list[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")[:-1]


def changed_since(base: str) -> list[str]:
    """The modules of methods, services and views that differ from ``base``, new ones too."""
    base = base or next(iter(output("git", "describe", "--tags", "--abbrev=0")), "HEAD~10")
    paths = [*output("git", "diff", "--name-only", base), *output("git", "ls-files", "--others", "--exclude-standard")]
    modules = {path for path in paths if path.startswith(ROOMS) and path.endswith(".py")}
    return sorted(path for path in modules if (ROOT / path).exists())


def copy_project(folder: Path) -> None:
    for name in output("git", "ls-files", "--cached", "--others", "--exclude-standard"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(ROOT / name, folder / name)


def all_survivors(folder: Path, paths: list[str], asked: argparse.Namespace) -> int:
    """How many of the faults drawn for these modules pass their tests; each is printed."""
    tried: list[Tried] = []
    for path in paths:
        tests, source = tests_of(folder, path)[: asked.nearest], (folder / path).read_text("utf-8")
        mutants = drawn(mutants_of(source), asked.each, f"{asked.seed} {path}")
        if mutants and not tests:
            print(f"{path}: no test imports it or what imports it", flush=True)
        tried += [(path, mutants, tests)] if mutants else []
    survived = 0
    left: list[tuple[str, list[Mutant]]] = []
    for way, chosen in ((PURE, True), (DJANGO, False)):
        ours = [one for one in tried if all(is_pure(folder, test) for test in one[2]) == chosen]
        alive, not_put_in = tried_in_forks(folder, ours, way) if ours else (0, [])
        survived, left = survived + alive, left + not_put_in
    tests_for = {path: tests for path, _, tests in tried}
    return survived + sum(survivors(folder, path, mutants, tests_for[path]) for path, mutants in left)


def survivors(folder: Path, path: str, mutants: list[Mutant], tests: list[str]) -> int:
    """How many faults of a module pass its tests when its file is changed.

    A file of tests is run for what the files before it did not notice, so that the far ones, which are slow, see few.
    """
    source, alive = (folder / path).read_text("utf-8"), mutants
    for test in tests:
        if alive and not (patience := patience_with(folder, test)):
            print(f"{path}: {test} fails without a fault", flush=True)
            return len(mutants)
        alive = [one for one in alive if write(folder / path, one.source) and passes(folder, [test], patience)]
        write(folder / path, source)
    print(f"{path}: {len(mutants) - len(alive)} of {len(mutants)} faults noticed", flush=True)
    for mutant in alive:
        print(f"    line {mutant}", flush=True)
    return len(alive)


@cache
def patience_with(folder: Path, test: str) -> float:
    """How many seconds a file of tests may take, by how long it takes without a fault; 0 where it fails."""
    started = time.monotonic()
    return 30 + PATIENCE * (time.monotonic() - started) if passes(folder, [test], 600) else 0.0


def drawn(mutants: list[Mutant], each: int, seed: str) -> list[Mutant]:
    """``each`` of them by chance, the same for the same seed; 0 for all."""
    if each == 0 or len(mutants) <= each:
        return mutants
    return sorted(random.Random(seed).sample(mutants, each), key=lambda mutant: mutant.line)


def write(place: Path, source: str) -> bool:
    """Store the module with a time of its own: Python tells by time and size whether compiled code is old."""
    place.write_text(source, "utf-8")
    second = next(SECONDS)
    os.utime(place, (second, second))
    return True


if __name__ == "__main__":
    sys.exit(main())
