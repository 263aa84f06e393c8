"""What was proved about a cut: intervals, worlds and odds, and where they failed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from survey.methods.certificate.worlds import Effort
from survey.terms import Labelled
from survey.terms import gettext_noop as _

# Written into every certificate, so that a later form of it can still tell how an old one is to be read.
VERSION = 1


class Proof(Labelled):
    """What a certificate proves of each item."""

    INTERVAL = "interval", _("Withheld figures stay open by what they are to keep")
    WORLD = "world", _("Every answer could have been another, for every other firm or group that knows its own")
    ODDS = "odds", _("What is shown does not raise the odds on an answer beyond the limit")
    COVERED = "covered", _("What is told is what the answers give")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a proof failed: `item` with its `part` (an option, a statistic or "") and `group`; `number` of firms or
    figures, never which. `tables` show what would have to tell less."""

    proof: Proof
    item: str
    part: str = ""
    group: str = ""
    number: int = 1
    tables: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {**asdict(self), "proof": self.proof.value, "tables": list(self.tables)}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """What `to_dict` wrote."""
        return cls(**{**content, "proof": Proof(content["proof"]), "tables": tuple(content["tables"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """How much less is told of an item than by clearing alone, in all its tables: `steps` so many rungs coarser, and no
    finer than `width` times what the two heaviest firms of a group carry of all weights; no group in which these carry
    more than `heaviest`; and the groups of firms that stand out by more than `apart` in coarser steps or not at all
    (see `outstanding`; None: however far they do), with `sizes` also where these firms count by their size. Of amounts
    `digits` are told less (in powers of ten times the `leading` digit), and no group in which the two largest have more
    than `largest` of an amount (None: however much)."""

    steps: int = 0
    heaviest: float = 1.0
    width: float = 0.0
    apart: float | None = None
    sizes: bool = False
    digits: int = 0
    largest: float | None = None
    leading: int = 1

    def with_other(self, other: "Rung") -> "Rung":
        """What tells no more than either."""
        # A theme has several items; where each has a rung of its own the theme must not tell more than the stricter one
        # allows.
        apart = min((one for one in (self.apart, other.apart) if one is not None), default=None)
        largest = min((one for one in (self.largest, other.largest) if one is not None), default=None)
        leading = {one.leading for one in (self, other) if one.digits}
        return Rung(
            steps=max(self.steps, other.steps),
            heaviest=min(self.heaviest, other.heaviest),
            width=max(self.width, other.width),
            apart=apart,
            sizes=self.sizes or other.sizes,
            digits=max(self.digits, other.digits),
            largest=largest,
            # Where both are told in steps, and not in the same, in powers of ten.
            leading=leading.pop() if len(leading) == 1 else 1,
        )

    @classmethod
    def from_json(cls, content: Any) -> Self:
        """What a certificate holds; the first held a number of steps alone, those after them `heaviest` too."""
        return cls(**content) if isinstance(content, Mapping) else cls(steps=content)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProof:
    """What was proved of one item.

    `answers` are the sensitive ones, firms times parts; `served` those for which worlds were found against every
    insider; `assumed` those that put a firm outside a base, which the intruder is taken to know. `withheld` figures,
    `kept` of them open enough. `ratio` is the largest of odds known to odds guessed, by its lower limit. Of an amount
    (`is_amount`) the two parts are that it could have been more, and less, by what protects it; it has no odds.
    """

    item: str
    answers: int
    served: int
    assumed: int
    worlds: int
    withheld: int
    kept: int
    ratio: float
    is_amount: bool = False


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The account of a cut. It holds where nothing failed; without that a release cannot be signed.

    `left` figures stayed as they were in earlier cuts, or were told there otherwise than now, and are in the
    certificates of those: `left_proved` says that all of these hold, without which a certificate that leaves any does
    not.

    It is about closed items and amounts (see `amount_proof`). `outside` are the statistics of which nothing is proved,
    which the rules of dominance and rounding alone protect: indices of which two parts follow from one item in
    different bases, and parts of a whole that conditions read; in certificates of before all indices, amounts that were
    filled in or add up to a whole, and all amounts. `coarser` says by item how much less is told of it
    than by clearing alone (see `cleared_again`).
    """

    firms: int
    cuts: int
    seed: int
    limit: float
    effort: Effort
    items: tuple[ItemProof, ...]
    failures: tuple[Failure, ...]
    outside: tuple[str, ...] = ()
    coarser: Mapping[str, Rung] = field(default_factory=dict)
    left: int = 0
    left_proved: bool = False

    @property
    def holds(self) -> bool:
        """Whether everything was proved, here or in the certificates of earlier cuts."""
        # A figure that stayed is as public as a new one: unproved here, it has to be proved where it came from.
        return not self.failures and (self.left == 0 or self.left_proved)

    @property
    def answers(self) -> int:
        """Firms times sensitive parts of answers."""
        return sum(one.answers for one in self.items)

    @property
    def worlds(self) -> int:
        """Data sets that were found and checked."""
        return sum(one.worlds for one in self.items)

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "version": VERSION,
            # For people who read the file: it is worked out anew when a certificate is read back.
            "holds": self.holds,
            "firms": self.firms,
            "cuts": self.cuts,
            "seed": self.seed,
            "limit": self.limit,
            "effort": asdict(self.effort),
            "items": [asdict(one) for one in self.items],
            "failures": [one.to_dict() for one in self.failures],
            "outside": list(self.outside),
            "coarser": {item: asdict(rung) for item, rung in self.coarser.items()},
            "left": self.left,
            "left_proved": self.left_proved,
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """What `to_dict` wrote."""
        return cls(
            firms=content["firms"],
            cuts=content["cuts"],
            seed=content["seed"],
            limit=content["limit"],
            effort=_effort_of(content["effort"]),
            items=tuple(ItemProof(**one) for one in content["items"]),
            failures=tuple(Failure.from_dict(one) for one in content["failures"]),
            outside=tuple(content["outside"]),
            coarser={item: Rung.from_json(rung) for item, rung in content["coarser"].items()},
            # Certificates of before had no such figures and do not name them.
            left=content.get("left", 0),
            left_proved=content.get("left_proved", False),
        )


def _effort_of(content: Mapping[str, Any]) -> Effort:
    # Certificates of before had no such searches, and name others that are no more.
    none = {"rounds": 0, "halves": 0, "aims": 0}
    known = {one.name for one in fields(Effort)}
    return Effort(**{**none, **{name: value for name, value in content.items() if name in known}})
