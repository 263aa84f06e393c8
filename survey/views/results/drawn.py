"""Parts of a page that show what they showed when they were drawn last are not drawn again.

A part is known by the figures and words themselves that it shows, and compared with them: nothing that differs in any
of them is taken for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Part = TypeVar("Part")


@dataclass(eq=False, kw_only=True)
class DrawnParts:
    """Parts by their names with what they show: those of the last page, and those of this one."""

    before: Mapping[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict)
    now: dict[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict)

    def part(self, name: str, shows: tuple[object, ...], draw: Callable[[], Part]) -> Part:
        """The part of this name, which is drawn from nothing but what it `shows` and what the page is named by."""
        known = self.before.get(name)
        part: Part = known[1] if known is not None and known[0] == shows else draw()
        self.now[name] = shows, part
        return part

    def for_next(self) -> "DrawnParts":
        """What the next page takes over: the parts of this one."""
        return DrawnParts(before=self.now)
