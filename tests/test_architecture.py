"""A room imports itself and the rooms to its left; the pure rooms stay pure."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SURVEY = ROOT / "survey"

LEVELS = [
    {"terms", "algorithms"},
    {"weighting_terms", "casework_terms", "register_terms", "mailing_terms", "release_terms", "asked_terms"},
    {"complaints"},
    {"instrument"},
    {"methods"},
    {"models"},
    {"selectors"},
    {"services"},
    {"forms", "exchange"},
    {"jobs"},
    {"views", "admin", "management", "templatetags"},
]
LEVEL_OF = {room: level for level, rooms in enumerate(LEVELS) for room in sorted(rooms)}
PURE_ROOMS = {
    "terms",
    "weighting_terms",
    "casework_terms",
    "register_terms",
    "mailing_terms",
    "release_terms",
    "asked_terms",
    "algorithms",
    "complaints",
    "instrument",
    "methods",
}
IMPURE_PACKAGES = {
    "django", "openpyxl", "python_calamine", "altair", "vl_convert", "lxml", "docx", "crispy_forms", "simple_history",
    "os", "io", "pathlib", "time", "random", "secrets", "tempfile", "shutil", "requests", "urllib", "sqlite3", "socket",
}  # fmt: skip
IMPURE_CALLS = {"open", "eval", "exec", "input", "print", "now", "today", "utcnow", "time", "default_rng", "seed"}


def room_of(path: Path) -> str:
    return path.relative_to(SURVEY).parts[0].removesuffix(".py")


def module_files(*rooms: str) -> list[Path]:
    return sorted(path for path in SURVEY.rglob("*.py") if room_of(path) in rooms)


def imported_names(path: Path) -> set[str]:
    """Absolute dotted names of everything that a module imports, wherever in it the import stands."""
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1])
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            prefix = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{prefix}.{alias.name}" for alias in node.names}
    return names


def imported_rooms(path: Path) -> set[str]:
    names = [name.split(".") for name in imported_names(path)]
    return {parts[1] for parts in names if parts[0] == "survey" and len(parts) > 1 and parts[1] in LEVEL_OF}


@pytest.mark.parametrize("room", LEVEL_OF)
def test_room_imports_only_itself_and_rooms_to_its_left(room: str) -> None:
    strays = {
        (str(path.relative_to(ROOT)), other)
        for path in module_files(room)
        for other in imported_rooms(path)
        if other != room and LEVEL_OF[other] >= LEVEL_OF[room]
    }
    assert strays == set()


def test_pure_room_imports_no_impure_package() -> None:
    strays = {
        (str(path.relative_to(ROOT)), name)
        for path in module_files(*PURE_ROOMS)
        for name in imported_names(path)
        if name.split(".")[0] in IMPURE_PACKAGES
    }
    assert strays == set()


def called_name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_pure_room_reads_no_clock_no_file_and_no_global_randomness() -> None:
    strays = {
        (str(path.relative_to(ROOT)), node.lineno, called_name(node))
        for path in module_files(*PURE_ROOMS)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called_name(node) in IMPURE_CALLS
    }
    assert strays == set()


def test_every_room_of_the_plan_exists() -> None:
    assert {room for room in LEVEL_OF if not module_files(room)} == set()


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "manager"])
def test_no_module_is_a_drawer(name: str) -> None:
    assert [str(path) for path in SURVEY.rglob(f"{name}*") if path.stem == name] == []


def folder_of(module: str) -> str:
    """The dotted folder in which an imported name's module lies."""
    path = ROOT.joinpath(*module.split("."))
    found = path if path.is_dir() else path.parent
    return ".".join(found.relative_to(ROOT).parts)


def folder_imports() -> set[tuple[str, str]]:
    """(folder, folder that it imports) for every two folders of which neither lies in the other."""
    pairs = set()
    for path in SURVEY.rglob("*.py"):
        here = ".".join(path.parent.relative_to(ROOT).parts)
        for name in imported_names(path):
            if name.startswith("survey."):
                module = name if ROOT.joinpath(*name.split(".")).with_suffix(".py").exists() else name.rsplit(".", 1)[0]
                there = folder_of(module)
                if not (here + ".").startswith(there + ".") and not (there + ".").startswith(here + "."):
                    pairs.add((here, there))
    return pairs


def test_no_folder_imports_one_that_imports_it() -> None:
    pairs = folder_imports()
    assert {pair for pair in pairs if pair[::-1] in pairs} == set()
    assert len(pairs) > 60


def test_no_two_modules_import_each_other() -> None:
    """Not for their types either: what both need stands in a third one."""
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in SURVEY.rglob("*.py")}
    pairs = {
        (module, other)
        for module, path in modules.items()
        for name in imported_names(path)
        for other in (name, name.rpartition(".")[0])
        if other in modules and other != module
    }
    assert {pair for pair in pairs if pair[::-1] in pairs} == set()
    assert len(pairs) > 1000


@pytest.mark.parametrize("room", LEVEL_OF)
def test_room_has_no_more_files_at_its_top_than_its_spine(room: str) -> None:
    assert len([path for path in (SURVEY / room).glob("*.py") if path.stem != "__init__"]) <= 14


POSITIONAL = {
    "Text": "two wordings side by side, in every questionnaire",
    "Entry": "two sentences side by side, in every catalogue",
    "Token": "what a tokenizer yields",
    "Function": "one line in the table of functions",
    "Operation": "left, operator, right, as an expression is written",
    "Proportion": "four arrays out of one",
}
"""Dataclasses of more than two fields that may be built by position, and why they read well so."""
STORED_VALUES = {"AnalysisPlan", "EditRule", "Item", "Option", "Page", "Questionnaire", "Section"}
"""Parts of a questionnaire: the row of the database has the name of the value that it is read as."""


