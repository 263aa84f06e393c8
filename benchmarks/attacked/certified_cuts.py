"""Certified cuts to attack, with the rungs of each kept in a file: from these the same figures are made again without
the search for worlds, so that an attack can be repeated in seconds."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from survey import algorithms
from survey.algorithms import canonical_json
from survey.methods.certificate.certificate import Certificate, Rung
from survey.methods.certificate.certified import clear_certified
from survey.methods.certificate.rungs import cleared_again, tightened
from survey.methods.clearing.behind import units_of
from survey.methods.clearing.clearing import Clearing, clearing_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.differences import EarlierCut
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary
from survey.services.results.certifying import SEED_DIGITS
from survey.services.results.side_by_side import in_processes


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a certificate: whether it holds, where not how often it failed and how many figures are left to
    earlier cuts, and by item how much less is told."""

    holds: bool
    failures: int
    left: int
    rungs: dict[str, Rung]

    @classmethod
    def of(cls, certificate: Certificate) -> "Kept":
        """What is kept of this one."""
        return cls(
            holds=certificate.holds,
            failures=len(certificate.failures),
            left=certificate.left,
            rungs=dict(certificate.coarser),
        )

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {**asdict(self), "rungs": {item: asdict(rung) for item, rung in self.rungs.items()}}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Kept":
        """What `to_json` wrote."""
        return cls(**{**content, "rungs": {item: Rung.from_json(one) for item, one in content["rungs"].items()}})


@dataclass(kw_only=True)
class CertifiedCuts:
    """Cuts with their certificates, one after another; `folder` keeps their rungs, None = nowhere."""

    folder: Path | None = None
    holding: list[tuple[ClearedCube, bool]] = field(default_factory=list)

    def __call__(
        self, prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut]
    ) -> tuple[Clearing, ClearedCube]:
        """A cut of which less is told, so that its certificate holds or comes as near to it as its rungs lead."""
        digest = digest_of(prepared, words, before)
        path = self.folder and self.folder / f"{digest}.json"
        if path is not None and path.exists():
            kept = Kept.from_json(json.loads(path.read_text("utf-8")))
            cube, how = cleared_again(prepared, words, kept.rungs, before=before), "made again"
        else:
            kept, cube = self._searched(prepared, words, before, int(digest[:SEED_DIGITS], 16))
            how = "searched"
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(kept.to_json(), indent=1, sort_keys=True) + "\n", "utf-8")
        self.holding.append((cube, kept.holds))
        print(f"certificate ({how}): holds {kept.holds}, {kept.failures} failures, {kept.left} figures left to earlier "
              f"cuts, {len(kept.rungs)} items told less", flush=True)  # fmt: skip
        return tightened(clearing_of(prepared, words, before), words, kept.rungs), cube

    def _searched(
        self, prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut], seed: int
    ) -> tuple[Kept, ClearedCube]:
        made = clear_certified(
            prepared,
            words,
            np.random.default_rng(seed),
            seed=seed,
            before=before,
            side_by_side=in_processes(os.cpu_count() or 1),
        )
        # Figures left to earlier cuts are proved where the certificates of all of these hold.
        held = [holds for cube, holds in self.holding if any(cube is one.cube for one in before)]
        proved = bool(before) and len(held) == len(before) and all(held)
        return Kept.of(replace(made.certificate, left_proved=proved)), made.cube


def digest_of(prepared: Prepared, words: Vocabulary, before: Sequence[EarlierCut]) -> str:
    """What a cut is made from: answers, plan, enterprise groups and all earlier cuts."""
    collected, extract = prepared.collected, prepared.extract
    units = units_of(collected, extract.rows)
    parts = [
        words.plan.digest,
        [[name, one.labels, one.codes.tolist()] for name, one in sorted({**extract.items, **extract.domains}.items())],
        # As text: values that are not known are no numbers, which JSON has not.
        [[name, list(map(repr, values.tolist()))] for name, values in sorted(extract.values.items())],
        extract.weight.tolist(),
        collected.disposition.tolist(),
        [units.unit.tolist(), units.consents.tolist()],
        [algorithms.digest(canonical_json(one.cube.to_dict()).encode()) for one in before],
    ]
    return algorithms.digest(canonical_json(parts).encode())
