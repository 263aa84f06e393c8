"""Final weights as one value: what estimators read, and the whole account of how they came about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, followed
from survey.methods.calibrated.against_frame import FrameRow
from survey.methods.calibrated.calibration import Calibration
from survey.methods.calibrated.to_frame import Joined
from survey.methods.errors import MethodsError
from survey.methods.estimates.design import Design
from survey.methods.estimates.phases import Phases
from survey.methods.extract import NOT_ANSWERED, Coded, Extract
from survey.methods.replication.replicates import ReplicateDesign
from survey.methods.weights.eligibility import Eligibility
from survey.methods.weights.trimming import Trimming
from survey.methods.weights.weighting import ClassFactor, Merge


@dataclass(frozen=True, eq=False, kw_only=True)
class CalibrationReport:
    """How the calibration went: method and range of g, the total that is farthest off (relative), firms whose weight it
    left below 1, categories that were joined, the frame beside its estimates, and `problem` where no calibration could
    be made."""

    method: str
    smallest: float
    largest: float
    worst: str
    distance: float
    below_one: int
    joined: tuple[Joined, ...]
    frame: tuple[FrameRow, ...]
    problem: MethodsError | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Weights:
    """Final weights of the r rows of the design, and how they came about.

    rows        (r,) row in the sample: first the n `respondents` in the order of the answers, then firms out of scope
    stratum     (r,) into `strata`; `population` (H,) weights before calibration
    weight      (r,) final weights
    trimming    what the plan's limit of weights did; None = it has none
    klass       (r,) number of the class in the first phase, `klass_population` its firms: the strata of replicates
    classes     the classes of the adjustment with their factors; `notable` those above the plan's limit
    """

    rows: Ints
    respondents: int
    stratum: Ints
    strata: tuple[str, ...]
    weight: Floats
    population: Floats
    klass: Ints
    klass_population: Floats
    classes: tuple[ClassFactor, ...]
    notable: tuple[ClassFactor, ...]
    merges: tuple[Merge, ...]
    closed: tuple[str, ...]
    eligibility: Eligibility
    phases: Phases | None = None
    calibration: Calibration | None = None
    report: CalibrationReport | None = None
    trimming: Trimming | None = None

    @property
    def in_scope(self) -> Bools:
        """(r,) the respondents."""
        return np.arange(len(self.rows)) < self.respondents

    @property
    def design(self) -> Design:
        """The design of all rows, for estimators that read units."""
        return self.extract().design

    @property
    def replicate_design(self) -> ReplicateDesign:
        """What replicates are drawn from: classes of the first phase, respondents and firms out of scope together."""
        # Replicates repeat the calibration themselves, so they start from the weights before it.
        base = self.weight if self.calibration is None else self.calibration.base_weight
        # Replicates vary by themselves: their residuals take none of the corrections of a linearised error.
        plain = self.calibration and replace(self.calibration, leverage=None)
        return ReplicateDesign(stratum=self.klass, population=self.klass_population, weight=base, calibration=plain)

    def extract(
        self,
        items: Mapping[str, Coded] | None = None,
        values: Mapping[str, Floats] | None = None,
        domains: Mapping[str, Coded] | None = None,
    ) -> Extract:
        """The extract of the answers of the respondents (n,), which firms out of scope have none of; `domains` (m,) are
        those of the sampled firms."""
        more = len(self.rows) - self.respondents
        return Extract(
            stratum=self.stratum,
            strata=self.strata,
            weight=self.weight,
            population=self.population,
            items={name: _padded(one, more) for name, one in (items or {}).items()},
            # Rows out of scope have no value: they count in no numerator and no base, only in the variance.
            values={name: followed(one, np.nan, more) for name, one in (values or {}).items()},
            domains={name: _of_rows(one, self.rows, self.in_scope) for name, one in (domains or {}).items()},
            lonely="adjust",  # a single firm that stands for all others beside complete take-all strata
            calibration=self.calibration,
            phases=self.phases,
            # None lets estimators skip the rows out of scope where there are none.
            respondents=self.respondents if more else None,
        )


def _padded(one: Coded, more: int) -> Coded:
    return Coded(followed(one.codes, NOT_ANSWERED, more), one.labels)


def _of_rows(one: Coded, rows: Ints, in_scope: Bools) -> Coded:
    return Coded(np.where(in_scope, one.codes[rows], NOT_ANSWERED).astype(one.codes.dtype), one.labels)
