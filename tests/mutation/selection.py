"""Which tests could notice a fault in a module: those beside it in the mirrored tree, and those of what imports it."""

import re
from functools import cache
from pathlib import Path

NEAREST = 5
"""Files of tests that are run for one module; the nearest stand first."""
IMPORT = re.compile(
    r"^\s*(?:from (?P<from>[\w.]+) import (?P<names>\([^)]*\)|[^\n]+)|import (?P<plain>[\w.]+))", re.MULTILINE
)


def tests_of(folder: Path, path: str) -> list[str]:
    """Files of tests below ``folder`` for the module at ``path``: its mirror, what imports it, its room, one step on."""
    place = Path(path)
    room = Path("tests", *place.parts[1:-1])
    mirror = room / f"test_{place.name}"
    module = module_of(path)
    importers = {name for name in modules(folder) if module in imports(folder, name)}
    direct = sorted(name for name in importers if is_test(name))
    beside = sorted(str(found.relative_to(folder)) for found in (folder / room).glob("test_*.py"))
    products = {module_of(name) for name in importers if name.startswith("survey/")}
    further = sorted(name for name in modules(folder) if is_test(name) and products & imports(folder, name))
    mirrored = [str(mirror)] if (folder / mirror).exists() else []
    return list(dict.fromkeys([*mirrored, *direct, *beside, *further]))[:NEAREST]


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def is_test(path: str) -> bool:
    """Whether it is a file of tests; those that drive a browser are too slow."""
    return path.startswith("tests/") and Path(path).name.startswith("test_") and "/browser/" not in path


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
