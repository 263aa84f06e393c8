"""What a release tells of each figure: the interval in which its exact value lies, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.methods.arrays import Ints
from survey.methods.estimates.statistics import Asked, Key
from survey.methods.extract import Extract
from survey.methods.tables.domain import Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFigure:
    """A figure of a domain as everybody reads it.

    Its exact value, in the unit of `asked`, is known to lie in [`low`, `high`]; `asked` and `domain` together are its
    place. A withheld figure tells nothing and is to keep at least the width `keeps`. `tables` show it. Shares are told
    in steps of `step`, and up to `edge` from either end as a band; in steps of 0 exactly.
    """

    asked: Asked
    domain: Domain
    tables: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    shown: bool = True
    keeps: float = 0.0
    step: float = 0.0
    edge: float = 0.0

    @property
    def statistic(self) -> str:
        """As it is named in a certificate: item, statistic and option."""
        return ":".join(filter(None, self.asked.key))


def group_name(domain: Domain) -> str:
    """As a group is named in a certificate."""
    return ",".join(f"{variable}={value}" for variable, value in domain) or "all"


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """What an intruder holds: all that `cuts` of a wave tell, the frame with weights and who responded, and behind them
    the answers that are to be kept. The extract is that of production, with its derived columns. `left` figures stayed
    as they were in an earlier cut and are no longer what would be told now: nothing here is about them. Rows of one
    `unit` (n,) know one another's answers; None = every row its own alone."""

    extract: Extract
    figures: Sequence[KnownFigure]
    cuts: int = 1
    left: int = 0
    unit: Ints | None = None

    def by_statistic(self) -> list[list[KnownFigure]]:
        """What is told of each statistic, over its domains."""
        found: dict[Key, list[KnownFigure]] = {}
        for one in self.figures:
            # By key: the points of a statistic are a dict, by which nothing can be looked up.
            found.setdefault(one.asked.key, []).append(one)
        return list(found.values())

    def withheld(self) -> Iterator[KnownFigure]:
        """The figures that are not shown."""
        return (one for one in self.figures if not one.shown)
