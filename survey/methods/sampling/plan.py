"""How many firms of each stratum a sample takes, and each firm's own random number.

Strata are industry section x size class. Strata of large firms are taken completely. For Neyman and power allocation
the size variable is the square root of revenue: revenue itself is so skewed that a few strata would take the whole
sample, and unlike its logarithm the root exists for a firm without revenue.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.arrays import Floats
from survey.methods.sampling.allocation import allocate_sample
from survey.methods.sampling.precision import frame_moments, has_total, sizes_for
from survey.methods.sampling.sample_size import CvTarget
from survey.methods.sampling.strata import summarise_strata
from survey.terms import AllocationMethod, SizeClass

SIZE_ORDER = {size.value: position for position, size in enumerate(SizeClass)}


def stratum_codes(frame: pd.DataFrame) -> pd.Series:
    """``C-large`` and the like, one per firm."""
    return frame["industry_section"] + "-" + frame["size_class"]


def smallest_of_frame(frame: pd.DataFrame, minimum: int) -> int:
    """The fewest firms a sample of this frame can have: all large ones and ``minimum`` of every other stratum."""
    counts = frame.groupby(["industry_section", "size_class"]).size()
    # Taken whole, since each of them carries so much that no other firm could stand for it.
    is_large = counts.index.get_level_values("size_class") == SizeClass.LARGE.value
    return int(counts.where(is_large, counts.clip(upper=minimum)).sum())


def plan_strata(frame: pd.DataFrame, *, size: int, method: AllocationMethod | str, minimum: int = 2) -> pd.DataFrame:
    """One row per stratum, by section and from large to micro; sample sizes add up to ``size``. Its columns:
    industry_section, size_class, population, sample_size, is_take_all.

    ``frame`` has one row per firm with ``FRAME_COLUMNS``. Raises the errors of ``allocate_sample``.
    """
    firms = pd.DataFrame({"code": stratum_codes(frame), "root_revenue": np.sqrt(frame["revenue"].to_numpy(float))})
    strata = summarise_strata(firms, "code", size_variable="root_revenue", take_all=_large(firms["code"]))
    allocation = allocate_sample(strata, method, size, minimum=minimum)
    return _plan(allocation.codes, allocation.population, allocation.size)


def size_strata(frame: pd.DataFrame, targets: Sequence[CvTarget], *, minimum: int, response: float) -> pd.DataFrame:
    """The rows of `plan_strata` for the smallest sample that meets the targets; one of an amount of which the frame has
    nothing asks for nothing.

    Strata of large firms are taken whole here too. Raises `NotConverged` where not even a census is exact enough.
    """
    codes = stratum_codes(frame)
    moments = frame_moments(frame, codes)
    asked = [target for target in targets if has_total(moments, target)]
    found = sizes_for(moments, asked, minimum=minimum, take_all=_large(codes), response=response)
    return _plan(found.codes, moments.population, found.size)


def _large(codes: pd.Series) -> list[str]:
    return [code for code in codes.unique() if code.endswith(f"-{SizeClass.LARGE.value}")]


def _plan(codes: tuple[str, ...], population: Floats, sizes: NDArray[np.int64]) -> pd.DataFrame:
    plan = pd.DataFrame([code.split("-") for code in codes], columns=["industry_section", "size_class"])
    plan["population"] = population.astype(int)
    plan["sample_size"] = sizes
    # By the outcome: a small stratum that the minimum exhausts is taken whole as well, and has no sampling error.
    plan["is_take_all"] = plan["population"] == plan["sample_size"]
    by_size = plan["size_class"].map(SIZE_ORDER)
    return plan.iloc[np.lexsort((by_size, plan["industry_section"]))].reset_index(drop=True)


def permanent_random_numbers(units: Iterable[str], seed: int) -> Floats:
    """A number in [0, 1) for each unit, made from the seed and the unit's own code alone.

    It depends neither on the order of the rows nor on which other units the frame has, so the same seed keeps the
    samples of two waves together (Ohlsson 1995). Source of randomness: the first 53 bits of SHA-256.
    """
    # A separator, so that seed 1 with unit 23 is not seed 12 with unit 3.
    prefix = f"{seed}:".encode()
    digests = (hashlib.sha256(prefix + unit.encode()).digest()[:8] for unit in units)
    return np.array([(int.from_bytes(digest) >> 11) / 2**53 for digest in digests], dtype=float)
