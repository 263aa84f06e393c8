"""Groups that are nearly complete: one that holds all firms of another but a few gives these few away.

Sums over groups do not tell of them where no crossing is planned: a district whose firms are all of one industry, which
has two firms elsewhere, subtracts to those two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, Ints
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.protection.suppression import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """The firms of ``whole`` that are not in ``part``, fewer than may stand alone; 0 where both are the same firms.
    Those that know one another are one."""

    whole: int
    part: int
    firms: int


def thin_differences(
    cube: Cube,
    answered: Bools,
    threshold: int,
    places: Mapping[Grouping, Ints] | None = None,
    *,
    unit: Ints | None = None,
) -> list[Thin]:
    """Every pair of domains of which one holds the other with fewer than ``threshold`` more firms that answered.

    ``places`` are those of other firms than the cube's; ``unit`` numbers them, alike where they count as one (n,).
    """
    inside = _membership(list((places or cube.places).values()), len(cube.domains), answered)
    # Linear in the firms: each is in one domain of every grouping, so it adds to few pairs.
    shared = (inside @ inside.T).tocoo()
    firms = np.asarray(inside.sum(axis=1)).ravel().astype(int)
    part, whole = shared.row, shared.col
    left = firms[whole] - firms[part]
    # A part has all its firms in common with the whole; of two domains of the same firms one pair is enough.
    known = {(relation.whole, each) for relation in cube.relations for each in relation.parts}
    holds = (shared.data == firms[part]) & (part != whole)
    if unit is not None and len(np.unique(unit[answered])) < np.count_nonzero(answered):
        for pair in np.flatnonzero(holds & (left > 0)).tolist():
            if (whole[pair], part[pair]) not in known:
                left[pair] = _units_beyond(inside, int(whole[pair]), int(part[pair]), unit)
    is_thin = holds & (left < threshold) & ((left > 0) | (part < whole))
    found = (
        Thin(whole=w, part=p, firms=n)
        for w, p, n in zip(*(one[is_thin].tolist() for one in (whole, part, left)), strict=True)
    )
    return sorted((one for one in found if (one.whole, one.part) not in known), key=lambda one: (one.whole, one.part))


def _units_beyond(inside: sparse.csr_array, whole: int, part: int, unit: Ints) -> int:
    """How many units the rows of one domain are that the other does not have."""
    held = inside.indices[inside.indptr[part] : inside.indptr[part + 1]]
    rows = inside.indices[inside.indptr[whole] : inside.indptr[whole + 1]]
    return len(np.unique(unit[np.setdiff1d(rows, held, assume_unique=True)]))


def thin_relations(thin: Sequence[Thin], start: int) -> list[Relation]:
    """whole = part + the few firms beyond it, which are numbered from ``start`` on."""
    return [
        Relation(whole=one.whole, parts=(one.part, start + number) if one.firms else (one.part,))
        for number, one in enumerate(thin)
    ]


def _membership(places: Sequence[Ints], domains: int, answered: Bools) -> sparse.csr_array:
    """(D, n) with a 1 where a firm that answered is in a domain."""
    rows = np.flatnonzero(answered)
    domain = np.concatenate([place[rows] for place in places])
    columns = np.tile(rows, len(places))
    kept = domain >= 0
    shape = (domains, len(answered))
    return sparse.csr_array((np.ones(int(kept.sum())), (domain[kept], columns[kept])), shape=shape)
