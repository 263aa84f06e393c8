"""The grammar of the patterns that ``regex()`` takes: signs, classes, groups, choices, repetitions, edges."""

import re
from dataclasses import dataclass
from typing import TypeAlias

DEEPEST, LONGEST = 50, 1000
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[dDwWsSnrtf]|[^\w\s])")
_CLASS = re.compile(r"\[(\^?)(\]?(?:[^\\\]]|\\.)*)\]", re.DOTALL)
_INSIDE = re.compile(r"(\\.)|([\[&|~])", re.DOTALL)
REPETITIONS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class PatternRefused(ValueError):  # noqa: N818  -- it says what happened to the pattern
    """A pattern that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of the text, as ``re`` tells it; ``sign`` never repeats anything."""

    sign: "re.Pattern[str]"


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (^) or the end ($) of the text."""

    is_end: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part behind the other."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several branches."""

    branches: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part at least and at most so often; ``most`` None is without end."""

    part: "Node"
    least: int
    most: int | None


Node: TypeAlias = Sign | Edge | Sequence | Choice | Repeat


def read(pattern: str) -> Node:
    """The tree of a pattern. Raises PatternRefused."""
    if len(pattern) > LONGEST:
        raise PatternRefused(f"it is longer than {LONGEST} characters")
    flags = re.IGNORECASE if pattern.startswith("(?i)") else 0
    reader = _Reader(pattern, 4 if flags else 0, flags)
    node = reader.choice(0)
    if reader.place < len(pattern):
        raise PatternRefused("a bracket is closed that was not opened")
    return node


@dataclass
class _Reader:
    pattern: str
    place: int
    flags: int

    def current(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def choice(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise PatternRefused(f"it has more than {DEEPEST} brackets within each other")
        branches = [self.sequence(depth)]
        while self.current() == "|":
            self.place += 1
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.current() not in ("", "|", ")"):
            parts.append(self.repeated(self.part(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, part: Node) -> Node:
        while True:
            count = _COUNT.match(self.pattern, self.place)
            if self.current() in REPETITIONS:
                least, most = REPETITIONS[self.current()]
                self.place += 1
            elif count:
                least = int(count[1])
                most = least if count[2] is None else int(count[3]) if count[3] else None
                self.place = count.end()
            else:
                return part
            if self.current() == "?":  # as few as possible: the same where the whole text has to match
                self.place += 1
            if most is not None and most < least:
                raise PatternRefused(f"at least {least} is more than at most {most}")
            part = Repeat(part, least, most)

    def part(self, depth: int) -> Node:
        character = self.current()
        if character == "(":
            return self.group(depth)
        if character in "*+?":
            raise PatternRefused(f"nothing stands before {character} that it could repeat")
        if character in "^$":
            self.place += 1
            return Edge(character == "$")
        if character == "[":
            return self.taken(_CLASS, "a [ is opened and not closed")
        if character == "\\":
            return self.taken(_ESCAPE, f"{self.pattern[self.place : self.place + 2]} is not known")
        self.place += 1
        return Sign(re.compile("." if character == "." else re.escape(character), self.flags))

    def group(self, depth: int) -> Node:
        self.place += 1
        if self.current() == "?" and not self.pattern.startswith("?:", self.place):
            raise PatternRefused(f"({self.pattern[self.place : self.place + 2]} is not known; only (?: is")
        self.place += 2 if self.current() == "?" else 0
        node = self.choice(depth + 1)
        if self.current() != ")":
            raise PatternRefused("a bracket is opened and not closed")
        self.place += 1
        return node

    def taken(self, form: "re.Pattern[str]", otherwise: str) -> Node:
        """A class or an escape, which ``re`` reads for one sign."""
        match = form.match(self.pattern, self.place)
        if match is None:
            raise PatternRefused(otherwise)
        self.place = match.end()
        written = match[0] if form is _ESCAPE else f"[{match[1]}{_INSIDE.sub(_plainly, match[2])}]"
        try:
            return Sign(re.compile(written, self.flags))
        except re.error as error:
            raise PatternRefused(str(error)) from None


def _plainly(match: "re.Match[str]") -> str:
    """Signs that mean nothing in a class, though ``re`` may give them a meaning one day."""
    return match[1] or f"\\{match[2]}"
