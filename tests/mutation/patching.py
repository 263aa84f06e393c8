"""A fault put into a module that is imported already: its functions get the code of the faulty source.

Whatever imported a function keeps it, so nothing is imported again. What a module computed when it was imported, other
than functions, classes and plain constants, stays as it was: a fault that changes nothing else is not put in. Nor is
one in a function that has run on import already, for what it made there (a guarded view, a table) stays too.
"""

import sys
from collections.abc import Set
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

PLAIN = (bool, int, float, str, bytes, tuple, frozenset)


def note_what_runs(folder: Path) -> set[CodeType]:
    """The functions of modules below ``folder`` that run from now on, as their code, until the profile is taken off."""
    place, ran = f"{folder}/", set[CodeType]()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(place):
            ran.add(frame.f_code)

    sys.setprofile(note)
    return ran


def put_into(name: str, source: str, ran: Set[CodeType] = frozenset()) -> bool:
    """Change the imported module of this name to the source; whether the fault is there. Raises what the source raises.

    ``ran`` is the code of the functions that ran before, of which a fault would not reach what they made.
    """
    live = sys.modules[name]
    faulty = ModuleType(name)
    faulty.__dict__.update({"__file__": live.__file__, "__package__": live.__package__})
    exec(compile(source, str(live.__file__), "exec"), faulty.__dict__)
    patcher = _Patcher(name, ran)
    for key, value in list(live.__dict__.items()):
        if key.startswith("__") or key not in faulty.__dict__:
            continue
        other = faulty.__dict__[key]
        if isinstance(value, PLAIN) and type(value) is type(other) and is_plain(value) and value != other:
            _replace_everywhere(key, value, other)
            patcher.changed += 1
        elif leaves_of(value) != leaves_of(other):
            # A table of plain values stays as it is wherever its parts went: the file has to be changed.
            patcher.is_late = True
        patcher.pair(value, other)
    return patcher.changed > 0 and not patcher.is_late


def _replace_everywhere(key: str, value: Any, other: Any) -> None:
    """A constant is imported by its value: change it wherever it stands under its name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("survey.") and vars(module).get(key) is value:
            vars(module)[key] = other


def is_plain(value: Any) -> bool:
    return all(is_plain(part) for part in value) if isinstance(value, tuple | frozenset) else isinstance(value, PLAIN)


def leaves_of(value: Any) -> list[str]:
    """The plain values in a table, however deep."""
    if isinstance(value, dict):
        return sorted(leaf for pair in value.items() for part in pair for leaf in leaves_of(part))
    if isinstance(value, tuple | list | set | frozenset):
        return sorted(leaf for part in value for leaf in leaves_of(part))
    return [repr(value)] if isinstance(value, PLAIN) else []


class _Patcher:
    """Walks through a module and its faulty twin side by side."""

    def __init__(self, module: str, ran: Set[CodeType]) -> None:
        self.module = module
        self.ran = ran
        self.seen: set[int] = set()
        self.changed = 0
        self.is_late = False

    def pair(self, live: Any, other: Any) -> None:
        # Numba goes on with the machine code that it made of a function: such a fault has to be put into the file.
        if id(live) in self.seen or live is other or hasattr(live, "py_func"):
            return
        self.seen.add(id(live))
        if isinstance(live, FunctionType) and isinstance(other, FunctionType):
            self.function(live, other)
        elif isinstance(live, type) and isinstance(other, type):
            if live.__module__ == self.module:
                for key, value in list(vars(live).items()):
                    if key in vars(other):
                        self.pair(value, vars(other)[key])
        elif isinstance(live, dict) and isinstance(other, dict):
            for (_, value), (_, twin) in zip(live.items(), other.items(), strict=False):
                self.pair(value, twin)
        elif isinstance(live, tuple | list) and isinstance(other, tuple | list):
            for value, twin in zip(live, other, strict=False):
                self.pair(value, twin)
        else:
            names = ("fget", "func", "__func__", "__wrapped__", *getattr(type(live), "__dataclass_fields__", ()))
            for name in names:
                if hasattr(live, name) and hasattr(other, name):
                    self.pair(getattr(live, name), getattr(other, name))

    def function(self, live: FunctionType, other: FunctionType) -> None:
        if live.__module__ != self.module:
            return
        for cell, twin in zip(live.__closure__ or (), other.__closure__ or (), strict=False):
            self.pair(cell.cell_contents, twin.cell_contents)
        if hasattr(live, "__wrapped__") and hasattr(other, "__wrapped__"):
            self.pair(live.__wrapped__, other.__wrapped__)
        before, code = self.changed, live.__code__
        if not is_same(code, other.__code__) and code.co_freevars == other.__code__.co_freevars:
            live.__code__ = other.__code__
            self.changed += 1
        for name in ("__defaults__", "__kwdefaults__"):
            if repr(getattr(live, name)) != repr(getattr(other, name)):
                setattr(live, name, getattr(other, name))
                self.changed += 1
        self.is_late |= self.changed > before and code in self.ran


def is_same(one: CodeType, other: CodeType) -> bool:
    """Whether two pieces of code do the same, wherever they stand in their file."""
    if (one.co_code, one.co_names, len(one.co_consts)) != (other.co_code, other.co_names, len(other.co_consts)):
        return False
    return all(
        is_same(a, b)
        if isinstance(a, CodeType) and isinstance(b, CodeType)
        else (type(a), repr(a)) == (type(b), repr(b))
        for a, b in zip(one.co_consts, other.co_consts, strict=True)
    )