def classes() -> Iterator[tuple[Path, ast.ClassDef]]:
    for path in sorted(SURVEY.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from (
                (path, node) for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)
            )


def is_positional(made: ast.ClassDef) -> bool:
    for decorator in made.decorator_list:
        if ast.unparse(decorator).startswith("dataclass") and "kw_only" not in ast.unparse(decorator):
            fields = [part for part in made.body if isinstance(part, ast.AnnAssign)]
            return len([part for part in fields if "ClassVar" not in ast.unparse(part.annotation)]) > 2
    return False


def test_dataclass_of_more_than_two_fields_is_built_by_keyword() -> None:
    assert {made.name for _path, made in classes() if is_positional(made)} == set(POSITIONAL)


def test_no_two_classes_have_one_name() -> None:
    names = Counter(made.name for _path, made in classes() if not made.name.startswith("_"))
    assert {name for name, count in names.items() if count > 1} == STORED_VALUES | {"Command"}


KEEPING = {
    "Filter": "extracts, moments and orders under a filter",
    "Neighbours": "firms in the order of their amounts",
    "Overlap": "pairs of strata of two designs",
    "Prepared": "the wave under its last filter",
    "Rule": "what a set of answers decides",
    "Vocabulary": "the planned tables of its words",
    "ReportedAmounts": "amounts of single firms",
    "_FirmsCounted": "firms by answer and group",
    "_Groups": "steps of shares that are even",
    "_Remainder": "whether few have most of what parts of a whole have together",
    "_Write": "SQL of a model for each kind of database",
}
"""Frozen classes that keep what they work out, as `cached_property` does: asked again, they give the same."""
CHANGES = {"append", "extend", "add", "update", "pop", "remove", "clear", "setdefault", "discard", "insert", "popitem"}


def parts_changed(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """(name, attribute) of what a function changes in place: an item set or deleted, a member put in or taken out."""
    for node in ast.walk(function):
        changed: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            changed = [node.func.value]
        elif isinstance(node, ast.Assign | ast.Delete):
            changed = [target.value for target in node.targets if isinstance(target, ast.Subscript)]
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript):
            changed = [node.target.value]
        for part in changed:
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                yield part.value.id, part.attr


def frozen_things_changed() -> Iterator[tuple[str, str]]:
    """(class, "itself" or the function) for each frozen dataclass of which something is changed in place."""
    frozen = {made.name for _path, made in classes() if "frozen=True" in "".join(map(ast.unparse, made.decorator_list))}
    for path in SURVEY.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8")) if "migrations" not in path.parts else ast.Module([], [])
        for made in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in frozen):
            methods = (node for node in made.body if isinstance(node, ast.FunctionDef))
            yield from ((made.name, "itself") for one in methods for name, _ in parts_changed(one) if name == "self")
        for one in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            given = {
                part.arg: ast.unparse(part.annotation)
                for part in (*one.args.args, *one.args.kwonlyargs)
                if part.annotation
            }
            yield from ((given[name], one.name) for name, _ in parts_changed(one) if given.get(name) in frozen)


def test_no_function_changes_a_frozen_object() -> None:
    assert set(frozen_things_changed()) == {(name, "itself") for name in KEEPING}


ONE_THING = {
    "Pair": "numerator and denominator of a ratio, in both",
    "Progress": "what is called with how much is done of how much, in all",
}
"""Names of types that stand in two modules and mean the same there."""


def names_imported() -> dict[str, set[str]]:
    """By name that modules import from another one of the product, the modules that define it."""
    defined = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): set().union(*map(names_at_top, ast.parse(text).body))
        for path in SURVEY.rglob("*.py")
        if "migrations" not in path.parts and (text := path.read_text("utf-8"))
    }
    found: dict[str, set[str]] = {}
    for path in SURVEY.rglob("*.py"):
        for module, _, name in (imported.rpartition(".") for imported in imported_names(path)):
            if name in defined.get(module, ()):
                found.setdefault(name, set()).add(module)
    return found


def names_at_top(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_imported_name_is_of_one_module() -> None:
    """It is read far from its module, which no longer says which of two things is meant."""
    found = names_imported()
    assert {name for name, modules in found.items() if len(modules) > 1} == STORED_VALUES | ONE_THING.keys()
    assert len(found) > 2000


SIGNALS = {
    "ReadingEndedError": "a process that the system ended",
    "UnknownAlgorithmError": "a setting, before complaints can be made",
    "KeyRefusedError": "a text that is no key, of which the backup makes a complaint",
    "NotOpenedError": "another key, or damage, of which the backup makes a complaint",
    "CannotBeCutError": "a workbook that is read another way",
    "JobCancelled": "asked for by a person",
    "JobTakenAway": "a worker lets go of what is no longer its own",
    "UnknownAddressError": "an address typed by hand; the page that is not there answers with its sentence",
}
"""Exceptions that tell the code which way to go, and nobody what is wrong."""


BUILT_IN = {name for name, made in vars(builtins).items() if isinstance(made, type) and issubclass(made, Exception)}


def test_whatever_is_refused_is_a_complaint() -> None:
    bare = {made.name for _path, made in classes() if {ast.unparse(base) for base in made.bases} & BUILT_IN}
    bare -= {made.name for _path, made in classes() if any("Refused" in ast.unparse(base) for base in made.bases)}
    assert bare == {"Refused", *SIGNALS}
