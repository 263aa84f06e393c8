"""Which tests could notice a fault in a module: those beside it in the mirrored tree, and those of what imports it."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

NEAREST = 5
"""Files of tests that are run for one module; the nearest stand first."""
ENOUGH = 3
"""So many files of pure tests stand for themselves: they run in forks of one process, the others take far longer."""
PURE = ("tests/methods/", "tests/instrument/")
"""Tests of rooms that know no Django, and so mostly run without it."""
NEEDS_DJANGO = re.compile(r"django|survey\.(models|selectors|services|exchange|forms|views)|tests\.conftest")
IMPORT = re.compile(
    r"^\s*(?:from (?P<from>[\w.]+) import (?P<names>\([^)]*\)|[^\n]+)|import (?P<plain>[\w.]+))", re.MULTILINE
)


def tests_of(folder: Path, path: str) -> list[str]:
    """Files of tests below ``folder`` for the module at ``path``: its mirror, what imports it, one step on, its room."""
    room = Path(path).parent
    importers = {name for name in modules(folder) if module_of(path) in imports(folder, name)}
    users = {name for name in importers if name.startswith("survey/")}
    products = {module_of(name) for name in users}
    further = {name for name in modules(folder) if is_test(name) and products & imports(folder, name)}
    found = [
        mirror_of(path),
        *nearest(filter(is_test, importers), room),
        *nearest(map(mirror_of, users), room),
        *nearest(further, room),
        # Tests of neighbours that do not import the module notice least, so they come last.
        *sorted(
            name for name in modules(folder) if is_test(name) and Path(name).parent == Path(mirror_of(path)).parent
        ),
    ]
    there = [name for name in dict.fromkeys(found) if (folder / name).exists()]
    pure = [name for name in there if is_pure(folder, name)]
    return (pure if len(pure) >= ENOUGH else there)[:NEAREST]


def mirror_of(path: str) -> str:
    """The file of tests that stands in ``tests/`` where the module stands in ``survey/``."""
    place = Path(path)
    return str(Path("tests", *place.parts[1:-1], f"test_{place.name}"))


def nearest(names: Iterable[str], room: Path) -> list[str]:
    """Those of the own folder first, then those of the own room: tests of pages and files take longest."""
    folder, top = str(Path("tests", *room.parts[1:])), str(Path("tests", *room.parts[1:2]))
    return sorted(names, key=lambda name: (not name.startswith(folder), not name.startswith(top), name))


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def is_test(path: str) -> bool:
    """Whether it is a file of tests; those that drive a browser are too slow."""
    return path.startswith("tests/") and Path(path).name.startswith("test_") and "/browser/" not in path


@cache
def is_pure(folder: Path, test: str) -> bool:
    """Whether a file of tests needs neither a database nor settings."""
    return test.startswith(PURE) and not NEEDS_DJANGO.search((folder / test).read_text("utf-8"))


@cache
def modules(folder: Path) -> tuple[str, ...]:
    """Every module of the product and of the tests."""
    found = [path for room in ("survey", "tests", "config") for path in (folder / room).rglob("*.py")]
    return tuple(sorted(str(path.relative_to(folder)) for path in found))


@cache
def imports(folder: Path, path: str) -> frozenset[str]:
    """The modules that a module imports, as far as its text says."""
    found: set[str] = set()
    for match in IMPORT.finditer((folder / path).read_text("utf-8")):
        if match["plain"]:
            found.add(match["plain"])
        else:
            names = re.findall(r"\w+", match["names"].partition("#")[0])
            found |= {match["from"], *(f"{match['from']}.{name}" for name in names)}
    return frozenset(found)
