"""Regular expressions that end in a time linear in the text, whatever the pattern: an automaton, no backtracking.

``(a+)+b`` against a long text would keep Python's ``re`` busy for hours, and both pattern and text come from people.
Here a pattern becomes a list of states (Thompson 1968), and all that can be reached are followed side by side. What no
automaton can do, references back and looking around, is refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from survey.instrument.pattern_reader import Choice, Edge, Node, PatternRefused, Repeat, Sequence, Sign, read

MOST_STATES = 1000
LONGEST_TEXT = 2000
END = 0


@dataclass(slots=True)
class State:
    """Takes a sign, or stands at an edge, or neither; then goes on to ``following``. State 0 is the end."""

    node: Sign | Edge | None
    following: tuple[int, ...]


@lru_cache(maxsize=512)
def automaton(pattern: str) -> tuple[tuple[State, ...], int]:
    """The states of a pattern and the one to begin with. Raises PatternRefused."""
    builder = _Builder([State(None, ())])
    start = builder.build(read(pattern), END)
    return tuple(builder.states), start


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text has the form of the pattern. Raises PatternRefused."""
    states, start = automaton(pattern)
    if len(text) > LONGEST_TEXT:
        return False
    reached = _reached(states, (start,), is_start=True, is_end=not text)
    for place, sign in enumerate(text, start=1):
        taken = [after for number in reached for after in _after(states[number], sign)]
        reached = _reached(states, taken, is_start=False, is_end=place == len(text))
    return END in reached


def _after(state: State, sign: str) -> tuple[int, ...]:
    return state.following if isinstance(state.node, Sign) and state.node.sign.fullmatch(sign) else ()


def _reached(states: tuple[State, ...], begin: Iterable[int], *, is_start: bool, is_end: bool) -> set[int]:
    """The states that wait for a sign, and the end, which these lead to without one."""
    seen, waiting, reached = set(begin), list(begin), set()
    while waiting:
        number = waiting.pop()
        node = states[number].node
        if isinstance(node, Sign) or number == END:
            reached.add(number)
        elif not isinstance(node, Edge) or (is_end if node.is_end else is_start):
            fresh = [after for after in states[number].following if after not in seen]
            seen.update(fresh)
            waiting += fresh
    return reached


@dataclass
class _Builder:
    """Builds from the end to the beginning: each part knows the state that comes after it."""

    states: list[State]

    def state(self, node: Sign | Edge | None, *following: int) -> int:
        if len(self.states) >= MOST_STATES:
            raise PatternRefused("it repeats too much")
        self.states.append(State(node, following))
        return len(self.states) - 1

    def build(self, node: Node, after: int) -> int:
        return _BUILD[type(node)](self, node, after)

    def sequence(self, node: Sequence, after: int) -> int:
        for part in reversed(node.parts):
            after = self.build(part, after)
        return after

    def choice(self, node: Choice, after: int) -> int:
        return self.state(None, *(self.build(branch, after) for branch in node.branches))

    def repeat(self, node: Repeat, after: int) -> int:
        entry = after
        if node.most is None:
            entry = self.state(None)
            self.states[entry].following = (self.build(node.part, entry), after)
        for _ in range((node.most or node.least) - node.least):
            entry = self.state(None, self.build(node.part, entry), after)
        for _ in range(node.least):
            entry = self.build(node.part, entry)
        return entry


_BUILD: dict[type, Callable[[_Builder, Any, int], int]] = {
    Sign: lambda builder, node, after: builder.state(node, after),
    Edge: lambda builder, node, after: builder.state(node, after),
    Sequence: _Builder.sequence,
    Choice: _Builder.choice,
    Repeat: _Builder.repeat,
}
